// A few tokens that one's own phone keeps outside the vault, where a room wished so for its rounds, by how their names begin. That
// room answers for why they do no harm out there. Once wished for, they are filled again at any opening of the vault.
import { store } from "../vault/store.js";
import { markOf, tokensFor } from "./tokens.js";

const WISHES = "pockets", MANY = 2;
const forThisPage = new Map();
const had = async (name) => store ? store.get(name) : forThisPage.get(name);
const set = async (name, value) => store ? store.set(name, value) : forThisPage.set(name, value);

// In no order: the order in which somebody asks is nobody's to see.
const shuffled = (all) => all.map((one) => [crypto.getRandomValues(new Uint32Array(1))[0], one]).sort(([a], [b]) => a - b).map(([, one]) => one);

export const pocketFor = (begins) => {
  const pocket = `pocket/${begins}`, spent = `spent/${begins}`;
  const all = async () => await had(pocket) ?? [];
  const inside = async (round) => (await all()).filter((one) => one.round === round);
  const spentHere = async (round) => { const kept = await had(spent); return kept?.round === round ? kept.marks : []; };

  // What another device of mine spent, the server says. It stands on no board: from that, anybody could count who asks how often.
  const unspent = async (round, vault) => {
    const here = new Set(await spentHere(round)), tokens = await tokensFor(vault, round);
    const marks = await Promise.all(tokens.map(({ msg }) => markOf(msg)));
    return shuffled(tokens.filter((_, at) => !here.has(marks[at])));
  };
  // Those of the month before are forgotten with the first of this.
  const isSpent = async (round, { msg }) => {
    await set(spent, { round, marks: [...new Set([...await spentHere(round), await markOf(msg)])] });
    await set(pocket, (await all()).filter((one) => one.msg !== msg));
  };
  // Two months may be open side by side for a while, and each has its own.
  const fill = async (round, vault) => {
    if (!store || (await inside(round)).length >= MANY) return;
    const fresh = (await unspent(round, vault)).slice(0, MANY), others = (await all()).filter((one) => one.round !== round).slice(-MANY);
    if (fresh.length) await set(pocket, [...others, ...fresh.map(({ msg, sig }) => ({ round, msg, sig }))]);
  };
  const wish = async () => { if (store) await set(WISHES, [...new Set([...await had(WISHES) ?? [], begins])]); };
  return { inside, unspent, isSpent, fill, wish };
};

export const fillAll = async (vault, rounds) => {
  for (const begins of await had(WISHES) ?? []) {
    for (const round of rounds.filter((one) => one.startsWith(begins))) await pocketFor(begins).fill(round, vault);
  }
};
