// Who is in a talk, and what was said there, worked out of what each of them signed. Nothing here asks or sends anything.
// A talk of two is known by the other one. A group is {name, asked: [ids], yes: [ids], out: {id: when}}: each says yes for
// themselves, whoever leaves has left, and it only ever adds up. So letters may come in any order.
import { fits, isGroup, keyOf } from "./counting.js";

export const MOST = 8;

export const inIt = ({ yes, out }) => yes.filter((one) => !(one in out));
export const asked = ({ asked: all, yes, out }) => all.filter((one) => !yes.includes(one) && !(one in out));
export const everybody = (talk) => [...inIt(talk), ...asked(talk)];

const joined = (one, other) => [...new Set([...one, ...other])];

// Whoever asks says yes for themselves alone.
const began = ({ from, said }) => said.step === "ask" && said.with.includes(from) && said.with.length <= MOST
  ? { name: said.name, asked: said.with, yes: [from], out: {} } : undefined;

const heard = (talk, letter) => {
  const { from, said } = letter;
  if (!talk) return began(letter);
  if (!talk.asked.includes(from) || from in talk.out) return talk;
  if (said.step === "leave") return { ...talk, out: { ...talk.out, [from]: said.said } };
  const more = said.step === "ask" ? { ...talk, asked: joined(talk.asked, said.with) } : talk;
  const now = everybody(more).length <= MOST ? more : talk;
  return { ...now, yes: joined(now.yes, [from]) };   // whoever speaks in it, is in it
};

// What is known of a group after these letters. Again and again, until nothing changes: the first may need the last.
export const groupAfter = (kept, letters) => {
  let talk = kept;
  for (let before = "…"; before !== JSON.stringify(talk); ) {
    before = JSON.stringify(talk);
    talk = letters.reduce(heard, talk);
  }
  return talk;
};

const inOrder = (letters) => {
  const once = new Map(letters.map((one) => [`${one.from} ${one.said.mark}`, one]));
  return [...once.values()].sort((a, b) => (`${a.said.said} ${a.said.mark}` < `${b.said.said} ${b.said.mark}` ? -1 : 1));
};

// All talks, by their key: {key, two?, group?, letters}. `kept` is what my shelf says of groups, by their key.
export const talksOf = (all, kept, me, today) => {
  const letters = inOrder(all.filter((one) => fits(one, me, today))), talks = new Map();
  for (const key of new Set([...kept.keys(), ...letters.map((one) => keyOf(one, me))])) {
    const here = letters.filter((one) => keyOf(one, me) === key), two = !isGroup(key);
    const group = two ? undefined : groupAfter(kept.get(key), here);
    const known = ({ from, said }) => two || (group?.asked.includes(from) && !(said.said > (group.out[from] ?? "~")));
    if (two || group) talks.set(key, { key, two, group, letters: here.filter(known) });
  }
  return talks;
};
