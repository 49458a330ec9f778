// Papers from the box are typed in, one after another. Each goes with its own code, in nobody's name, and without a key.
import { plainCode } from "../tokens/paper.js";
import { sendOne } from "../tokens/slip.js";
import { answersOf } from "./answers.js";
import { languagesOf } from "./languages.js";

const sheet = document.getElementById("sheet"), { address, round } = sheet.dataset, code = document.getElementById("code");
const trouble = sheet.querySelector("[data-trouble]"), wrong = document.getElementById("code-says"), button = sheet.querySelector("[data-send]");
const done = document.querySelector("[data-done]"), LETTERS = 16;
let many = 0;

const beside = (question, why) => { question.querySelector("[data-trouble-here]").textContent = trouble.dataset[why] ?? ""; };
const say = (why, how = "errors") => { [trouble.className, trouble.textContent] = [why ? how : "quiet", trouble.dataset[why] ?? ""]; };
const sayOfCode = (why) => {
  wrong.textContent = wrong.dataset[why] ?? "";
  code.setAttribute("aria-invalid", String(Boolean(why)));
  code.closest(".field").classList.toggle("wrong", Boolean(why));
  if (why) code.focus();
};

const answers = answersOf(sheet, beside);
languagesOf(sheet);

// Everything typed stays where it is, until a paper is in.
const isIn = () => {
  many += 1;
  answers.put([]);
  code.value = "";
  done.querySelector("[data-many]").textContent = many;
  done.hidden = false;
  code.focus();
};

const OF_THE_CODE = { spent: "used", refused: "unknown" };
sheet.addEventListener("submit", async (event) => {
  event.preventDefault();
  say();
  sayOfCode();
  done.hidden = true;
  if (plainCode(code.value).length !== LETTERS) return sayOfCode("short");
  const why = answers.trouble();
  if (why) return say(why);
  button.disabled = true;
  say("working", "quiet");
  const came = await sendOne(address, { round, code: plainCode(code.value), pieces: answers.pieces() });
  button.disabled = false;
  say();
  if (came === "sent") return isIn();
  if (OF_THE_CODE[came]) return sayOfCode(OF_THE_CODE[came]);
  return say(came === "closed" ? came : navigator.onLine ? "failed" : "offline");
});
code.addEventListener("input", () => { if (wrong.textContent) sayOfCode(); });
// Half a paper is not left behind without a word.
addEventListener("beforeunload", (event) => { if (answers.said().length) event.preventDefault(); });
sheet.hidden = false;
