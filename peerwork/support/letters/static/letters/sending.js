// The place to write. Words stay on the screen until they are given, and are kept nowhere else.
import { talkOf } from "./counting.js";
import { filled, onPress, part, say, trouble } from "./draw.js";
import { inIt } from "./talks.js";
import { newLetter, send } from "./writing.js";

const form = document.querySelector("[data-talk] form"), box = form.querySelector("textarea"), says = part(form, "says"), wrong = part(form, "wrong");
const drafts = new Map();
let tried;

const refuse = (many) => {
  part(form, "field").classList.toggle("wrong", many > 0);
  [wrong.hidden, wrong.textContent] = [!many, many ? filled(wrong.dataset.toolong, { many }) : ""];
  if (many) [says.textContent] = [""], box.focus();
};

// What did not reach everybody is the same letter when it is sent again: nobody gets it twice.
const letterOf = ({ key }, words) => {
  if (tried?.words !== words || tried.key !== key) tried = { key, words, letter: newLetter(talkOf(key), words) };
  return tried.letter;
};

export const sending = (here, current) => onPress(form, says, async () => {
  const words = box.value.trim(), talk = current();
  refuse(0);
  if (!words) return undefined;
  say(says, "working");
  try {
    const left = await send(here, letterOf(talk, words), talk.group ? inIt(talk.group) : [talk.key]);
    [box.value, tried] = ["", undefined];
    say(says, left.length ? "without" : "sent", { names: left.map((one) => one.words.name).join(", ") });
  } catch (error) {
    if (error.many) return refuse(error.many);
    trouble(says, error);
    return says.append(` ${says.dataset.kept}`);
  }
  return here.again();
}, "submit");

export const turnTo = (talk, before) => {
  if (before) drafts.set(before.key, box.value);
  refuse(0);
  [box.value, says.textContent] = [drafts.get(talk?.key) ?? "", ""];
};
