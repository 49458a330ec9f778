// After something hard: paths somebody started, sealed to them. What leaves this page is a sealed page, or nothing.
import { whenOpen } from "../vault/open.js";
import { tell, working } from "../vault/working.js";
import { today } from "./hard_days.js";
import { pathOn } from "./hard_path.js";

const place = document.querySelector("#path > [data-opened]"), list = place.querySelector("[data-paths]");
const form = place.querySelector("[data-start]"), button = form.querySelector("button"), trouble = form.querySelector("[data-trouble]");
const blank = place.querySelector("template").content.querySelector("li");
const { what, day } = form.elements;
day.max = day.value = today();

const put = (vault, id, body) => pathOn(vault, id, list.insertBefore(blank.cloneNode(true), list.firstChild), body);

const start = (vault) => working(form, async () => {
  const id = crypto.randomUUID(), body = { what: what.value, day: day.value || today(), steps: {}, kept: [] };
  await vault.write("hard", id, body);
  const card = put(vault, id, body);
  card.querySelector("[data-step]").open = true;
  card.querySelector("h3").focus();
  [trouble.textContent, button.disabled, what.value, day.value] = ["", false, "", today()];
});

// What is there comes first, so that a path started meanwhile does not stand here twice.
whenOpen(async (vault) => {
  const found = await vault.readAll("hard");
  for (const [id, { body }] of [...found].sort(([, a], [, b]) => a.body.day.localeCompare(b.body.day))) put(vault, id, body);
  document.querySelector("[data-due-below]").hidden = !list.querySelector("[data-due]:not([hidden])");
  if (found.troubles?.length) tell(place.querySelector("[data-trouble]"), found.troubles[0]);
  form.addEventListener("submit", (event) => { event.preventDefault(); start(vault); });
  form.hidden = false;
});
