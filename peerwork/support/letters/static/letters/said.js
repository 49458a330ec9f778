// One line of a talk: a letter, or that somebody was asked, came in or left.
import { day, list, moment, onPress, part, piece } from "./draw.js";
import { unsend } from "./writing.js";

export const drawn = (here, { group }, one) => {
  const { from, said } = one, name = here.nameOf(from), mine = from === here.me.person;
  if (said.step) return piece(said.step, { name, names: list(said.with.filter((other) => !said.in?.includes(other)).map(here.nameOf)) });
  const made = piece(mine ? "letter-mine" : "letter", { name, day: day(said.gone), when: moment(said.said) });
  part(made, "words").textContent = said.words;
  part(made, "also").hidden = !group || said.with.every((person) => group.asked.includes(person));
  if (mine) onPress(part(made, "back"), part(made, "says"), async () => { await unsend(here, one); await here.again(); });
  return made;
};
