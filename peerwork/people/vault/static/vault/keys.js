// Phrases and keys, made on this device. Nothing here sends anything anywhere.
import { armor, generateX25519Identity, identityToRecipient } from "../vendor/sealing.js";
import { open as openBytes, seal } from "./seal.js";
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

// A key behind another one, padded so that every locked key is as long as every other.
const PADDED = 128;
export const wrapped = async (key, opener) => armor.encode(await seal(key.padEnd(PADDED), await identityToRecipient(opener)));

export const lock = async (key, typed) => {
  const { door, identity } = await derive(typed);
  return { door, locked: await wrapped(key, identity) };
};

export const open = async (sealed, identity) => openBytes(typeof sealed === "string" ? armor.decode(sealed) : sealed, identity);

export const newKey = generateX25519Identity;
export const publicHalf = identityToRecipient;
export { signerOf } from "./signing.js";
