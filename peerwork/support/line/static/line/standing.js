// Where somebody stands who asked, in one sentence. A place in a line is said only where somebody is before them.
import { kept } from "./kept.js";
import { part, say, step } from "./page.js";

const room = document.querySelector("[data-step=waiting]");
const WHY = { busy: "busy", nobody_on: "nobody", no_answer: "noanswer" };

const sentence = ({ state, why, ahead, minutes }, hadTalk) => {
  if (["back", "taken", "talking"].includes(state)) return state === "back" ? "back" : "taken";
  if (hadTalk) return state === "offered" ? "next" : "looks";
  if (state === "offered") return "rings";
  if (ahead > 0) return Number.isInteger(minutes) ? "ahead" : "long";
  return WHY[why] ?? "asked";
};

// Whoever left a number is rung: there is no talk on this page, and it need not stay open.
export const isRung = ({ state }, { way }) => {
  if (state === "back" && !kept.get()?.isRung) kept.add({ isRung: true });
  return way === "phone" || Boolean(kept.get()?.isRung);
};

// While the device still looks for its tokens there is no place yet, and nothing to give up.
export const notYet = () => {
  say(part(room, "says"), "asked", {}, "when");
  for (const name of ["sleep", "close", "ask-back", "leave"]) part(room, name).hidden = true;
};

export const stand = (now = {}, call, { hadTalk, mayBeRung }) => {
  const rung = isRung(now, call);
  say(part(room, "says"), sentence(now, hadTalk), { ahead: now.ahead, minutes: now.minutes, when: now.back_by_says }, "when");
  part(room, "ask-back").hidden = rung || !mayBeRung;
  [part(room, "sleep").hidden, part(room, "close").hidden, part(room, "leave").hidden] = [rung, !rung, false];
  step("waiting");
};
