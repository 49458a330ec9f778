// The talk on the screen. No sign that somebody writes, has read, or was here; no time beside a line. It is kept nowhere.
import { kept } from "./kept.js";
import { filled, onPress, part, say, trouble } from "./page.js";
import { talkOf } from "./talk.js";
import { compareWords } from "./words.js";

const room = document.querySelector("[data-step=talk]"), lines = part(room, "lines"), form = part(room, "write");
const box = form.querySelector("textarea"), says = part(form, "says"), words = part(room, "words");
const LONGEST = 4_000;
let talk;

const line = (whose, text) => {
  const made = document.createElement("li"), by = document.createElement("span"), what = document.createElement("p");
  [made.className, by.className, by.textContent] = [`line ${whose}`, "visually-hidden", lines.dataset[whose]];
  [what.dir, what.className, what.textContent] = ["auto", "as-written", text];
  made.append(by, what);
  lines.append(made);
  made.scrollIntoView({ block: "nearest" });
};
export const note = (name, filling) => line("note", filled(lines.dataset[name], filling));

const showWords = (found) => {
  const [same, not] = [part(words, "same"), part(words, "not")];
  [words.hidden, same.hidden, not.hidden] = [false, !found, Boolean(found)];
  part(words, "four").textContent = found ?? "";
  kept.add({ words: found });
};

onPress(form, says, async () => {
  const text = box.value.trim();
  if (!text || !talk) return;
  if (text.length > LONGEST) return say(says, "toolong", { many: text.length - LONGEST }, "errors");
  // The words stay in the box until they are on their way.
  const to = talk;
  try { await to.send({ kind: "words", text }); } catch (error) { return trouble(says, error); }
  if (!to.isOver()) line("mine", text);
  box.value = "";
  box.focus();
}, "submit");
// On a keyboard Enter sends, and Shift with it begins a new line. On a phone the button sends.
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  form.requestSubmit();
});

const turnTo = (next) => {
  talk?.end();
  [talk, words.hidden] = [next, true];
  lines.replaceChildren();
};

// A talk begins with each new key of the other: what was said to one person is no other's, also where it comes late.
export const chatIn = async (call, { isAnew = false } = {}) => {
  const made = await talkOf(call), had = kept.get()?.words;
  turnTo(made);
  talk.on("words", ({ text }) => { if (typeof text === "string") line("theirs", text); });
  talk.on("missing", () => note("missing"));
  if (had) showWords(had);
  if (isAnew) note("anew");
  compareWords(talk, (found) => made === talk && showWords(found), isAnew && !had);
  return talk;
};

export const clear = () => {
  turnTo();
  box.value = "";
  // The next talk does not begin with the button that ends it.
  for (const folded of room.querySelectorAll("details")) folded.open = false;
};
