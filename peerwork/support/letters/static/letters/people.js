// My people: who they are, whether we compared words, what I showed them, and what they showed me.
import { whenOpen } from "../vault/open.js";
import { adding } from "./adding.js";
import { byName, chosen, keep, myself, people } from "./book.js";
import { boxOf } from "./box.js";
import { myCard } from "./card.js";
import { onPress, part, piece, trouble } from "./draw.js";
import { cardOf } from "./person.js";
import { shown } from "./showing.js";
import { drawWaiting } from "./waiting.js";

const room = document.querySelector("[data-my-people]"), list = part(room, "people"), says = part(room, "says");
const out = part(room, "out"), outside = part(room, "outside");

const blockedOne = (here, entry) => {
  const made = piece("blocked", entry);
  onPress(part(made, "back"), part(made, "says"), async () => {
    await keep(here.vault, { ...entry, blocked: false });
    await here.again(entry.person);
  });
  return made;
};

const draw = async (here) => {
  here.book = await people(here.vault);
  here.box.judgeAnew();
  const [all, given] = [await here.box.look(here.book), await shown(here.vault)];
  drawWaiting(here, part(room, "waiting"), all);
  const lines = all.filter(({ state, kind }) => state === "known" && kind === "line");
  const theirs = (person) => ({ got: lines.filter(({ from }) => from === person), given: given.filter(({ to }) => to === person), all });
  list.replaceChildren(...chosen(here.book).map((entry) => cardOf(here, entry, theirs(entry.person))));
  part(room, "none").hidden = list.children.length > 0;
  const blocked = byName(here.book).filter((entry) => entry.blocked);
  out.hidden = blocked.length === 0;
  outside.replaceChildren(...blocked.map((entry) => blockedOne(here, entry)));
  if (here.book.troubles?.length) trouble(says, here.book.troubles[0]);
};

whenOpen(async (vault) => {
  const here = { vault, box: boxOf(vault), me: await myself(vault) };
  here.again = async (person) => {
    await draw(here);
    (document.getElementById(`person-${person}`) ?? part(room, "heading")).focus();
  };
  await draw(here);
  await Promise.all([myCard(here), adding(here)]);
});
