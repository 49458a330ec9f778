// All that is kept, drawn: a group for each set of questions, with its small pictures and its table.
import { groupsOf, said } from "./check_in_lines.js";
import { pictureOf } from "./check_in_picture.js";
import { showChanges } from "./check_in_result.js";
import { fillTable, save, sheetOf } from "./check_in_table.js";
import { today } from "./check_in_words.js";

const over = document.getElementById("over-time"), template = document.getElementById("group");
const groups = over.querySelector("[data-groups]"), take = over.querySelector("[data-take]");

const drawn = (group) => {
  const shown = template.content.firstElementChild.cloneNode(true), unknown = shown.querySelector("[data-unknown]");
  Object.assign(shown.querySelector("[data-name]"), { textContent: group.name, lang: group.language });
  shown.querySelector("[data-region]").setAttribute("aria-label", group.name);
  [unknown.hidden, unknown.textContent] = [!group.unknown, groups.dataset.gone];
  shown.querySelector("[data-lines]").append(...group.lines.map(pictureOf));
  fillTable(shown.querySelector("table"), group);
  return shown;
};

const left = (checks) => checks.filter(({ gone }) => !gone);

export const draw = (checks, facts, work) => {
  const open = [...groups.querySelectorAll("details")].map((each) => each.open);
  const lately = left(checks).filter(({ check }) => check.day > today(1));
  groups.replaceChildren(...groupsOf(lately, facts).map(drawn));
  groups.querySelectorAll("details").forEach((each, at) => { each.open = Boolean(open[at]); });
  for (const part of document.querySelectorAll("[data-any]")) part.hidden = checks.length === 0;
  over.querySelector("[data-none]").hidden = checks.length > 0;
  showChanges(work, lately.at(-1)?.check);
};

// All of it, also what is older than the picture.
export const offerSheet = (checks, facts) => take.addEventListener("click", () => {
  const rows = groupsOf(left(checks), facts).flatMap((group) => group.lines.flatMap(said).map(([day, ...rest]) => [day, group.name, ...rest]));
  save(sheetOf([take.dataset.head.split("|"), ...rows]), take.dataset.name);
});
