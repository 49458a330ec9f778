// The log of hours, opened on this device and nowhere else.
import { whenOpen } from "./open.js";
import { toBytes } from "./seal.js";
import { hours, number, when } from "./told.js";
import { because, tell } from "./working.js";
import { asked, zone } from "./zone.js";

const log = document.getElementById("log");
const days = log.querySelector("[data-days]"), card = log.querySelector("template");
const PAGE_SIZE = 512;

const lines = [];
const add = () => {
  const minutes = lines.filter(({ gone }) => !gone).reduce((sum, { line }) => sum + line.minutes, 0);
  log.querySelector("[data-total]").textContent = number(minutes);
};

// A copy is changed and sent, one after the other. The screen follows only when it was kept.
let before = Promise.resolve();
const inTurn = (work) => { before = before.then(work); };
const turn = async (one, vault) => {
  const left = lines.filter((other) => other.page === one.page && (other === one ? one.gone : !other.gone));
  const page = { ...one.page, lines: left.map(({ line }) => line) };
  const body = await vault.sealTo(vault.me.recipient, JSON.stringify(page), PAGE_SIZE);
  await zone(`hours/${page.day}/`, { method: "PUT", body });
  one.gone = !one.gone;
};

const draw = (one, vault) => {
  const shown = card.content.cloneNode(true), part = (name) => shown.querySelector(`[data-${name}]`);
  const [day, button, says] = [part("day"), part("change"), part("says")];
  day.textContent = when(one.page.day);
  part("what").textContent = one.line.what;
  part("hours").textContent = hours(one.line.minutes);
  day.id = `day-${days.children.length}`;
  button.setAttribute("aria-describedby", day.id);
  const change = async () => {
    try {
      await turn(one, vault);
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

whenOpen(async (vault) => {
  const { pages } = await asked("hours/");
  const opened = await vault.openAll(pages.map(({ page }) => toBytes(page)));
  for (const page of opened.filter(Boolean).map((text) => JSON.parse(text)).sort((a, b) => b.day.localeCompare(a.day))) {
    for (const line of page.lines) lines.push({ page, line, gone: false });
  }
  lines.forEach((one) => draw(one, vault));
  log.querySelector("[data-none]").hidden = lines.length > 0;
  log.hidden = false;
  add();
  if (opened.includes(null)) throw because("damaged");
});
