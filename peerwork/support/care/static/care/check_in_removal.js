// Taking checks out: one, with a way back while the page is open, or all of them, for good.
import { when } from "../vault/told.js";
import { tell } from "../vault/working.js";

const place = document.getElementById("over-time"), list = place.querySelector("[data-checks]"), line = document.getElementById("one-check");
const says = place.querySelector("[data-removal]"), all = place.querySelector("[data-all]"), sure = place.querySelector("[data-sure]");
const calm = (text = "") => { [says.className, says.textContent] = ["quiet", text]; };

const rowOf = (one, kept, changed) => {
  const row = line.content.firstElementChild.cloneNode(true), day = row.querySelector("[data-day]"), button = row.querySelector("button");
  day.textContent = when(one.check.day);
  day.id = `check-${list.children.length}`;
  const [out, back] = [button.textContent, button.dataset.back];
  button.setAttribute("aria-describedby", day.id);
  button.addEventListener("click", async () => {
    if (one.busy) return;
    one.busy = true;
    calm();
    try {
      await (one.gone ? kept.putBack(one) : kept.takeOut(one));
      one.gone = !one.gone;
      button.textContent = one.gone ? back : out;
      changed();
    } catch (error) { tell(says, error); }
    one.busy = false;
  });
  return row;
};

// The list is drawn anew only when a check is added: what was taken out stays, so that it can be put back.
export const listChecks = (checks, kept, changed) => {
  list.replaceChildren();
  for (const one of [...checks].reverse()) list.append(rowOf(one, kept, changed));
};

export const askBeforeAll = (takeAllOut) => {
  const ask = (asks) => { [sure.hidden, all.hidden] = [!asks, asks]; };
  all.addEventListener("click", () => { ask(true); sure.querySelector("[data-no]").focus(); });
  sure.querySelector("[data-no]").addEventListener("click", () => { ask(false); all.focus(); });
  sure.querySelector("[data-yes]").addEventListener("click", async () => {
    try {
      await takeAllOut();
      ask(false);
      calm(says.dataset.gone);
    } catch (error) { tell(says, error); }
  });
};
