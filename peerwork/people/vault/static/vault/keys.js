// Phrases and keys, made on this device. Nothing here sends anything anywhere.
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "../vendor/sealing.js";
import { trusted } from "./trusted.js";

const here = document.querySelector("script[data-worker]").dataset;
const CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

// Every choice is equally likely: numbers past the last whole round are thrown away.
const draw = (below) => {
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  return number < 2 ** 32 - (2 ** 32 % below) ? number % below : draw(below);
};
const draws = (from, many) => Array.from({ length: many }, () => from[draw(from.length)]);

// Fetched once: a phrase somebody is reading never changes late, under their eyes.
let words;
const fetchWords = async () => (await (await fetch(here.words)).text()).trim().split("\n");
export const newPhrase = async () => {
  words ??= await fetchWords();
  return draws(words, 6).join(" ");
};
export const newCode = () => Array.from({ length: 6 }, () => draws(CODE_LETTERS, 4).join("")).join("-");

// What was typed, as it was meant. The same as plain() in phrases.py.
export const plain = (typed) =>
  typed.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

export const derive = (typed) => new Promise((done, failed) => {
  const worker = new Worker(trusted.createScriptURL(here.worker), { type: "module" });
  worker.onmessage = ({ data }) => { worker.terminate(); done(data); };
  worker.onerror = failed;
  worker.postMessage({ typed: plain(typed), salt: here.salt });
});

const PADDED = 128;
export const lock = async (key, typed) => {
  const { door, identity } = await derive(typed);
  const seal = new Encrypter();
  seal.addRecipient(await identityToRecipient(identity));
  return { door, locked: armor.encode(await seal.encrypt(key.padEnd(PADDED))) };
};

export const open = async (sealed, identity) => {
  const opener = new Decrypter();
  opener.addIdentity(identity);
  return opener.decrypt(typeof sealed === "string" ? armor.decode(sealed) : sealed, "text");
};

export const newKey = generateX25519Identity;
export const publicHalf = identityToRecipient;

// A stanza without meaning, drawn as the server's age writer draws it: nothing outside tells who sealed a page.
const MARKS = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at));
const word = () => draws(MARKS, 1 + draw(8)).join("");
const grease = {
  wrapFileKey: () => [{ args: [`${word()}-grease`, ...Array.from({ length: draw(5) }, word)], body: crypto.getRandomValues(new Uint8Array(draw(100))) }],
};

// ASCII only, so that a letter is a byte and every page has the same size.
const ascii = (text) => text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
export const sealPage = async (page, recipient, size) => {
  const sealing = new Encrypter();
  for (const to of [recipient, grease]) sealing.addRecipient(to);
  return sealing.encrypt(ascii(JSON.stringify(page)).padEnd(size));
};
