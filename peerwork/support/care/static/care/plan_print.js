// My plan on paper. It goes from the vault to this page and from here to the printer; nothing of it is sent anywhere.
import { whenOpen } from "../vault/open.js";
import { textsOf } from "./plan_texts.js";

const sheet = document.querySelector("[data-sheet]"), pocket = document.querySelector("[data-pocket]"), says = document.querySelector("[data-room]");
const names = [...document.getElementById("library").content.querySelectorAll("[data-part]")], part = document.getElementById("part");
const SIZES = ["size-14", "size-12", "size-11", "size-10", "size-9", "size-8"], SMALL = SIZES.slice(3), ON_A_CARD_SIZES = ["size-12", "size-10", "size-9", "size-8", "size-7"];
// What A4 and Letter both have between margins of 15 mm, less a little.
const MOST_MM = 245, PX_IN_MM = 96 / 25.4, ON_A_CARD = 4;

const item = (text) => {
  const made = document.createElement("li");
  [made.textContent, made.dir] = [text, "auto"];
  return made;
};
const drawn = (found) => ({ dataset: { part: code }, textContent, lang }) => {
  const texts = textsOf(found.get(code)?.body);
  if (!texts.length) return [];
  const shown = part.content.firstElementChild.cloneNode(true), head = shown.querySelector("h2");
  [head.textContent, head.lang] = [textContent, lang];
  shown.querySelector("ul").append(...texts.map(item));
  return [shown];
};

// The largest letters with which it fits; the smallest when none do.
const largest = (place, sizes, fits) => {
  for (const size of sizes) {
    place.classList.remove(...sizes);
    place.classList.add(size);
    if (fits()) return size;
  }
  return undefined;
};
const fitSheet = () => {
  sheet.classList.add("measured");
  const size = largest(sheet, SIZES, () => sheet.scrollHeight <= MOST_MM * PX_IN_MM);
  sheet.classList.remove("measured");
  return size === undefined ? "long" : SMALL.includes(size) ? "small" : "fits";
};

const fillCard = (found) => {
  const faces = [["first", "p.first"], ["people", "p.people"]].map(([name, code]) => {
    const list = pocket.querySelector(`[data-${name}]`), texts = textsOf(found.get(code)?.body);
    list.replaceChildren(...texts.slice(0, ON_A_CARD).map(item));
    const face = list.parentElement, fits = () => face.scrollHeight <= face.clientHeight;
    while (largest(face, ON_A_CARD_SIZES, fits) === undefined && list.lastElementChild) list.lastElementChild.remove();
    return texts.length > list.children.length;
  });
  pocket.querySelector("[data-more]").hidden = !faces.some(Boolean);
};

whenOpen(async (vault) => {
  const found = await vault.readAll("plan");
  await document.fonts.ready;
  sheet.replaceChildren(...names.flatMap(drawn(found)));
  says.textContent = says.dataset[sheet.children.length ? fitSheet() : "blank"];
  document.addEventListener("change", () => fillCard(found));
  fillCard(found);
});
