// Small groups: asked into, joined and left, each by their own word. Nobody comes in without the others seeing it.
import { asNew, found, keep, people } from "./book.js";
import { isGroup, talkOf } from "./counting.js";
import { draw, fingerprint } from "./parcels.js";
import { asked, everybody, groupAfter, inIt } from "./talks.js";
import { newLetter, send } from "./writing.js";

// Who asks says which keys they know: were somebody named another key by the server, it would not be the same.
const markOf = async ({ recipient, signer }) => (await fingerprint(`${recipient} ${signer}`)).slice(0, 32);
const marksOf = async ({ book, me }, all) => {
  const known = all.map((one) => (one === me.person ? me : book.get(one))).filter(Boolean);
  return Object.fromEntries(await Promise.all(known.map(async (one) => [one.person, await markOf(one)])));
};

const ask = async (here, talk, name, there, all) =>
  send(here, newLetter(talk, "", { step: "ask", name, in: there, with: all, keys: await marksOf(here, all) }), all);
export const begin = (here, name, others) => ask(here, draw(16), name, [here.me.person], [here.me.person, ...others]);
export const askIn = (here, { key, group }, person) => ask(here, talkOf(key), group.name, inIt(group), [...everybody(group), person]);

// The others become my people, with the keys the one who asked knows them by. Words can be compared later.
export const letIn = async (here, { letters }, all) => {
  const marks = Object.assign({}, ...letters.map(({ said }) => said.keys).filter(Boolean));
  for (const person of all.filter((one) => one !== here.me.person)) {
    const known = here.book.get(person), who = known ?? await found(person);
    if (who && marks[person] && marks[person] !== await markOf(who)) throw Object.assign(new Error("mixed"), { why: "mixed", words: who });
    if (who && !known) await keep(here.vault, { ...asNew(who), person });
  }
  here.book = await people(here.vault);
  here.box.judgeAnew();
};

export const sayYes = async (here, talk) => {
  await letIn(here, talk, everybody(talk.group));
  return send(here, newLetter(talkOf(talk.key), "", { step: "yes", with: everybody(talk.group) }), everybody(talk.group));
};

// Put away on this side only: everything of a talk that lies in my own box.
export const putAway = async (here, { key, letters }) => {
  await here.box.putAway(letters.map(({ id }) => id));
  await here.vault.remove("letters", key);
  here.kept.delete(key);
};
export const leave = async (here, talk) => {
  const all = everybody(talk.group);
  await send(here, newLetter(talkOf(talk.key), "", { step: "leave", with: all }), all).catch((error) => { if (!error.words && error.why !== "nobody") throw error; });
  await here.refresh();
  await putAway(here, here.talks.get(talk.key) ?? talk);
};

// What my shelf says of the groups I said yes to, brought up to what was heard. Two devices hear the same.
export const keptGroups = async (vault) => new Map([...await vault.readAll("letters")].filter(([key, page]) => isGroup(key) && page).map(([key, { body }]) => [key, body]));
export const remember = async ({ vault, me }, kept, talks) => {
  for (const { key, group, letters } of talks.values()) {
    if (!group?.yes.includes(me.person) || me.person in group.out || JSON.stringify(kept.get(key)) === JSON.stringify(group)) continue;
    await vault.change("letters", key, (had) => groupAfter(had ?? group, letters));
    kept.set(key, group);
  }
};
export const isAsked = ({ group }, me) => Boolean(group) && asked(group).includes(me.person);
