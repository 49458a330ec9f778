// A path as its card shows it. Every control says what is kept, however often this is called.
import { when } from "../vault/told.js";
import { isDue } from "./hard_days.js";

const events = document.getElementById("what");
const part = (place, name) => place.querySelector(`[data-${name}]`);

const showStep = (place, path) => {
  const step = path.steps[place.dataset.step], due = Boolean(step) && isDue(step);
  const on = part(place, "on"), tag = part(place, "chosen");
  part(place, "want").checked = Boolean(step);
  for (const chosen of [tag, part(place, "wanted")]) chosen.hidden = !step;
  tag.textContent = !step ? "" : due ? tag.dataset.theseDays : tag.dataset.someDay;
  if (on && step && on.value !== step.on) on.value = step.on;
  for (const box of place.querySelectorAll("[data-keep]")) box.checked = path.kept.includes(box.value);
  part(place, "now-or-never").hidden = !due;
  return due;
};

export const show = (card, path) => {
  const [title, places] = [part(card, "what"), [...card.querySelectorAll("[data-step]")]];
  const event = [...events.options].find(({ value }) => value && value === path.what);
  title.textContent = event?.textContent ?? title.dataset.unsaid;
  part(card, "day").textContent = when(path.day);
  const due = places.filter((place) => showStep(place, path));
  part(card, "due").hidden = due.length === 0;
  return due;
};
