// What rings, what is owed, and what is held, as cards. What stays, stays as it is: nothing moves under a thumb.
import { onPress, part, piece } from "./page.js";

// `does` has the work of each button a card may have. What somebody else did meanwhile is no trouble: after another look the card
// is gone, and `gone` is told. Where it is still here, the trouble is another one, and is said.
const card = (name, one, does, { look, gone }) => {
  const made = piece(name, { when: one.back_by_says ?? "" });
  for (const [what, work] of Object.entries(does)) {
    const button = part(made, what);
    if (button) onPress(button, part(made, "says"), () => work(one, made).catch(async (error) => {
      if (!["notnow", "gone"].includes(error.why)) throw error;
      await look();
      if (made.isConnected) throw error;
      gone();
    }));
  }
  return made;
};

// Whoever was on a card that goes is at the top of the page again, and not nowhere.
const takeAway = (made) => {
  const wasHere = made.contains(document.activeElement);
  made.remove();
  if (wasHere) document.querySelector("[data-step]:not([hidden]) h1").focus({ preventScroll: true });
};

export const keepUp = (box, all, nameOf, does, after) => {
  const had = new Map([...box.children].map((child) => [child.dataset.id, child])), idOf = (one) => `${one.call} ${nameOf(one)}`;
  for (const [id, child] of had) if (!all.some((one) => idOf(one) === id)) takeAway(child);
  for (const one of all.filter((each) => !had.has(idOf(each)))) {
    const made = card(nameOf(one), one, does, after);
    made.dataset.id = idOf(one);
    box.append(made);
  }
};
