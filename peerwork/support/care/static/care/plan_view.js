// A part as it is read: its lines, then what was picked. Beside each of them, a way to show it to one person.
import { thingsIn } from "./plan_texts.js";

const line = document.getElementById("line");

export const viewOf = (place, { code, title, trouble }) => {
  const box = place.querySelector("[data-view]"), list = box.querySelector("[data-lines]"), all = box.querySelector("[data-show-all]");
  let things = [];

  // Loaded when somebody wants it, and not before.
  const show = async (what) => {
    try {
      const { show: showToSomebody } = await import("../letters/show.js");
      await showToSomebody({ kind: "line", title, ...what });
    } catch { trouble({ why: "offline" }); }
  };
  const one = ({ id, text }) => {
    const shown = line.content.firstElementChild.cloneNode(true), button = shown.querySelector("[data-show]");
    for (const part of shown.querySelectorAll("[data-text], [data-what]")) part.textContent = text;
    button.addEventListener("click", () => show({ text, line: `plan/${code}/${id}`, from: button }));
    return shown;
  };
  const draw = (body) => {
    things = thingsIn(body);
    list.replaceChildren(...things.map(one));
    [list.hidden, all.hidden, box.hidden] = [things.length === 0, things.length < 2, false];
  };
  all.addEventListener("click", () => show({ text: things.map(({ text }) => text).join("\n"), line: `plan/${code}`, from: all }));
  return { draw, hide: () => { box.hidden = true; } };
};
