// A check-in: answered, scored, kept and drawn on this device. What leaves it is one sealed page that looks like any other.
import { whenOpen } from "../vault/open.js";
import { because, tell, working } from "../vault/working.js";
import { draw, offerSheet } from "./check_in_drawing.js";
import { formOf } from "./check_in_form.js";
import { keptIn } from "./check_in_kept.js";
import { askBeforeAll, listChecks } from "./check_in_removal.js";
import { hideResult, showResult } from "./check_in_result.js";
import { scored } from "./check_in_scores.js";
import { today } from "./check_in_words.js";

const facts = JSON.parse(document.getElementById("facts").textContent);
const work = Object.values(facts).find(({ id }) => id === "conditions");
const form = document.getElementById("check"), button = form.querySelector("button"), trouble = form.querySelector("[data-trouble]");
const questions = formOf(form);

// One check. The four about work stand among its answers: their codes are nobody else's.
const checkFrom = ({ instrument, about, answers: more }) => {
  const answers = { ...about, ...more };
  if (!Object.keys(answers).length) throw because("none");
  return { day: today(), instrument, answers, scores: { ...scored(work, about), ...scored(facts[instrument], more) } };
};

whenOpen(async (vault) => {
  const kept = keptIn(vault), { checks, troubles } = await kept.all();
  const show = () => draw(checks, facts, work);
  const list = () => { listChecks(checks, kept, show); show(); };
  if (troubles.length) tell(document.querySelector("[data-trouble-reading]"), troubles[0]);
  list();
  offerSheet(checks, facts);
  button.disabled = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    working(form, async () => {
      const check = checkFrom(questions.read());
      checks.push(await kept.add(check));
      list();
      form.reset();
      [form.hidden, button.disabled, trouble.textContent] = [true, false, ""];
      showResult(facts[check.instrument], work, check);
    });
  });
  document.querySelector("[data-again]").addEventListener("click", () => {
    hideResult();
    form.hidden = false;
    form.querySelector("input").focus();
  });
  askBeforeAll(async () => {
    await kept.takeAllOut();
    checks.length = 0;
    list();
  });
});
