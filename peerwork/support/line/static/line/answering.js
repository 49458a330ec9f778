// A call that somebody on duty has: the talk, handing it over, and the end. Nobody asks why a call is handed over.
import { leaveBehind, look, relayOf } from "./box.js";
import { clear } from "./chat.js";
import { hush } from "./aloud.js";
import { kept } from "./kept.js";
import { meet } from "./meeting.js";
import { act } from "./named.js";
import { onPress, part, piece, say, step } from "./page.js";
import { keepLooking } from "./stream.js";

const room = document.querySelector("[data-step=talk]"), lost = part(room, "sorry"), says = part(room, "handing"), whom = part(room, "whom");
const after = document.querySelector("[data-step=after]");
let call, seen, talk, watch, isAnew, drawn;

const empty = () => { hush(); clear(); [call, talk] = []; };
const close = (how) => {
  if (!call) return;
  watch.stop();
  kept.forget();
  empty();
  say(part(after, "says"), how, {}, "note");
  step("after");
};

const found = async () => {
  const mine = call, now = await look(mine, seen).catch((error) => { if (error.why === "gone") return { state: "ended", end: "gone" }; throw error; });
  if (mine !== call) return undefined;   // it was of a call before this one
  if (now.state === "ended") return close(now.end === "lost" ? "lost" : "over");
  if (!["taken", "talking"].includes(now.state)) return close("handed");
  if (now.key && talk?.theirs !== now.key) {
    const met = await meet({ ...mine, theirs: now.key }, { isAnew: isAnew && kept.get()?.theirs === now.key, isNext: false, relay: now.relay && relayOf(mine) });
    if (mine !== call) return call ? undefined : empty();   // it was over meanwhile
    talk = met;
  }
  await talk?.hear(now.messages ?? []);
  if (mine === call) seen = now.n ?? seen;
  say(lost);
  return now.channel;
};
const looks = () => { watch = keepLooking(() => found().catch(() => say(lost, "offline", {}, "note warn"))); };
export const sit = (taken, again) => {
  [call, seen, talk, isAnew] = [taken, 0, undefined, again];
  step("talk");
  looks();
};

// Who else is on duty now. Drawn anew only when it changed, so that a choice stays chosen.
export const others = (all = []) => {
  if (drawn === JSON.stringify(all)) return;
  drawn = JSON.stringify(all);
  const one = ({ mark, name }) => Object.assign(piece("option"), { value: mark, textContent: name });
  whom.replaceChildren(whom.firstElementChild, ...all.map(one));
};

// From here on it is not ours to look at. Where it did not get through, it still is.
const does = (what, how, more = () => ({})) => async () => {
  watch.stop();
  try { await act(call.call, what, more()); } catch (error) { looks(); throw error; }
  close(how);
};
// Nobody is left to wait for somebody who has gone: leaving fast hands it over.
addEventListener("leaving", () => { if (call) leaveBehind(call); });
onPress(part(room, "hand"), says, does("hand", "handed", () => ({ to: whom.value || null })), "submit");
onPress(part(room, "finish"), lost, does("over", "over"));
for (const way of room.querySelectorAll("[data-way]")) {
  onPress(way, part(room, "offering"), async () => {
    await talk.send({ kind: "step", code: way.dataset.way });
    say(part(room, "offering"), "offered", { way: way.textContent.trim() });
  });
}
