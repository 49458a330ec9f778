// After asking: it rings, somebody waits in line, talks, is rung back, or it is over.
import { hush } from "./aloud.js";
import { ways } from "./asked_on.js";
import { leaveBehind, look, relayOf, tell } from "./box.js";
import { clear } from "./chat.js";
import { ended } from "./ending.js";
import { kept } from "./kept.js";
import { meet } from "./meeting.js";
import { isAt, onPress, part, say, stayAwake, step } from "./page.js";
import { ratherBack } from "./rather_back.js";
import { isRung, stand } from "./standing.js";
import { keepLooking } from "./stream.js";

const room = document.querySelector("[data-step=waiting]"), chat = document.querySelector("[data-step=talk]");
const sorry = part(room, "sorry"), lost = part(chat, "sorry"), GONE = { state: "ended", end: "lost" };
let call, seen, talk, watch, more, leaves;

// The key of somebody else: another person has the call now.
const meetWhom = async ({ key: theirs, relay }) => {
  const how = { isAnew: more.isAnew && kept.get()?.theirs === theirs, isNext: Boolean(talk), relay: relay && relayOf(call) };
  const mine = call, met = await meet({ ...mine, theirs }, how);
  if (mine !== call) return clear();   // it was over meanwhile
  talk = met;
  ways(talk);
};
const end = (how) => {
  const hadTalk = Boolean(talk);
  watch.stop();
  [talk, call] = [];
  ended(how, { hadTalk, ...more });
};
// The next is somebody else: nobody hears whoever waits for them.
const waits = (now) => {
  hush();
  stand(now, call, { hadTalk: Boolean(talk), mayBeRung: more.recipients()?.length > 0 });
};
const draw = async (now) => {
  // Nobody here pressed anything: this page was away for too long.
  if (now.state === "ended") return end(now.end === "left" && !leaves ? "lost" : now.end);
  if (isRung(now, call) || !["taken", "talking"].includes(now.state) || !now.key) return waits(now);
  if (talk?.theirs !== now.key) await meetWhom(now);
  if (talk) step("talk");
  return talk?.hear(now.messages ?? []);
};
const found = async () => {
  const mine = call, now = await look(mine, seen).catch((error) => { if (error.why === "gone") return GONE; throw error; });
  if (mine !== call) return undefined;   // it ended while this was on its way
  await draw(now);
  seen = now.n ?? seen;
  for (const place of [sorry, lost]) say(place);
  return now.channel;
};
const looks = () => found().catch(() => say(isAt("talk") ? lost : sorry, "offline", {}, "note warn"));

const leave = (how) => async () => {
  const mine = leaves = call;
  await tell(mine, "leave");
  if (mine === call) end(how);
};
onPress(part(room, "leave"), sorry, leave("left"));
onPress(part(chat, "finish"), lost, leave("talked"));
ratherBack(async () => ({ call, recipients: await more.recipientsNow() }), () => watch.now());
addEventListener("leaving", () => { if (call) leaveBehind(call); });
stayAwake(() => Boolean(call));

export const wait = (asked, said) => {
  [call, more, seen, talk, leaves] = [asked, said, 0, undefined, false];
  waits(said.answer);
  watch = keepLooking(looks);
};
