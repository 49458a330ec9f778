// What waits for a word from me: somebody new, a new key of somebody I know, or something that is not what it says.
import { keep, wordsOf } from "./book.js";
import { onPress, part, piece } from "./draw.js";

const each = (all, state) => {
  const them = new Map();
  for (const one of all.filter((other) => other.state === state)) them.set(one.from, [...them.get(one.from) ?? [], one]);
  return [...them.values()];
};
const ids = (parcels) => parcels.map(({ id }) => id);

const stranger = (here, parcels) => {
  const [{ from: person, card, kind }] = parcels, made = piece(kind === "letter" ? "stranger" : "stranger-shows", card), says = part(made, "says");
  const settle = async (entry) => {
    if (entry) await keep(here.vault, { person, ...card, ...entry });
    if (!entry || entry.blocked) await here.box.putAway(ids(parcels));
    await here.again();
  };
  part(made, "words").addEventListener("toggle", async () => {
    part(made, "theirs").textContent = await wordsOf({ person, ...card });
    part(made, "mine").textContent = await wordsOf(here.me);
  }, { once: true });
  onPress(part(made, "in"), says, () => settle({}));
  onPress(part(made, "away"), says, () => settle());
  onPress(part(made, "never"), says, () => settle({ blocked: true }));
  return made;
};

const forged = (here, parcels) => {
  const known = here.book.get(parcels[0].from), made = piece(known ? "forged" : "forged-nobody", known);
  onPress(part(made, "away"), part(made, "says"), async () => {
    await here.box.putAway(ids(parcels));
    await here.again();
  });
  return made;
};

// Drawn again only when something else waits: a button somebody is about to press stays where it is.
export const drawWaiting = (here, place, all) => {
  const waits = ["stranger", "changed", "forged"].map((state) => each(all, state)), now = JSON.stringify(waits.map((them) => them.map(ids)));
  if (place.drawn === now) return;
  place.drawn = now;
  const [strangers, changed, others] = waits;
  place.replaceChildren(
    ...strangers.map((parcels) => stranger(here, parcels)),
    ...(here.saysChanged ? changed.map(([{ from }]) => piece("newkey", here.book.get(from))) : []),
    ...others.map((parcels) => forged(here, parcels)),
  );
  place.hidden = place.children.length === 0;
};
