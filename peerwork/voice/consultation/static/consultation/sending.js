// Sending, and how it ended. What could not be sent stays typed, with a sentence.
import { post } from "../tokens/post.js";

const ENDS = new Set(["sent", "waits"]), SAYS = { "none-left": "spent", closed: "closed" };

// How it ended: "sent", "waits" on this phone, "spent" before, or "none" to answer with.
export const end = (sheet, as) => {
  const place = document.getElementById("sent");
  for (const one of place.querySelectorAll("[data-as]")) one.hidden = one.dataset.as !== as;
  [sheet.hidden, place.hidden] = [true, false];
  place.querySelector(`h2[data-as="${as}"]`).focus();
};

export const sender = (vault, { sheet, answers, draft, say }) => async () => {
  const why = answers.trouble(), button = sheet.querySelector("[data-send]"), { address, round } = sheet.dataset;
  if (why) return say(why);
  button.disabled = true;
  say("working", "quiet");
  const came = await post(vault, { address, round, pieces: answers.pieces() }).catch(() => "failed");
  button.disabled = false;
  if (!ENDS.has(came)) return say(SAYS[came] ?? (navigator.onLine ? "failed" : "offline"));
  say();
  sheet.reset();
  await draft.close();
  return end(sheet, came);
};
