// My card: six words that lead to my key. They are made here and stay on my shelf; the server gets their fingerprint.
import { newPhrase, plain } from "../vault/keys.js";
import { wordsOf } from "./book.js";
import { onPress, part, trouble } from "./draw.js";
import { fingerprint } from "./parcels.js";

const place = document.querySelector("[data-my-card]"), form = document.getElementById("card"), says = part(place, "says");
const DOC = "card";

const send = (words) => {
  form.elements.words.value = words;
  form.submit();
};

// What is on the shelf counts only where it is what the server goes by: another device may have made a newer card.
export const myCard = async ({ vault, me }) => {
  const kept = (await vault.read(DOC, ""))?.body.words;
  const holds = Boolean(kept) && form.dataset.now === await fingerprint(plain(kept));
  const show = async () => {
    const four = await wordsOf(me);
    part(place, "six").textContent = kept;
    part(place, "four").textContent = four;
    part(place, "link").textContent = `${location.origin}${location.pathname}#${`${kept} ${four}`.replaceAll(" ", "-")}`;
  };
  const renew = async () => {
    const words = await newPhrase();
    await vault.change(DOC, "", () => ({ words }));
    send(await fingerprint(plain(words)));
  };
  for (const button of place.querySelectorAll("[data-make]")) onPress(button, says, renew);
  onPress(part(place, "drop"), says, async () => {
    await vault.remove(DOC, "");
    send("");
  });
  if (holds) await show().catch((error) => trouble(says, error));
  [part(place, "have").hidden, part(place, "none").hidden, part(place, "lost").hidden] = [!holds, holds, holds || !form.dataset.now];
};
