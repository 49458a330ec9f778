// The log of hours, opened on this device and nowhere else.
import { open, sealPage, unlock } from "./keys.js";

const form = document.getElementById("open"), log = document.getElementById("log");
const trouble = form.querySelector("[data-trouble]"), body = log.querySelector("tbody"), row = log.querySelector("template");
const PAGE_SIZE = 512;
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const when = (day) => new Date(`${day}T12:00`).toLocaleDateString(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

const tell = () => {
  const minutes = [...body.rows].reduce((sum, { dataset }) => sum + Number(dataset.minutes), 0);
  log.querySelector("[data-total]").textContent = (minutes / 60).toLocaleString(undefined, { maximumFractionDigits: 1 });
  log.querySelector("[data-none]").hidden = body.rows.length > 0;
};

const draw = (page, line, recipient) => {
  const [shown] = row.content.cloneNode(true).children;
  shown.dataset.minutes = line.minutes;
  const [day, what, hours] = shown.cells;
  day.textContent = when(page.day);
  what.textContent = line.what;
  hours.textContent = (line.minutes / 60).toLocaleString(undefined, { maximumFractionDigits: 1 });
  shown.querySelector("button").addEventListener("click", async () => {
    page.lines.splice(page.lines.indexOf(line), 1);
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "Content-Type": "application/octet-stream" };
    const sealed = await sealPage(page, recipient, PAGE_SIZE);
    const kept = await fetch(`${form.dataset.pages}${page.day}/`, { method: "PUT", headers, body: sealed });
    if (kept.ok) { shown.remove(); tell(); }
  });
  body.append(shown);
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  trouble.textContent = trouble.dataset.working;
  try {
    const { locked, recipient } = await (await fetch(form.dataset.key)).json();
    const key = await unlock(locked, document.getElementById("phrase").value);
    const { pages } = await (await fetch(form.dataset.pages)).json();
    for (const { page } of pages) {
      const told = JSON.parse(await open(bytes(page), key));
      for (const line of told.lines) draw(told, line, recipient);
    }
    [form.hidden, log.hidden] = [true, false];
    tell();
  } catch { trouble.textContent = trouble.dataset.failed; }
});
