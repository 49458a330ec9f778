// A token for asking: from the vault where it is open, and otherwise one of two that one's own phone keeps outside it, so that
// nobody needs a phrase at four in the morning. Out there it does no harm. It bears no name and leads to nobody, it is worth
// nothing but asking once, as anybody can who rings the number, and with its month it is worth nothing at all.
import { board } from "../tokens/nameless.js";
import { markOf, tokensFor } from "../tokens/tokens.js";
import { store } from "../vault/store.js";

const POCKET = "line/pocket", SPENT = "line/spent", MANY = 2;

const inPocket = async (round) => (await store?.get(POCKET) ?? []).filter((one) => one.round === round);
const spentHere = async (round) => {
  const had = await store?.get(SPENT);
  return had?.round === round ? had.marks : [];
};

// In no order: the order in which somebody asks is nobody's to see.
const shuffled = (all) => all.map((one) => [crypto.getRandomValues(new Uint32Array(1))[0], one]).sort(([a], [b]) => a - b).map(([, one]) => one);

// What another device of mine spent stands on the board, once that was written. Until then the server says so.
const unspent = async (round, tokens) => {
  const [up, here] = [await board(round).catch(() => new Set()), new Set(await spentHere(round))];
  const marks = await Promise.all(tokens.map(({ msg }) => markOf(msg)));
  return tokens.filter((_, at) => !up.has(marks[at]) && !here.has(marks[at]));
};

export const tokensNow = async (round, vault) =>
  vault ? shuffled(await unspent(round, await tokensFor(vault, round))) : inPocket(round);

// Those of the month before are forgotten with the first of this.
export const isSpent = async (round, { msg }) => {
  if (!store) return;
  await store.set(POCKET, (await inPocket(round)).filter((one) => one.msg !== msg));
  await store.set(SPENT, { round, marks: [...new Set([...await spentHere(round), await markOf(msg)])] });
};

// With an open vault the pocket is filled again.
export const fillPocket = async (round, vault) => {
  if (!store || (await inPocket(round)).length >= MANY) return;
  const all = (await tokensNow(round, vault)).slice(0, MANY);
  await store.set(POCKET, all.map(({ msg, sig }) => ({ round, msg, sig })));
};
