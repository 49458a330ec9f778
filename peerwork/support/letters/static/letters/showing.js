// What I show to one person on purpose, remembered with the secret that takes it back.
import { check } from "./book.js";
import { draw, fingerprint, give, LARGE, make, room, SMALL, takeBack } from "./parcels.js";
import { because } from "../vault/working.js";

const DOC = "shown";
const today = () => new Date().toLocaleDateString("sv");

export const shown = async (vault) => [...await vault.readAll(DOC)].map(([section, { body }]) => ({ section, ...body }));

export const hide = async (vault, { section, secret }) => {
  await takeBack(secret);
  await vault.remove(DOC, section);
};

// Remembered before it is given: nothing is ever out there that cannot be taken back.
export const show = async ({ vault, me }, to, { kind = "line", title, text, line }) => {
  const said = { title, text, day: today() }, size = [SMALL, LARGE].find((one) => room(me, kind, said, one) >= 0);
  if (!size) throw because("toolong");
  await check(to);
  const secret = draw(), section = draw(16), id = await fingerprint(secret), sealed = await make(vault, me, to, kind, said, size);
  await vault.write(DOC, section, { to: to.person, name: to.name, ...said, line, id, secret }, 0);
  try { await give(sealed, to, secret); } catch (error) {
    await hide(vault, { section, secret }).catch(() => {});   // it may lie there all the same: what cannot be taken back just now stays listed
    throw error;
  }
};

// What of this they have been shown already: the same line, or something under the same title.
export const before = (all, to, { title, line }) =>
  all.filter((one) => one.to === to && (line ? one.line === line : one.title === title));
