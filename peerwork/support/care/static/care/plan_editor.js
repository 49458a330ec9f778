// Where a part is written: one line for each thing. A line taken out can be put back until the editor is closed.
import { picksIn } from "./plan_library.js";

const row = document.getElementById("row");
const newId = () => crypto.randomUUID().slice(0, 8);
const IDLE = 8000;

export const editorOf = (place, { changed, left, done }) => {
  const box = place.querySelector("[data-editor]"), rows = box.querySelector("[data-rows]");
  const picks = picksIn(box, place.dataset.offers.split(" "), changed);
  let idle;

  const add = (line, before = null) => {
    const shown = row.content.firstElementChild.cloneNode(true), text = shown.querySelector("textarea"), out = shown.querySelector("button");
    [shown.dataset.id, text.value] = [line?.id ?? newId(), line?.text ?? ""];
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      (shown.nextElementSibling?.querySelector("textarea:enabled") ?? add()).focus();
    });
    out.addEventListener("click", () => {
      text.disabled = !text.disabled;
      out.textContent = text.disabled ? out.dataset.back : out.dataset.out;
      changed();
    });
    rows.insertBefore(shown, before);
    return text;
  };

  const read = () => {
    const lines = [...rows.children].map((each) => ({ id: each.dataset.id, text: each.querySelector("textarea:enabled")?.value.trim() }));
    return { lines: lines.filter(({ text }) => text), options: picks.read() };
  };
  const open = (body, isAsked) => {
    rows.replaceChildren();
    for (const line of body.lines) add(line);
    picks.fill(body.options);
    box.hidden = false;
    const last = add();
    if (isAsked) last.focus();
  };

  box.querySelector("[data-add]").addEventListener("click", () => add().focus());
  for (const starter of box.querySelectorAll("[data-starter]")) starter.addEventListener("click", () => {
    const empty = [...rows.querySelectorAll("textarea:enabled")].find(({ value }) => !value.trim()) ?? add();
    empty.value = `${starter.textContent.replace(/…$/, "")} `;
    empty.focus();
    changed();
  });
  rows.addEventListener("input", () => {
    changed();
    clearTimeout(idle);
    idle = setTimeout(left, IDLE);
  });
  box.addEventListener("focusout", ({ relatedTarget }) => { if (!box.contains(relatedTarget)) left(); });
  box.addEventListener("keydown", ({ key }) => { if (key === "Escape") done(); });
  box.querySelector("[data-keep]").addEventListener("click", done);

  return { open, read, hide: () => { box.hidden = true; }, isOpen: () => !box.hidden };
};
