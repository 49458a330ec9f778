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
  kept.set({ ...kept.get(), words: found });
};

onPress(form, says, async () => {
  const text = box.value.trim();
  if (!text || !talk) return;
  if (text.length > LONGEST) return say(says, "toolong", { many: text.length - LONGEST }, "errors");
  // The words stay in the box until they are on their way.
  try { await talk.send({ kind: "words", text }); } catch (error) { return trouble(says, error); }
  [box.value] = [""];
  box.focus();
}, "submit");
// On a keyboard Enter sends, and Shift with it begins a new line. On a phone the button sends.
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || matchMedia("(pointer: coarse)").matches) return;
  event.preventDefault();
  form.requestSubmit();
});

// A talk begins with each new key of the other: what was said to one person is no other's.
export const chatIn = async (call, { isAnew = false } = {}) => {
  const had = kept.get()?.words;
  talk = await talkOf(call);
  lines.replaceChildren();
  words.hidden = true;
  talk.on("words", ({ text }, isMine) => { if (typeof text === "string") line(isMine ? "mine" : "theirs", text); });
  if (isAnew && had) showWords(had);
  if (isAnew) note("anew");
  compareWords(talk, showWords, isAnew && !had);
  return talk;
};

export const clear = () => {
  [talk, box.value, words.hidden] = [undefined, "", true];
  lines.replaceChildren();
  // The next talk does not begin with the button that ends it.
  for (const folded of room.querySelectorAll("details")) folded.open = false;
};
