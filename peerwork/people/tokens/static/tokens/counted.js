// Which of the marks on the board are mine: only this device can tell, and it tells only this screen.
import { whenOpen } from "../vault/open.js";
import "./look.js";
import { fingerprintOf } from "./keys.js";
import { openRounds } from "./nameless.js";
import { counted } from "./post.js";
import { DOC } from "./tokens.js";

const filled = (text, ...said) => said.reduce((all, one, at) => all.replace(`%${at + 1}`, one), text);

const said = ({ dataset }, { of, counted: up, waits }) => {
  if (!of) return dataset.none;
  if (up === undefined) return dataset.offline;
  return [filled(dataset.some, up, of), waits && filled(dataset.waits, waits)].filter(Boolean).join(" ");
};

const fill = async (vault, place) => {
  const { round } = place.dataset, mine = place.querySelector("[data-mine]");
  mine.textContent = said(mine, await counted(vault, round));
};

// The key of an open round, as anybody is given it, beside the one this device drew with.
const compare = async (vault, place, open) => {
  const { round } = place.dataset, key = place.querySelector("[data-key]");
  const had = (await vault.read(DOC, round))?.body.fingerprint;
  if (!had || !open.has(round)) return;
  const same = had === await fingerprintOf(open.get(round));
  key.textContent = same ? key.dataset.same : key.dataset.other;
  key.className = same ? "quiet" : "errors";
};

whenOpen(async (vault) => {
  const places = [...document.querySelectorAll("[data-round]")];
  for (const place of places) await fill(vault, place);
  const open = await openRounds().catch(() => new Map());
  for (const place of places) await compare(vault, place, open);
});
