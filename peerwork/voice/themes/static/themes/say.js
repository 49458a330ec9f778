// Say what it was about: each theme goes by itself, with a token of its own. What was picked is kept nowhere.
import { counted, post } from "../tokens/post.js";
import { whenOpen } from "../vault/open.js";
import { wordsIn } from "./words.js";

const form = document.getElementById("say"), { address, round, closes, tokens } = form.dataset;
const says = form.querySelector("[data-says]"), send = form.querySelector(".send button"), left = form.querySelector("[data-left]");
const boxes = [...form.querySelectorAll("[name=theme]")], picked = () => boxes.filter(({ checked }) => checked);
const MOST = 3;
let mine = 0;

const say = (what) => {
  says.className = ["sent", "waits"].includes(what) ? "note good" : ["working", "pick"].includes(what) ? "quiet" : "errors";
  says.textContent = says.dataset[what.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] ?? "";
};

// No more than three at a time, and no more than are left.
const look = () => {
  const full = picked().length >= Math.min(MOST, mine);
  for (const box of boxes) box.disabled = !box.checked && full;
  for (const group of form.querySelectorAll("details[data-group]")) {
    const many = group.querySelectorAll(":checked").length, tag = group.querySelector("[data-many]");
    [tag.hidden, tag.textContent] = [!many, many];
  }
  send.disabled = mine === 0;
};

const count = async (vault) => {
  const there = await counted(vault, round);
  mine = there.of ? there.left : Number(tokens);   // not drawn yet: they are when the first one goes
  left.textContent = (mine ? left.dataset.some : left.dataset.none).replace("{left}", mine).replace("{of}", tokens);
  look();
};

const isOver = () => new Date().toLocaleDateString("sv") > closes;

// One after the other. What did not go stays ticked, so nothing that was picked is lost.
const sendAll = async (vault, words) => {
  let came = "pick", extra = words.pieces();
  for (const box of picked()) {
    came = isOver() ? "closed" : await post(vault, { address, round, pieces: [["themes", box.value], ...extra] });
    if (!["sent", "waits"].includes(came)) break;
    if (extra.length) words.clear();
    [box.checked, extra] = [false, []];
  }
  return came;
};

// Where somebody came from stands behind #, which no browser sends.
const begin = form.querySelector(`[data-group="${CSS.escape(location.hash.slice(1))}"]`);

whenOpen(async (vault) => {
  const words = wordsIn(form, vault);
  form.addEventListener("change", look);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!picked().length) return say("pick");
    if (!await words.mayGo()) return undefined;
    send.disabled = true;
    say("working");
    const came = await sendAll(vault, words).catch(() => "failed");
    await count(vault).catch(() => look());
    say(came);
    return says.focus();
  });
  await count(vault);
  if (begin?.matches("details")) begin.open = true;
  else if (begin && !begin.disabled) { begin.checked = true; look(); }
  begin?.scrollIntoView({ block: "center" });
});
