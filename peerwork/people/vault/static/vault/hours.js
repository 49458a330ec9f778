// The log of hours, opened on this device and nowhere else.
import { open, sealPage } from "./keys.js";
import { hours, number, when } from "./told.js";
import { ask, opened, tell, working } from "./working.js";

const form = document.getElementById("open"), log = document.getElementById("log"), phrase = document.getElementById("phrase");
const days = log.querySelector("[data-days]"), card = log.querySelector("template");
const PAGE_SIZE = 512;
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const lines = [];
const add = () => {
  const minutes = lines.filter(({ gone }) => !gone).reduce((sum, { line }) => sum + line.minutes, 0);
  log.querySelector("[data-total]").textContent = number(minutes);
};

// A copy is changed and sent, one after the other. The screen follows only when it was kept.
const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "Content-Type": "application/octet-stream" };
let before = Promise.resolve();
const inTurn = (work) => { before = before.then(work); };
const turn = async (one, recipient) => {
  const left = lines.filter((other) => other.page === one.page && (other === one ? one.gone : !other.gone));
  const page = { ...one.page, lines: left.map(({ line }) => line) };
  await ask(`${form.dataset.pages}${page.day}/`, { method: "PUT", headers, body: await sealPage(page, recipient, PAGE_SIZE) });
  one.gone = !one.gone;
};

const draw = (one, recipient) => {
  const shown = card.content.cloneNode(true), part = (name) => shown.querySelector(`[data-${name}]`);
  const [day, button, says] = [part("day"), part("change"), part("says")];
  day.textContent = when(one.page.day);
  part("what").textContent = one.line.what;
  part("hours").textContent = hours(one.line.minutes);
  day.id = `day-${days.children.length}`;
  button.setAttribute("aria-describedby", day.id);
  const change = async () => {
    try {
      await turn(one, recipient);
      button.textContent = one.gone ? button.dataset.back : button.dataset.out;
      [says.className, says.textContent] = ["quiet", one.gone ? says.dataset.out : says.dataset.back];
      add();
    } catch (why) { tell(says, why); }
    one.busy = false;
  };
  button.addEventListener("click", () => {
    if (one.busy) return;
    [one.busy, says.textContent] = [true, ""];
    inTurn(change);
  });
  days.append(shown);
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const { key, recipient } = await opened(form.dataset.key, phrase.value);
    const { pages } = await (await ask(form.dataset.pages)).json();
    lines.length = 0;
    for (const { page: sealed } of [...pages].sort((a, b) => b.day.localeCompare(a.day))) {
      const page = JSON.parse(await open(bytes(sealed), key));
      for (const line of page.lines) lines.push({ page, line, gone: false });
    }
    lines.forEach((one) => draw(one, recipient));
    log.querySelector("[data-none]").hidden = lines.length > 0;
    phrase.value = "";
    [form.hidden, log.hidden] = [true, false];
    add();
  });
});
