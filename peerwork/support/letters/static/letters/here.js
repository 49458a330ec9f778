// What the page of letters knows while it is open: my people, my box, the groups on my shelf, and the talks that come out of it.
import { found, myself, people } from "./book.js";
import { boxOf } from "./box.js";
import { list } from "./draw.js";
import { keptGroups, remember } from "./groups.js";
import { everybody, inIt, talksOf } from "./talks.js";

const today = () => new Date().toLocaleDateString("sv");

export const prepared = async (vault, { zone, somebody }) => {
  const here = { vault, zone, box: boxOf(vault), me: await myself(vault), saysChanged: true, names: new Map(), book: await people(vault) };
  here.kept = await keptGroups(vault);
  here.nameOf = (person) => (person === here.me.person ? here.me : here.book.get(person))?.name ?? here.names.get(person) ?? somebody;
  here.title = ({ key, group }) => group ? group.name || list(inIt(group).map(here.nameOf)) : here.nameOf(key);

  const learnNames = async () => {
    const there = [...here.talks.values()].flatMap(({ key, group }) => group ? everybody(group) : [key]);
    for (const person of there) if (!here.book.has(person) && !here.names.has(person)) here.names.set(person, (await found(person))?.name);
  };
  here.refresh = async () => {
    here.all = await here.box.look(here.book);
    here.talks = talksOf(here.all, here.kept, here.me.person, today());
    await remember(here, here.kept, here.talks);
    await learnNames();
  };
  return here;
};
