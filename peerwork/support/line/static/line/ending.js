// The end of a call, for whoever asked: how it went, and that nothing of it is kept. What it leads to are links, followed or not.
import { kept } from "./kept.js";
import { onPress, part, say, step } from "./page.js";

const end = document.querySelector("[data-step=end]"), room = document.querySelector("[data-step=talk]");
const SAYS = { talked: "talked", left: "left", lost: "lost", expired: "expired", unreached: "unreached", no_way_back: "nobody" };
let done = false, again = () => {};

export const isOver = () => done;
export const over = (isIt, more = again) => { [done, again] = [isIt, more]; };

export const ended = async (how, vault, hadTalk) => {
  done = true;
  kept.forget();
  if (hadTalk) {
    (await import("./aloud.js")).hush();
    (await import("./chat.js")).clear();
  }
  // Ways on that were offered in the talk are still there to follow, on this screen alone.
  part(end, "kept-ways").replaceChildren(...part(room, "ways-here").children);
  [part(end, "offered-before").hidden, part(room, "offered").hidden] = [!part(end, "kept-ways").children.length, true];
  say(part(end, "says"), hadTalk ? "talked" : SAYS[how] ?? "left", {}, how === "talked" ? "note good" : "note");
  part(end, "once-more").hidden = hadTalk || how === "left";
  step("end");
  if (hadTalk && vault) (await import("./after_count.js")).countThisTalk(vault, part(end, "next-step")).catch(() => {});
};
onPress(part(end, "once-more"), undefined, () => again());
