// My people: whom I chose, the key I know them by, and whether we compared words. Only my own shelf holds this.
import { derive } from "../vault/keys.js";
import { because } from "../vault/working.js";
import { asked } from "../vault/zone.js";

const DOC = "book", WORDS = 4;

export const people = async (vault) =>
  new Map([...await vault.readAll(DOC)].map(([person, { body, version }]) => [person, { ...body, person, version }]));
export const keep = (vault, { person, name, recipient, signer, checked = false, blocked = false, version }) =>
  vault.write(DOC, person, { name, recipient, signer, checked, blocked }, version);
// Somebody new comes in with a name and two keys. That words were compared is never taken from others.
export const asNew = ({ person, name, recipient, signer }) => ({ person, name, recipient, signer, checked: false, blocked: false });
export const forget = (vault, person) => vault.remove(DOC, person);

// Blocked people stay in the book, so that what they give is put away unread. They are nobody's to choose.
export const byName = (book) => [...book.values()].sort((a, b) => a.name.localeCompare(b.name));
export const chosen = (book) => byName(book).filter(({ blocked }) => !blocked);

export const isSame = (one, other) => one?.recipient === other?.recipient && one?.signer === other?.signer;

// Who has this number now, as the server tells it. Nobody: they left, or are paused.
export const found = async (person) => {
  try { return { ...await asked(`people/${person}/`), person }; } catch (error) {
    if (error.why === "gone") return undefined;
    throw error;
  }
};

// My own card, with my keys as this device knows them and not as the server tells them.
export const myself = async ({ me }) => ({ ...await found(me.person), ...me });

// Whom something may be sealed to: somebody who is here, with the key I know. Otherwise why not, in their name.
export const check = async (entry) => {
  const now = await found(entry.person);
  if (isSame(now, entry)) return;
  throw Object.assign(because(now ? "newkey" : "left"), { words: { name: entry.name } });
};

// Each key has four words of its own, and both people see all eight. Were there four for the two keys together, somebody in
// between could try keys until both screens show the same four: the square root of the work. Slow to make (scrypt), so
// that trying keys for even one of them takes years.
let words;
const known = new Map();
const fetchWords = async () => (await (await fetch(document.querySelector("script[data-words]").dataset.words)).text()).trim().split("\n");
export const wordsFrom = (digits, from) =>
  Array.from({ length: WORDS }, (_, at) => from[parseInt(digits.slice(8 * at, 8 * at + 8), 16) % from.length]).join(" ");
export const wordsOf = async ({ person, recipient, signer }) => {
  const whose = `${person} ${recipient} ${signer}`;
  words ??= await fetchWords();
  if (!known.has(whose)) known.set(whose, wordsFrom((await derive(whose)).door, words));
  return known.get(whose);
};
