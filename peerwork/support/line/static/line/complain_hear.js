// What was not right opens here, for whoever it was sealed to. The answer is sealed to the six words of whoever sent it.
import { whenOpen } from "../vault/open.js";
import { toBytes, toText } from "../vault/seal.js";
import { working } from "../vault/working.js";
import { readOut, written } from "./complain_sealing.js";

const WRITTEN = 6144;

// Whoever it opened for may answer, and shows the word that lay inside.
const answering = (vault, card, word) => {
  const form = card.querySelector("[data-answering]");
  card.querySelector("[data-answer]").hidden = false;
  form.elements.word.value = word;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    working(form, async () => {
      const page = await vault.sealTo(card.dataset.key, written(form.querySelector("textarea").value), WRITTEN);
      form.elements.sealed.value = toText(page);
      form.submit();
    });
  });
};

whenOpen(async (vault) => {
  const cards = [...document.querySelectorAll("[data-sealed]")];
  const texts = await vault.openAll(cards.map(({ dataset }) => toBytes(dataset.sealed)));
  cards.forEach((card, at) => {
    const words = texts[at] && readOut(texts[at]);
    card.querySelector("[data-words]").textContent = words || "";
    card.querySelector("[data-not-mine]").hidden = Boolean(words);
    if (words) answering(vault, card, readOut(texts[at], "word"));
  });
});
