// After asking: it rings, somebody waits in line, talks, is rung back, or it is over. Each of these is one sentence.
import { leaveBehind, look, relayOf, tell } from "./box.js";
import { ended, isOver, over } from "./ending.js";
import { kept } from "./kept.js";
import { isAt, onPress, part, say, stayAwake, step } from "./page.js";
import { stand } from "./standing.js";
import { keepLooking } from "./stream.js";

const room = document.querySelector("[data-step=waiting]"), chat = document.querySelector("[data-step=talk]"), back = part(room, "back-form");
const sorry = part(room, "sorry"), lost = part(chat, "sorry");
const GONE = { state: "ended", end: "lost" };
let call, seen, talk, watch, more;

// The key of somebody else: another person has the call now.
const meetWhom = async ({ key: theirs, relay }) => {
  const { meet } = await import("./meeting.js"), { ways } = await import("./asked_on.js"), isAnew = more.isAnew && kept.get()?.theirs === theirs;
  talk = await meet({ ...call, theirs }, { isAnew, isNext: Boolean(talk), relay: relay && relayOf(call) });
  ways(talk);
};
const end = async (how) => {
  watch.stop();
  await ended(how, talk && await more.vault(), Boolean(talk));
  [talk, call] = [];
};
const waits = (now) => stand(now, { hadTalk: Boolean(talk), mayBeRung: call.way !== "phone" && more.recipients()?.length > 0 });
// Whoever left a number is rung, and has no talk on this page.
const isRung = ({ state }) => {
  if (state === "back" && !kept.get()?.isRung) kept.set({ ...kept.get(), isRung: true });
  return call.way === "phone" || Boolean(kept.get()?.isRung);
};
const draw = async (now) => {
  if (now.state === "ended") return end(now.end);
  if (isRung(now)) return waits(now);
  if (!["taken", "talking"].includes(now.state) || !now.key) return waits(now);
  if (talk?.theirs !== now.key) await meetWhom(now);
  step("talk");
  return talk.hear(now.messages ?? []);
};

const found = async () => {
  const now = await look(call, seen).catch((error) => { if (error.why === "gone") return GONE; throw error; });
  if (!isOver()) await draw(now);
  seen = now.n ?? seen;
  for (const place of [sorry, lost]) say(place);
  return now.channel;
};
const looks = () => found().catch(() => say(isAt("talk") ? lost : sorry, "offline", {}, "note warn"));

const leave = (how) => () => tell(call, "leave").then(() => end(how));
onPress(part(room, "leave"), sorry, leave("left"));
onPress(part(chat, "finish"), lost, leave("talked"));
onPress(back, part(back, "says"), async () => {
  const { sealedNumber } = await import("./number.js");
  await tell(call, "back", { sealed: await sealedNumber(part(back, "number").value, more.recipients()) });
  back.reset();
  watch.now();
}, "submit");
addEventListener("pagehide", () => { if (globalThis.hasLeft && call) leaveBehind(call); });
stayAwake(() => Boolean(call));

export const wait = (asked, said) => {
  [call, more, seen, talk] = [asked, said, 0, undefined];
  over(false, said.again);
  waits(said.answer);
  watch = keepLooking(looks);
};
