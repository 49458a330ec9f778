// What this phone remembers of what was said: which tokens it spent, and what is still on its way. On one's own phone it is
// sealed, in one piece that everybody's has and that is always as long. On a shared phone it ends with the page.
import { written } from "../vault/seal.js";
import { store } from "../vault/store.js";

const SIZE = 16_384;
const nameFor = ({ me }) => `slips/${me.recipient}`;
const forThisPage = [];

const read = async (vault) => {
  const sealed = await store.get(nameFor(vault)), text = sealed && await vault.openBytes(sealed);
  return text ? JSON.parse(text) : [];
};
const write = async (vault, slips) => {
  const text = written(slips), size = Math.ceil(text.length / SIZE) * SIZE;
  await store.set(nameFor(vault), await vault.sealTo(vault.me.recipient, text, size));
};

// One at a time, of all tabs. `work` is given the list, and how to keep it once it was changed.
const alone = (work) => navigator.locks ? navigator.locks.request("slips", work) : work();
export const withSlips = (vault, work) => alone(async () => {
  if (!store) return work(forThisPage, async () => {});
  const slips = await read(vault);
  return work(slips, () => write(vault, slips));
});

export const stays = Boolean(store);
