// One open talk: who is in it, and what was said.
import { keepUp, list, onPress, part, piece } from "./draw.js";
import { letIn } from "./groups.js";
import { drawn } from "./said.js";
import { turnTo } from "./sending.js";
import { asked, everybody, inIt } from "./talks.js";

const place = document.querySelector("[data-talk]"), letters = part(place, "letters"), heading = place.querySelector("h2");
let here, open;
export const current = () => open;

const newcomer = ({ id: person }) => {
  const made = piece("newcomer", { name: here.nameOf(person) });
  onPress(part(made, "in"), part(made, "says"), async () => { await letIn(here, open, [person]); await here.again(); });
  return made;
};

const drawWho = ({ group }) => {
  const names = (all) => list(all.map(here.nameOf)), text = part(place, "who"), waits = group ? asked(group) : [];
  text.textContent = group ? text.dataset[waits.length ? "both" : "in"].replace("{in}", names(inIt(group))).replace("{asked}", names(waits)) : "";
  [part(place, "leave").hidden, part(place, "drop").hidden] = [!group, Boolean(group)];
};

export const show = (state, talk) => {
  const isOther = open?.key !== talk?.key;
  if (isOther) {
    turnTo(talk, open);
    letters.replaceChildren();
  }
  [here, open, place.hidden] = [state, talk, !talk];
  if (!talk) return;
  const fresh = (talk.group ? everybody(talk.group) : []).filter((one) => one !== here.me.person && !here.book.has(one));
  heading.textContent = here.title(talk);
  keepUp(letters, talk.letters, (one) => drawn(here, talk, one));
  keepUp(part(place, "newcomers"), fresh.map((id) => ({ id })), newcomer);
  drawWho(talk);
  if (isOther) heading.focus();
};
