// One path on the screen. What is pressed is written first; the screen follows only when it was kept.
import { because, tell } from "../vault/working.js";
import { fell, isToCome, proposed } from "./hard_days.js";
import { fileOf, handOver } from "./hard_file.js";
import { show } from "./hard_show.js";

// What each control makes of a path, as the path is by then: another screen may have changed it.
const having = (path, { step, yearly }, more) =>
  ({ ...path, steps: { ...path.steps, [step]: { yearly: yearly === undefined ? undefined : true, ...path.steps[step], ...more } } });
const without = ({ steps: { [one]: _gone, ...steps }, ...path }, one) => ({ ...path, steps });
const CHANGES = {
  want: (path, { checked }, place) =>
    checked ? having(path, place, { on: proposed(place, path.day) }) : without(path, place.step),
  on: (path, { value }, place) => having(path, place, { on: value }),
  keep: ({ kept, ...path }, { value, checked }) => ({ ...path, kept: [...kept.filter((one) => one !== value), ...(checked ? [value] : [])] }),
  away: (path, _said, place) => having(path, place, { away: fell(path.steps[place.step] ?? {}) }),
};

export const pathOn = (vault, id, card, body) => {
  const part = (name) => card.querySelector(`[data-${name}]`);
  let path = body, turn = Promise.resolve(), waiting = 0;

  const inTurn = (work, says = part("trouble")) => {
    [waiting, says.className, says.textContent] = [waiting + 1, "", ""];
    turn = turn.then(work).catch((error) => tell(says, error)).then(() => { if ((waiting -= 1) === 0) show(card, path); });
  };
  const change = ({ target }) => {
    const name = Object.keys(CHANGES).find((one) => one in target.dataset), place = target.closest("[data-step]");
    if (!name || !target.validity.valid) return;
    const said = { checked: target.checked, value: target.value };
    inTurn(async () => {
      let next;
      await vault.change("hard", id, (now) => {
        if (!now) throw because("gone");
        return next = CHANGES[name](now, said, place.dataset);
      });
      path = next;
    });
    if (name === "away") place.querySelector("summary").focus();
  };
  const stopped = (is) => {
    [part("going").hidden, part("stopped").hidden] = [is, !is];
    part(is ? "back" : "stop").focus();
  };

  card.addEventListener("change", change);
  for (const button of card.querySelectorAll("[data-away]")) button.addEventListener("click", change);
  part("stop").addEventListener("click", () => inTurn(async () => { await vault.remove("hard", id); stopped(true); }));
  part("back").addEventListener("click", () => inTurn(async () => { await vault.write("hard", id, path); stopped(false); }, part("trouble-back")));
  part("calendar").addEventListener("submit", (event) => {
    event.preventDefault();
    const { title, rings } = event.target.elements, made = part("made"), days = Object.values(path.steps).filter((step) => isToCome(step));
    if (days.length) handOver(fileOf(days, title.value, rings.checked));
    made.textContent = days.length ? made.dataset.done : made.dataset.none;
  });
  for (const place of show(card, path)) place.open = true;
  return card;
};
