// The end of a call, for whoever asked: how it went, and that nothing of it is kept. What it leads to are links, followed or not.
import { hush } from "./aloud.js";
import { clear } from "./chat.js";
import { kept } from "./kept.js";
import { onPress, part, say, step } from "./page.js";
import { notYet } from "./standing.js";

const end = document.querySelector("[data-step=end]"), room = document.querySelector("[data-step=talk]");
const SAYS = { talked: "talked", left: "left", lost: "lost", expired: "expired", unreached: "unreached", no_way_back: "nobody" };
let again = () => {};

const count = async (vault) => {
  const [open, { countThisTalk }] = await Promise.all([vault(), import("./after_count.js")]);
  if (open) await countThisTalk(open, part(end, "next-step"));
};

export const ended = (how, more) => {
  const { hadTalk } = more;
  again = more.again;
  kept.forget();
  hush();
  clear();
  notYet();
  // Ways on that were offered in the talk are still there to follow, on this screen alone.
  part(end, "kept-ways").replaceChildren(...part(room, "ways-here").children);
  [part(end, "offered-before").hidden, part(room, "offered").hidden] = [!part(end, "kept-ways").children.length, true];
  say(part(end, "says"), hadTalk ? "talked" : SAYS[how] ?? "left", {}, how === "talked" ? "note good" : "note");
  part(end, "once-more").hidden = hadTalk || how === "left";
  step("end");
  if (hadTalk) count(more.vault).catch(() => {});
};
onPress(part(end, "once-more"), undefined, () => again());
