// One thing at a time: a page made of steps, of which one is shown. Sentences stand in the page, as data-…, and are filled here.
export const part = (place, name) => place.querySelector(`[data-${name}]`);
// A word that ends in a full stop ends its sentence too: by 6 p.m.
export const filled = (sentence, words = {}) =>
  sentence.replace(/\{(\w+)\}/g, (all, word) => word in words ? words[word] : all).replace(/(?<!\.)\.\.(?!\.)/g, ".");

const steps = [...document.querySelectorAll("[data-step]")];
let now = steps.find(({ hidden }) => !hidden)?.dataset.step;
export const step = (name) => {
  if (name === now) return;
  now = name;
  for (const one of steps) one.hidden = one.dataset.step !== name;
  steps.find(({ dataset }) => dataset.step === name).querySelector("h1, h2")?.focus();
  scrollTo(0, 0);
};
export const isAt = (name) => now === name;

// Said again only when it changed: a screen reader reads out what changes.
export const say = (place, name, words, look = "quiet") => {
  const said = name ? filled(place.dataset[name] ?? place.dataset.failed ?? "", words) : "";
  if (place.textContent !== said) place.textContent = said;
  place.className = said ? look : "";
};
// What was pressed does not try again by itself, as a look does.
export const trouble = (place, { why: found, says }) => {
  const why = found === "offline" ? "later" : found;
  say(place, place.dataset[why] ? why : "failed", {}, "errors");
  if (says) place.textContent = says;
  place.scrollIntoView({ block: "nearest" });
};

// One press, one piece of work. A button that waits for our script is off until now.
export const onPress = (button, says, work, on = "click") => {
  let busy = false;
  const ready = on === "submit" ? button.querySelector("button:not([type])") : button;
  ready.disabled = false;
  button.addEventListener(on, async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    if (says) say(says);
    try { await work(event); } catch (error) { if (says) trouble(says, error); }
    busy = false;
  });
};

export const piece = (name, words = {}) => {
  const made = document.querySelector(`template[data-piece="${name}"]`).content.firstElementChild.cloneNode(true);
  const texts = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = filled(texts.currentNode.data, words);
  return made;
};

// Whoever waits or talks is there, though they touch nothing: the page does not lock itself meanwhile (ui/leave.js).
const touched = new BroadcastChannel("touched");
export const stayAwake = (isWanted) => setInterval(() => { if (isWanted()) touched.postMessage(1); }, 30_000);
