// What stands beside a result: its numbers, somebody to talk to after a hard week, and what work could change.
import { number } from "./check_in_words.js";

const result = document.getElementById("result"), people = document.getElementById("people"), changes = document.getElementById("changes");
const home = document.createComment("people"), beside = result.querySelector("[data-beside-the-result]");
people.before(home);

// The end of the scale on one question, or next to it on two. It moves people up the page and does nothing else.
// What the numbers of a tool by others mean is not ours to say: there, people always stand beside it.
const isHard = (set, work, { scores }) => {
  const heights = [...work.parts, ...set.parts].filter(({ code }) => code in scores).map(({ code, least }) => scores[code] - least);
  return set.byOthers || heights.includes(0) || heights.filter((height) => height === 1).length > 1;
};

const make = (name, text, lang) => Object.assign(document.createElement(name), { textContent: text, dir: "auto", lang });

const showScores = ({ name, language, parts, notes, byOthers }, scores) => {
  const box = result.querySelector("[data-scores]"), list = box.querySelector("dl");
  box.hidden = !byOthers;
  Object.assign(box.querySelector("[data-name]"), { textContent: name, lang: language });
  const said = ({ code, least, most }) => (code in scores ? `${number(scores[code])} (${number(least)}–${number(most)})` : list.dataset.missing);
  list.replaceChildren(...parts.flatMap((part) => [make("dt", part.name, language), make("dd", said(part), document.documentElement.lang)]));
  box.querySelector("[data-notes]").replaceChildren(...notes.map((note) => make("li", note, language)));
};

export const showResult = (set, work, check) => {
  const hard = isHard(set, work, check);
  showScores(set, check.scores);
  people.querySelector("[data-hard]").hidden = !hard || set.byOthers;
  if (hard) beside.append(people);
  result.hidden = false;
  result.querySelector("h2").focus();
};

export const hideResult = () => {
  home.after(people);
  people.querySelector("[data-hard]").hidden = true;
  result.hidden = true;
};

// The lower half of the answers about work. Shown from the last check there is, until work is better or it is taken out.
export const showChanges = (work, check) => {
  const low = work.parts.filter(({ code, least, most }) => check?.scores[code] <= (least + most) / 2).map(({ code }) => code);
  for (const card of changes.querySelectorAll("[data-change]")) {
    const { change } = card.dataset;
    card.hidden = !low.includes(change);
    card.querySelector("[data-said]").textContent = work.items[change].answers[check?.answers[change]] ?? "";
  }
  changes.hidden = low.length === 0;
};
