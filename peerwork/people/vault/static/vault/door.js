// The ways into an open vault: the phrase, a passkey, or that it was opened a moment ago in this tab.
import { plain } from "./keys.js";
import { keeper } from "./keeper.js";
import { store } from "./store.js";
import { because } from "./working.js";
import { asked } from "./zone.js";

const here = document.querySelector("script[data-vault]").dataset;
const HELD = "held", QUIET = 10 * 60_000, RENEW = 5 * 60_000;
const orBecause = (why) => () => { throw because(why); };

// As the server tells it; without a connection, as this phone kept it when it was last opened.
export const theKey = async () => {
  try { return await asked("key/"); } catch (error) {
    const kept = error.why === "offline" && await store?.get("key");
    if (!kept) throw error;
    return kept;
  }
};

// When somebody was last there, in this tab. A page opened later goes by what the page before it wrote down.
let touched = Date.now(), asks = touched;
export const isQuiet = () => Date.now() - touched > QUIET;
export const letGo = () => { for (const name of [HELD, "seen-of", "to-show"]) sessionStorage.removeItem(name); };
const note = (held) => { if (!globalThis.hasLeft) sessionStorage.setItem(HELD, JSON.stringify({ held, touched })); };
export const touch = () => {
  touched = Date.now();
  const { held } = JSON.parse(sessionStorage.getItem(HELD) ?? "{}");
  if (held) note(held);
  if (held && Date.now() - asks > RENEW) renew();
};
const renew = () => { asks = Date.now(); asked("half/").catch(() => {}); };   // the server forgets a half nobody asks for

// The key stays with the worker. What stays in this tab opens nothing without the other half, which ends with the session.
export const hold = async () => {
  try { note(await keeper("hold", { with: (await asked("half/")).half })); } catch { letGo(); }
};

export const byPhrase = async ({ locked }, typed) => {
  const door = await keeper("phrase", { typed: plain(typed), salt: here.salt, locked }).catch(orBecause("wrong"));
  await hold();
  return door;
};

export const resumed = async () => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(HELD));
    touched = kept.touched;
    if (isQuiet()) throw because("quiet");
    await keeper("resume", { with: (await asked("half/")).half, held: kept.held });
    touch();
    return true;
  } catch {
    touched = Date.now();
    return letGo();
  }
};

// Who this is, from the key itself: were the server to name another key, what is written here would be sealed to that.
// Pages this phone kept for a key before open no more, and are fetched again.
export const whoItOpens = async (key) => {
  const mine = await keeper("mine"), before = await store?.get("key");
  if (key.recipient !== mine.recipient || key.signer !== mine.signer) throw because("foreign");
  if (before && before.recipient !== mine.recipient) for (const name of await store.names("place/")) await store.drop(name);
  await store?.set("key", key);
  return { person: key.person, ...mine };
};
