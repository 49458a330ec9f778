// One of my people, as a card: the four words, what I showed and may take back, what they showed me, and parting.
import { forget, keep } from "./book.js";
import { comparing } from "./comparing.js";
import { day, onPress, part, piece } from "./draw.js";
import { hide } from "./showing.js";

const line = (name, one, work) => {
  const made = piece(name, { title: one.title, day: day(one.day) });
  part(made, "text").textContent = one.text;
  onPress(part(made, "away"), part(made, "says"), work);
  return made;
};
const fill = (made, name, lines) => {
  part(made, name).hidden = lines.length === 0;
  part(made, name).querySelector("ul").replaceChildren(...lines);
};

export const cardOf = (here, entry, { got, given, all }) => {
  const made = piece(entry.checked ? "person-checked" : "person", entry), says = part(made, "says");
  const name = made.querySelector("h3");
  name.id = `person-${entry.person}`;
  const again = (who) => here.again(who);
  fill(made, "given", given.map((one) => line("given", one, async () => { await hide(here.vault, one); await again(entry.person); })));
  fill(made, "got", got.map((one) => line("got", { ...one.said }, async () => { await here.box.putAway([one.id]); await again(entry.person); })));
  comparing(here, made, entry, again);
  const partWays = async (then) => {
    for (const one of given) await hide(here.vault, one);
    await here.box.putAway(all.filter(({ from, state }) => from === entry.person && state === "known").map(({ id }) => id));
    await then();
    await again();
  };
  onPress(part(made, "remove"), says, () => partWays(() => forget(here.vault, entry.person)));
  onPress(part(made, "block"), says, () => partWays(() => keep(here.vault, { ...entry, blocked: true })));
  return made;
};
