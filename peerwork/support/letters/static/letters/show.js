// Showing something to one person, on purpose. A page that wants this includes letters/show.html and calls showToSomebody.
import { whenOpen } from "../vault/open.js";
import { because } from "../vault/working.js";
import { chosen, myself, people } from "./book.js";
import { onPress, part, piece, say, trouble } from "./draw.js";
import { before, hide, show, shown } from "./showing.js";

const dialog = document.getElementById("show"), form = dialog.querySelector("form"), says = part(dialog, "says");
const whom = part(dialog, "whom"), had = part(dialog, "before"), none = part(dialog, "none"), go = part(dialog, "go");
let open, now;
whenOpen((vault) => { open = vault; });

const pick = (entry) => {
  const made = piece(entry.checked ? "pick" : "pick-unchecked", entry);
  made.querySelector("input").value = entry.person;
  return made;
};

// What they have of it already. The same line is taken back without asking: it stands there in its new words.
const drawBefore = (to) => had.replaceChildren(...before(now.shown, to, now.what).map((one) => {
  const made = piece("before", { text: one.text }), box = made.querySelector("input");
  Object.assign(box, { value: one.section, checked: Boolean(now.what.line) || one.text === now.what.text });
  return made;
}));
whom.addEventListener("change", ({ target }) => drawBefore(target.value));

onPress(form, says, async () => {
  const data = new FormData(form), to = now.book.get(data.get("to")), old = data.getAll("old");
  if (!to) throw because("nobody");
  say(says, "working");
  await show(now, to, now.what);
  for (const one of now.shown.filter(({ section }) => old.includes(section))) await hide(now.vault, one);
  say(says, "done", to);
  [go.hidden, whom.disabled, dialog.returnValue] = [true, true, "shown"];
  had.replaceChildren();
}, "submit");
part(dialog, "close").addEventListener("click", () => dialog.close());

// {title, text, kind?, line?, from?}: what they will read; `line` names it, so that its next words take its place; `from` is the
// button to come back to. True once somebody can read it.
export const showToSomebody = async (...said) => {
  const what = said.pop(), vault = said.pop() ?? open;
  [dialog.returnValue, says.className, says.textContent, whom.disabled, part(dialog, "text").textContent] = ["", "", "", false, what.text];
  dialog.showModal();
  const closed = new Promise((done) => { dialog.addEventListener("close", done, { once: true }); });
  try {
    now = { vault, what, book: await people(vault), shown: await shown(vault), me: await myself(vault) };
    part(dialog, "picks").replaceChildren(...chosen(now.book).map(pick));
    none.hidden = chosen(now.book).length > 0;
    [go.hidden, whom.hidden] = [!none.hidden, !none.hidden];
    had.replaceChildren();
  } catch (error) { trouble(says, error); }
  await closed;
  what.from?.focus?.();
  return dialog.returnValue === "shown";
};
export { showToSomebody as show };
