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

export const newPhrase = async () => {
  const words = (await (await fetch(here.words)).text()).trim().split("\n");
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
export const unlock = async (locked, typed) => (await open(locked, (await derive(typed)).identity)).trim();

export const newKey = generateX25519Identity;
export const publicHalf = identityToRecipient;
export const seal = async (text, recipient, size) => {
  const sealing = new Encrypter();
  sealing.addRecipient(recipient);
  return sealing.encrypt(text.padEnd(size));
};
