// What is written is sealed to those chosen, all of one size. Six words are drawn, and become the key the answer is sealed to.
import { derive, newKey, newPhrase, open, publicHalf } from "../vault/keys.js";
import { padded, sumOf, toBytes, toHex, toText } from "../vault/seal.js";
import { because } from "../vault/working.js";
import { Encrypter } from "../vendor/sealing.js";

const WRITTEN = 6144;

export const written = (words, more) => {
  const text = padded(JSON.stringify({ v: 1, words, ...more }), WRITTEN);
  if (text.length > WRITTEN) throw because("toolong");
  return text;
};
export const readOut = (text, what = "words") => {
  try { return String(JSON.parse(text)[what] ?? ""); } catch { return ""; }
};

export const whoHas = async (words) => {
  const { door, identity } = await derive(words);
  return { identity, mark: await sumOf(door) };
};

// Somebody left out is stood in for by a key nobody has: from outside it is not seen that anybody was.
const recipients = async (to, all) => {
  const away = all.length ? all.length - to.length : 0;
  return [...to, ...await Promise.all(Array.from({ length: away }, async () => publicHalf(await newKey())))];
};

export const sealedTo = async (to, said, all) => {
  // Whoever opens it finds this word, and answers with it. The house has only its fingerprint.
  const word = toHex(crypto.getRandomValues(new Uint8Array(32)));
  const text = written(said, { word }), words = await newPhrase(), sealing = new Encrypter();
  for (const one of await recipients(to, all)) sealing.addRecipient(one);
  const [{ mark, identity }, page] = [await whoHas(words), await sealing.encrypt(text)];
  return { words, mark, word: await sumOf(word), key: await publicHalf(identity), page: toText(page) };
};

export const openedBy = async (identity, reply) => readOut(await open(toBytes(reply), identity));
