// Bring back what was taken along. Nothing that is here is written over unless its owner says so, page by page.
import { whenOpen } from "./open.js";
import { typed, WHAT } from "./taking.js";
import { because, working } from "./working.js";

const back = document.getElementById("bring"), found = document.getElementById("found");
const list = found.querySelector("ul"), line = found.querySelector("template");
const progress = found.querySelector("progress");

const unpacked = async (vault, form) => {
  const [file] = form.querySelector("[type=file]").files;
  const text = await vault.unpack(new Uint8Array(await file.arrayBuffer()), typed(form)).catch(() => { throw because("wrong"); });
  try {
    const { what, sections } = JSON.parse(text);
    if (what !== WHAT) throw because("strange");
    return sections.filter(isOne).map(plainly);
  } catch { throw because("strange"); }
};

// What holds trust or a secret for taking something back is not taken from a file, and nobody comes in as already compared.
const NEVER = new Set(["contents", "shown", "letters", "card"]);
const plainly = ({ doc, section, body }) => ({ doc, section, body: doc === "book" ? { ...body, checked: false } : body });
const isOne = ({ doc, section, body }) => typeof doc === "string" && typeof section === "string" && body && typeof body === "object" && !NEVER.has(doc);

const compared = async (vault, sections) => Promise.all(sections.map(async (one) => {
  const here = await vault.read(one.doc, one.section);
  const same = here && JSON.stringify(here.body) === JSON.stringify(one.body);
  return { ...one, version: here?.version, how: same ? "same" : here ? "differs" : "new" };
}));

const draw = (sections) => list.replaceChildren(...sections.map((one) => {
  const shown = line.content.cloneNode(true), box = shown.querySelector("input");
  shown.querySelector("[data-name]").textContent = [one.doc, one.section].filter(Boolean).join(" · ");
  shown.querySelector("[data-how]").textContent = line.dataset[one.how];
  Object.assign(box, { checked: one.how === "new" && one.doc !== "book", disabled: one.how === "same" });
  one.box = box;
  return shown;
}));

whenOpen((vault) => {
  let sections = [];
  back.addEventListener("submit", (event) => {
    event.preventDefault();
    working(back, async () => {
      sections = await compared(vault, await unpacked(vault, back));
      draw(sections);
      [back.hidden, found.hidden] = [true, false];
      found.querySelector("h3").focus();
    });
  });
  found.addEventListener("submit", (event) => {
    event.preventDefault();
    working(found, async () => {
      const wanted = sections.filter(({ box }) => box.checked);
      Object.assign(progress, { hidden: false, max: Math.max(1, wanted.length), value: 0 });
      for (const { doc, section, body, version } of wanted) {
        await vault.write(doc, section, body, version);
        progress.value += 1;
      }
      found.querySelector("[data-trouble]").textContent = found.dataset.done;
    });
  });
});
