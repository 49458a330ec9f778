// What is taken out of a parcel: built anew, each part of a known shape and size. Nothing else that was in it comes in.
// A name or title holds no sign that hides, or turns the sentence round it. (Two joiners stay: some scripts need them.)
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const A_NAME = 40, A_GROUP = 60, A_TITLE = 120, MANY = 8;
export const short = (text, most) => [...text.replace(UNSEEN, "")].slice(0, most).join("").trim();

const fits = (pattern) => (one) => typeof one === "string" && pattern.test(one);
const isText = fits(/^/), isDay = fits(/^\d{4}-\d\d-\d\d$/), isMoment = fits(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
export const isNumber = fits(/^[0-9a-f]{32}$/);   // as the page itself draws them
export const isPerson = fits(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const isPeople = (all) => Array.isArray(all) && all.length <= MANY && all.every(isPerson);

export const TWO = "two";
const STEPS = new Set([undefined, "ask", "yes", "leave"]);

const letter = ({ talk, with: readers, said, words, mark, gone, step, name = "", in: there = [], keys = {} }) => {
  const fit = (talk === TWO ? !step : isNumber(talk)) && isPeople(readers) && isMoment(said) && isText(words) && isNumber(mark) && isDay(gone) &&
    STEPS.has(step) && isText(name) && isPeople(there);
  const marks = Object.entries(keys).filter(([person, key]) => isPerson(person) && isNumber(key)).slice(0, MANY);
  return fit ? { talk, with: readers, said, words, mark, gone, step, name: short(name, A_GROUP), in: there, keys: Object.fromEntries(marks) } : undefined;
};
const line = ({ title, text, day }) => [title, text].every(isText) && isDay(day) ? { title: short(title, A_TITLE), text, day } : undefined;
const SAYS = { letter, line };
export const isKind = (kind) => Object.hasOwn(SAYS, kind);

// What a parcel of this kind says, or nothing where it makes no sense.
export const saidIn = (kind, body) => { try { return SAYS[kind](JSON.parse(body)); } catch { return undefined; } };

// Who says they gave it: a name and two keys, and nothing that only my own book may say of them.
const isRecipient = fits(/^age1[0-9a-z]{20,100}$/), isSigner = fits(/^[0-9a-f]{64}$/);
export const cardIn = ({ name, recipient, signer }) => {
  const called = isText(name) && short(name, A_NAME);
  return called && isRecipient(recipient) && isSigner(signer) ? { name: called, recipient, signer } : undefined;
};
