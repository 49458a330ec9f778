// A few tokens that one's own phone keeps outside the vault, where a room wished so for its rounds, by how their names begin. That
// room answers for why they do no harm out there. Once there is a pocket, it is filled again at any opening of the vault.
//
// It is one piece, written over each time. Which tokens are spent stands in the sealed list (kept.js) and nowhere else: outside,
// nobody can count. Whatever leaves the vault for the pocket stands in that list too, so a pocket needs no vault to spend from.
import { store } from "../vault/store.js";
import { DOC, markOf, tokensFor } from "./tokens.js";

const POCKET = "pocket/", MANY = 2;
// Sealing is heavy, and asking from the pocket does without it.
const withSlips = async (vault, work) => (await import("./kept.js")).withSlips(vault, work);

// In no order: the order in which somebody asks is nobody's to see.
const shuffled = (all) => all.map((one) => [crypto.getRandomValues(new Uint32Array(1))[0], one]).sort(([a], [b]) => a - b).map(([, one]) => one);

const leaveTheVault = async (vault, round, tokens) => {
  const closes = (await vault.read(DOC, round))?.body.closes, marks = await Promise.all(tokens.map(({ msg }) => markOf(msg)));
  await withSlips(vault, (slips, keep) => {
    const known = new Set(slips.map(({ mark }) => mark));
    slips.push(...marks.filter((mark) => !known.has(mark)).map((mark) => ({ round, closes, mark })));
    return keep();
  });
};

export const pocketFor = (begins) => {
  const name = `${POCKET}${begins}`, all = async () => await store?.get(name) ?? [];
  const inside = async (round) => (await all()).filter((one) => one.round === round);

  // Those in the vault. What another device of mine spent, the server says. It stands on no board: from that, anybody could count
  // who asks how often.
  const unspent = async (round, vault) => {
    const tokens = await tokensFor(vault, round), marks = await Promise.all(tokens.map(({ msg }) => markOf(msg)));
    const left = await withSlips(vault, (slips) => new Set(slips.map(({ mark }) => mark)));
    return shuffled(tokens.filter((_, at) => !left.has(marks[at])));
  };
  // From here on there is a pocket.
  const isSpent = async (round, { msg }, vault) => {
    if (vault) await leaveTheVault(vault, round, [{ msg }]);
    await store?.set(name, (await all()).filter((one) => one.msg !== msg));
  };
  // Two months may be open side by side for a while, and each has its own.
  const fill = async (round, vault) => {
    const here = await inside(round);
    if (!store || here.length >= MANY) return;
    const fresh = (await unspent(round, vault)).slice(here.length - MANY).map(({ msg, sig }) => ({ round, msg, sig }));
    const others = (await all()).filter((one) => one.round !== round).slice(-MANY);
    if (fresh.length) await store.set(name, [...others, ...here, ...fresh]);
    await leaveTheVault(vault, round, fresh);
  };
  return { inside, unspent, isSpent, fill };
};

export const fillAll = async (vault, rounds) => {
  for (const name of await store?.names(POCKET) ?? []) {
    const begins = name.slice(POCKET.length);
    for (const round of rounds.filter((one) => one.startsWith(begins))) await pocketFor(begins).fill(round, vault);
  }
};
