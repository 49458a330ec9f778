// Pieces of a page: copied from the template beside them, and filled. A name is set apart, so that it turns no sentence round.
import { tell } from "../vault/working.js";

const { lang } = document.documentElement;
const tongue = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`;

export const apart = (name) => `\u2068${name}\u2069`;
const isAlone = /^\{\w+\}$/;
export const filled = (sentence, words) =>
  sentence.replace(/\{(\w+)\}/g, (all, word) => word in words ? (isAlone.test(sentence) ? words[word] : apart(words[word])) : all);

let drawn = 0;
export const piece = (name, words = {}) => {
  const made = document.querySelector(`template[data-piece="${name}"]`).content.firstElementChild.cloneNode(true);
  const texts = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = filled(texts.currentNode.data, words);
  const heading = made.querySelector("h2, h3, strong");
  if (heading) heading.id = `piece-${drawn += 1}`;
  for (const button of heading ? made.querySelectorAll("button, summary") : []) button.setAttribute("aria-describedby", heading.id);
  return made;
};
export const part = (made, name) => made.querySelector(`[data-${name}]`);

// A list keeps up with what there is: what stays, stays as it is, with whatever is open or focused in it.
export const keepUp = (box, all, make) => {
  const had = new Map([...box.children].map((child) => [child.dataset.id, child])), ids = new Set(all.map(({ id }) => id));
  for (const [id, child] of had) if (!ids.has(id)) child.remove();
  all.forEach((one, at) => {
    if (box.children[at]?.dataset.id === one.id) return;
    const made = had.get(one.id) ?? make(one);
    made.dataset.id = one.id;
    box.insertBefore(made, box.children[at] ?? null);
  });
};

// What happened, in a sentence that stands in the page. Screen readers say it when it changes.
export const say = (place, name, words = {}) => {
  place.className = "quiet";
  place.textContent = filled(place.dataset[name], words);
};

export const trouble = (place, { why, says, words }) => tell(place, { why, says: says ?? (words && place.dataset[why] && filled(place.dataset[why], words)) });

// One press, one piece of work. What goes wrong is said where it was pressed. A form's button is off until something listens.
export const onPress = (button, says, work, on = "click") => {
  let busy = false;
  for (const off of on === "submit" ? button.querySelectorAll("button:disabled") : []) off.disabled = false;
  button.addEventListener(on, async (event) => {
    event.preventDefault();
    if (busy) return;
    [busy, says.className, says.textContent] = [true, "", ""];
    try { await work(event); } catch (error) { trouble(says, error); }
    busy = false;
  });
};

export const day = (iso) => new Date(`${iso}T12:00`).toLocaleDateString(tongue, { weekday: "long", day: "numeric", month: "long" });
export const moment = (said) => new Date(said).toLocaleString(tongue, { weekday: "short", hour: "numeric", minute: "2-digit" });
export const list = (names) => new Intl.ListFormat(lang, { type: "conjunction" }).format(names.map(apart));
