// A consultation is answered: typed on this device, looked over, and sent once, in nobody's name.
import { draw } from "../tokens/drawing.js";
import { counted } from "../tokens/post.js";
import { whenLocked, whenOpen } from "../vault/open.js";
import { tell } from "../vault/working.js";
import { answersOf } from "./answers.js";
import { clearing } from "./clearing.js";
import { draftOf } from "./draft.js";
import { languagesOf } from "./languages.js";
import { lookOver, pointOut } from "./looking.js";
import { end, sender } from "./sending.js";
import { stepsOf } from "./steps.js";

const sheet = document.getElementById("sheet"), { round } = sheet.dataset;
const part = (name) => sheet.querySelector(`[data-${name}]`), trouble = part("trouble");
const say = (why, how = "errors") => { [trouble.className, trouble.textContent] = [why ? how : "quiet", trouble.dataset[why] ?? ""]; };
const beside = (question, why) => { question.querySelector("[data-trouble-here]").textContent = trouble.dataset[why] ?? ""; };

// A device that opens its vault for the first time in a round draws just now.
const tokensIn = async (vault) => {
  const there = await counted(vault, round);
  if (there.of) return there;
  await draw(vault).catch(() => {});
  return counted(vault, round);
};

const start = async (vault) => {
  const draft = draftOf(vault, round), had = await draft.read(), tokens = await tokensIn(vault);
  if (had?.sent || (!had && !tokens.left)) return end(sheet, tokens.of ? "spent" : "none");

  const answers = answersOf(sheet, beside);
  const steps = stepsOf(sheet, (isLast) => {
    say();
    if (!isLast) return;
    lookOver(answers.questions, part("answers"), (question) => steps.lead(question));
    pointOut(sheet);
  });
  const keep = () => draft.keep(() => ({ said: answers.said(), at: steps.at }));

  if (had) answers.put(had.said);
  languagesOf(sheet);
  steps.show(had?.at ?? 0);
  sheet.addEventListener("input", keep);
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!steps.isLast) steps.forward();
    keep();
  });
  part("send").addEventListener("click", sender(vault, { sheet, answers, draft, say }));
  clearing(sheet, { answers, draft, keep, begin: () => steps.show(0) });
  whenLocked(draft.now);
  addEventListener("pagehide", draft.now);
  sheet.hidden = false;
};

whenOpen((vault) => start(vault).catch((error) => tell(document.querySelector("[data-reading]"), error)));
