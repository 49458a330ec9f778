// What waits for a word from me: somebody new, a new key of somebody I know, or something that is not what it says.
import { asNew, keep, wordsOf } from "./book.js";
import { onPress, part, piece } from "./draw.js";

const each = (all, state) => {
  const them = new Map();
  for (const one of all.filter((other) => other.state === state)) them.set(one.from, [...them.get(one.from) ?? [], one]);
  return [...them.values()];
};
const ids = (parcels) => parcels.map(({ id }) => id);

const stranger = (here, parcels) => {
  const [{ from: person, card, kind }] = parcels, made = piece(kind === "letter" ? "stranger" : "stranger-shows", card), says = part(made, "says");
  const { name, recipient, signer } = card, entry = asNew({ person, name, recipient, signer });
  const settle = async (now) => {
    if (now) await keep(here.vault, { ...entry, blocked: now === "blocked" });
    if (now !== "in") await here.box.putAway(ids(parcels));
    await here.again();
  };
  part(made, "words").addEventListener("toggle", async () => {
    part(made, "theirs").textContent = await wordsOf(entry);
    part(made, "mine").textContent = await wordsOf(here.me);
  }, { once: true });
  onPress(part(made, "in"), says, () => settle("in"));
  onPress(part(made, "away"), says, () => settle());
  onPress(part(made, "never"), says, () => settle("blocked"));
  return made;
};

const away = (name, words) => (here, parcels) => {
  const made = piece(name, words(here, parcels));
  onPress(part(made, "away"), part(made, "says"), async () => {
    await here.box.putAway(ids(parcels));
    await here.again();
  });
  return made;
};

const forged = away("forged", ({ book }, [{ from }]) => book.get(from));
const unsigned = away("unsigned", (_here, { length }) => ({ many: length }));

// In whose name it came is only said of my people. All else that is not shown anywhere is one line: nothing lies here unseen.
const isUnsigned = ({ book }) => ({ state, from }) => state === "odd" || state === "ignored" || (state === "forged" && !book.has(from));

// Drawn again only when something else waits: a button somebody is about to press stays where it is.
export const drawWaiting = (here, place, all) => {
  const nobodys = all.filter(isUnsigned(here)), rest = all.filter((one) => !nobodys.includes(one));
  const waits = ["stranger", "changed", "forged"].map((state) => each(rest, state)), now = JSON.stringify([...waits.map((them) => them.map(ids)), ids(nobodys)]);
  if (place.drawn === now) return;
  place.drawn = now;
  const [strangers, changed, others] = waits;
  place.replaceChildren(
    ...strangers.map((parcels) => stranger(here, parcels)),
    ...(here.saysChanged ? changed.map(([{ from }]) => piece("newkey", here.book.get(from))) : []),
    ...others.map((parcels) => forged(here, parcels)),
    ...(nobodys.length ? [unsigned(here, nobodys)] : []),
  );
  place.hidden = place.children.length === 0;
};
