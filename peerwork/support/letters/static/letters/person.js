// One of my people, as a card: the four words, what I showed and may take back, what they showed me, and parting.
import { found, forget, isSame, keep, wordsOf } from "./book.js";
import { apart, day, onPress, part, piece, trouble } from "./draw.js";
import { hide } from "./showing.js";

const line = (name, one, work) => {
  const made = piece(name, { title: one.title, day: day(one.day) });
  part(made, "text").textContent = one.text;
  onPress(part(made, "away"), part(made, "says"), work);
  return made;
};
const fill = (made, name, lines) => {
  part(made, name).hidden = lines.length === 0;
  part(made, name).querySelector("ul").replaceChildren(...lines);
};

// The words of both, in the same order on both screens.
const drawWords = async (made, here, entry) => {
  const both = [entry, here.me].sort((a, b) => (a.person < b.person ? -1 : 1));
  part(made, "both").replaceChildren(...await Promise.all(both.map(async (one) => {
    const shown = piece("words", one);
    part(shown, "four").textContent = await wordsOf(one);
    return shown;
  })));
};

// A key is looked at anew each time, and trust in the old one is not carried over to another.
const look = async (made, entry, now) => {
  const [changed, left] = [Boolean(now) && !isSame(now, entry), !now];
  [part(made, "changed").hidden, part(made, "left").hidden, part(made, "standing").hidden] = [!changed, !left, changed];
  const called = part(made, "called");
  [called.hidden, called.textContent] = [!now || now.name === entry.name, called.textContent.replace("{now}", apart(now?.name))];
  if (changed) Object.assign(entry, { recipient: now.recipient, signer: now.signer, checked: false });
  if (changed) part(made, "words").open = true;
  if (changed) made.classList.remove("mine");
};

export const cardOf = (here, entry, { got, given, all }) => {
  const made = piece(entry.checked ? "person-checked" : "person", entry), says = part(made, "says"), words = part(made, "words");
  const name = made.querySelector("h3");
  name.id = `person-${entry.person}`;
  const again = (who) => here.again(who);
  fill(made, "given", given.map((one) => line("given", one, async () => { await hide(here.vault, one); await again(entry.person); })));
  fill(made, "got", got.map((one) => line("got", { ...one.said }, async () => { await here.box.putAway([one.id]); await again(entry.person); })));
  words.addEventListener("toggle", () => { if (words.open) drawWords(made, here, entry).catch((error) => trouble(says, error)); });
  onPress(part(made, "same"), says, async () => { await keep(here.vault, { ...entry, checked: true }); await again(entry.person); });
  const partWays = async (then) => {
    for (const one of given) await hide(here.vault, one);
    await here.box.putAway(all.filter(({ from, state }) => from === entry.person && state === "known").map(({ id }) => id));
    await then();
    await again();
  };
  onPress(part(made, "remove"), says, () => partWays(() => forget(here.vault, entry.person)));
  onPress(part(made, "block"), says, () => partWays(() => keep(here.vault, { ...entry, blocked: true })));
  found(entry.person).then((now) => look(made, entry, now)).catch((error) => trouble(says, error));
  return made;
};
