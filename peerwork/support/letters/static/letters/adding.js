// Somebody comes to my people: by the six words on their card, or by name where they asked to be found.
import { plain } from "../vault/keys.js";
import { because } from "../vault/working.js";
import { asked } from "../vault/zone.js";
import { asNew, found, isSame, keep, wordsOf } from "./book.js";
import { onPress, part, piece } from "./draw.js";
import { fingerprint } from "./parcels.js";

const words = document.getElementById("add-words"), typed = words.querySelector("input"), listed = document.getElementById("add-listed"), whom = listed.querySelector("select");
const CARD = 6, WHOLE = 10;

// Words may come in the address, after the #, which browsers keep to themselves. They do not stay there.
const spelled = (text) => { try { return decodeURIComponent(text); } catch { return ""; } };
const bring = () => {
  if (!location.hash) return;
  typed.value = spelled(location.hash.slice(1)).replaceAll("-", " ");
  history.replaceState(history.state, "", location.pathname);
};
bring();
addEventListener("hashchange", bring);

const add = async (here, who, checked) => {
  const had = here.book.get(who.person);
  if (who.person === here.me.person) throw because("myself");
  if (had && !isSame(had, who)) throw Object.assign(because("newkey"), { words: had });
  if (!had || had.blocked || (checked && !had.checked)) {
    await keep(here.vault, { ...asNew(who), name: had?.name ?? who.name, checked: checked || Boolean(had?.checked), version: had?.version });
  }
  await here.again(who.person);
};

// A whole card has four more words, those of the key. Where they do not fit, the server named somebody else.
const byCard = async (here) => {
  const all = plain(typed.value).split(" "), whole = all.length === WHOLE;
  if (all.length !== CARD && !whole) throw because("six");
  const who = await asked(`cards/${await fingerprint(all.slice(0, CARD).join(" "))}/`).catch((error) => { throw error.why === "gone" ? because("nocard") : error; });
  if (whole && all.slice(CARD).join(" ") !== await wordsOf(who)) throw because("otherwords");
  await add(here, who, whole);
};

const byList = async (here) => {
  const rest = (await asked("people/")).people.filter(({ person }) => !here.book.has(person));
  listed.hidden = rest.length === 0;
  whom.replaceChildren(...rest.map(({ person, name }) => Object.assign(piece("option"), { value: person, textContent: name })));
};

export const adding = async (here) => {
  onPress(words, part(words, "says"), async () => {
    await byCard(here);
    words.reset();
    await byList(here);
  }, "submit");
  onPress(listed, part(listed, "says"), async () => {
    const who = await found(whom.value);
    if (!who) throw because("gone");
    await add(here, who, false);
    await byList(here);
  }, "submit");
  await byList(here);
};
