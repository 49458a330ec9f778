// Two versions of one part, side by side. Nothing is written until somebody chooses.
import { textsOf } from "./plan_texts.js";

const template = document.getElementById("conflict");
const items = (body) => textsOf(body).map((text) => {
  const item = document.createElement("li");
  [item.textContent, item.dir] = [text, "auto"];
  return item;
});

// All lines of both, in the order of the other one. A line that was changed on both screens is there twice.
export const both = (mine, theirs) => {
  const had = new Map(theirs.lines.map(({ id, text }) => [id, text]));
  const more = mine.lines.filter(({ id, text }) => had.get(id) !== text);
  const lines = more.map(({ id, text }) => ({ id: had.has(id) ? crypto.randomUUID().slice(0, 8) : id, text }));
  return { lines: [...theirs.lines, ...lines], options: [...new Set([...theirs.options, ...mine.options])] };
};

// Which it is: "mine", "other" or "both". Nobody who is busy elsewhere on the page is pulled here.
const chosen = (place, mine, theirs, isHere) => new Promise((done) => {
  const box = place.querySelector("[data-conflict]"), shown = template.content.cloneNode(true);
  shown.querySelector("[data-mine]").append(...items(mine));
  shown.querySelector("[data-theirs]").append(...items(theirs));
  for (const button of shown.querySelectorAll("[data-choose]")) button.addEventListener("click", () => {
    box.replaceChildren();
    done(button.dataset.choose);
  });
  box.replaceChildren(shown);
  if (isHere) box.querySelector("h4").focus();
});

export const meetingOf = ({ place, view, editor, says, isHere, close }) => {
  let meeting, choosing = false;
  const meet = async (keeping, mine, theirs, isInQueue) => {
    choosing = true;
    for (const shown of [view, editor]) shown.hide();
    says("two");
    keeping.see(theirs);
    const choice = await chosen(place, mine, keeping.kept, isHere());
    choosing = false;
    editor.open({ mine, other: keeping.kept, both: both(mine, keeping.kept) }[choice]);
    if (choice !== "other" || isInQueue) await keeping.keep(true);
    if (choosing || keeping.isNew()) return;
    close();
    if (choice === "other") says("other");
  };
  return {
    met: (...two) => { meeting = meet(...two); },
    isChoosing: () => choosing,
    // Locked before anybody chose: the lines of both stay, since of the two mistakes that is the one that loses nothing.
    settle: async () => {
      place.querySelector("[data-choose=both]")?.click();
      await meeting;
    },
  };
};
