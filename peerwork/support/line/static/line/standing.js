// Where somebody stands who asked, in one sentence. A place in a line is said only where somebody is before them.
import { part, say, step } from "./page.js";

const room = document.querySelector("[data-step=waiting]");
const WHY = { busy: "busy", nobody_on: "nobody", no_answer: "noanswer" };

const sentence = ({ state, why, ahead }, hadTalk) => {
  if (["back", "taken", "talking"].includes(state)) return state === "back" ? "back" : "taken";
  if (hadTalk) return "next";
  if (state === "offered") return "rings";
  return ahead > 0 ? "ahead" : WHY[why] ?? "asked";
};

export const stand = (now = {}, { hadTalk = false, mayBeRung = false } = {}) => {
  say(part(room, "says"), sentence(now, hadTalk), { ahead: now.ahead, minutes: now.minutes, when: now.back_by_says }, "when");
  part(room, "ask-back").hidden = now.state === "back" || !mayBeRung;
  step("waiting");
};
