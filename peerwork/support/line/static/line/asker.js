// Asking for a talk, from the first press to the end. What is promised comes from the server each time, and is never kept.
import { kept } from "./kept.js";
import { onPress, part, say, step } from "./page.js";

const page = document.querySelector("[data-talk-page]"), begin = part(page, "begin"), promise = part(page, "promise");
const wishes = document.getElementById("wishes"), says = part(wishes, "says"), ask = part(page, "ask");
let now;

const look = async () => {
  const answer = await fetch("/talk/now/", { cache: "no-store", redirect: "error" });
  if (!answer.ok) throw new Error("no promise");
  now = await answer.json();
  promise.textContent = [now.promise.says, now.promise.kind !== "now" && now.promise.opens_says].filter(Boolean).join(" ");
  promise.className = "";
};
// Without a connection nothing is promised, and the number still works.
const lookAgain = () => look().catch(() => say(promise, "offline"));

// Loaded when somebody presses: all of it together is more than a slow line should carry for nothing. And all of it, the talk too,
// before a token is spent: what does not come on a bad line later would leave somebody who answers alone.
const rest = () => Promise.all([import("./asking.js"), import("./waiting.js")]), opening = () => import("./opening.js");

const choose = async () => {
  step("limits");
  const [{ drawWishes }] = await Promise.all([import("./wishes.js"), now ?? look(), rest()]);
  drawWishes(wishes, now);
};
const waitWith = async (call, answer, isAnew) => {
  const [, { wait }] = await rest();
  const recipients = () => now?.recipients, recipientsNow = () => look().then(recipients);
  wait(call, { answer, isAnew, recipients, recipientsNow, vault: async () => (await opening()).vault, again: choose });
};

const chosen = async () => {
  const { wishesIn } = await import("./wishes.js"), said = wishesIn(wishes, now), number = part(wishes, "number").value;
  if (said.way !== "phone") return { ...said, sealed: "" };
  return { ...said, sealed: await (await import("./number.js")).sealedNumber(number, now.recipients) };
};

const asked = async (vault) => {
  const [[{ askFor }], { choiceIn }] = await Promise.all([rest(), import("./wishes.js")]);
  return askFor({ round: now.round, choice: choiceIn(wishes), wishes: await chosen(), vault });
};
const go = async () => {
  say(says, "working");
  await look();
  const { call, answer } = await asked((await opening()).vault).catch(async (error) => {
    if (error.why !== "nokey") throw error;
    return asked(await (await opening()).openVault());
  });
  say(says);
  wishes.reset();
  return waitWith(call, answer);
};

onPress(ask, says, choose);
onPress(part(page, "back"), undefined, () => step("begin"));
onPress(wishes, says, () => go().catch((error) => { step("limits"); throw error; }), "submit");
onPress(part(page, "nokey"), undefined, async () => (await opening()).goBack());

const call = kept.get();
lookAgain();
addEventListener("online", lookAgain);
if (call?.side === "asks") waitWith(call, undefined, true).catch(() => setTimeout(() => location.reload(), 5_000));
