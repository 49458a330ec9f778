// Something was not right: it is sealed here, and goes without a cookie. The answer opens with six words that only its sender has.
import { nameless } from "../tokens/nameless.js";
import { because, working } from "../vault/working.js";
import { openedBy, sealedTo, whoHas } from "./complain_sealing.js";

const form = document.getElementById("complain"), reading = document.getElementById("read");
const at = (mark) => `${reading.dataset.address}${mark}/`;
const SENT = 12 * 1024;   // whichever end somebody was on, what goes over the line is as long
const MEANS = { 404: "strange", 409: "changed", 507: "full" };

const asked = async (mark, more) => {
  let answer;
  try { answer = await nameless(at(mark), more); } catch { throw because("offline"); }
  if (!answer.ok) throw because(MEANS[answer.status] ?? "failed");
  return answer;
};

// The same words and the same bytes as long as it says the same: what arrived twice is there once.
let ready;
const sealed = async (said, to) => {
  const now = JSON.stringify([said, to]);
  try { if (ready?.now !== now) ready = { now, ...await sealedTo(to, said, form.elements.to) }; } catch (error) {
    throw error.why || navigator.onLine ? error : because("offline");   // the list of words is fetched when it is needed
  }
  return ready;
};

const send = async () => {
  const { side, said, to } = form.elements, chosen = [...(to.length ? to : [to])].filter(({ checked }) => checked);
  if (!chosen.length) throw because("nobody");
  const { words, mark, word, key, page } = await sealed(said.value, chosen.map(({ value }) => value));
  await asked(mark, { method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ side: side.value, key, word, sealed: page }).padEnd(SENT) });
  const sent = document.querySelector("[data-sent]");
  sent.querySelector("[data-six]").textContent = words;
  sent.hidden = false;
  form.remove();
  sent.focus();
};

const read = async () => {
  const trouble = reading.querySelector("[data-trouble]");
  const { mark, identity } = await whoHas(reading.elements.six.value), told = await (await asked(mark)).json();
  reading.querySelector("button").disabled = false;
  [trouble.className, trouble.textContent] = ["", ""];
  if (!told.reply) {
    trouble.textContent = told.days_left < 0 ? trouble.dataset.late : trouble.dataset.waits.replace("{days}", told.days_left);
    return;
  }
  const place = document.querySelector("[data-answer]");
  place.querySelector("[data-words]").textContent = await openedBy(identity, told.reply);
  place.hidden = false;
  place.focus();
};

for (const [one, work] of [[form, send], [reading, read]]) {
  one?.addEventListener("submit", (event) => { event.preventDefault(); working(one, work); });
  if (one) one.hidden = false;
}
