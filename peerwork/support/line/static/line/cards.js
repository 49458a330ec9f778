// What rings, what is owed, and what is held, as cards. What stays, stays as it is: nothing moves under a thumb.
import { onPress, part, piece } from "./page.js";

// `does` has the work of each button a card may have. What somebody else did meanwhile is no trouble: `gone` is told.
const card = (name, one, does, gone) => {
  const made = piece(name, { when: one.back_by_says ?? "" });
  for (const [what, work] of Object.entries(does)) {
    const button = part(made, what);
    if (button) onPress(button, part(made, "says"), () => work(one, made).catch((error) => {
      if (!["notnow", "gone"].includes(error.why)) throw error;
      gone();
    }));
  }
  return made;
};

export const keepUp = (box, all, nameOf, does, gone) => {
  const had = new Map([...box.children].map((child) => [child.dataset.id, child])), idOf = (one) => `${one.call} ${nameOf(one)}`;
  for (const [id, child] of had) if (!all.some((one) => idOf(one) === id)) child.remove();
  for (const one of all.filter((each) => !had.has(idOf(each)))) {
    const made = card(nameOf(one), one, does, gone);
    made.dataset.id = idOf(one);
    box.append(made);
  }
};
