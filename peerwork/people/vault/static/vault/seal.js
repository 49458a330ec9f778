// Sealing and opening, for pages and for workers. Nothing here knows a page, and nothing here sends anything.
import { Decrypter, Encrypter } from "../vendor/sealing.js";

export const BUCKET = 2048, LARGEST = 8 * BUCKET;

const draw = (below) => {
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  return number < 2 ** 32 - (2 ** 32 % below) ? number % below : draw(below);
};

// A stanza without meaning, drawn as the server's age writer draws it: nothing outside tells who sealed a page.
const word = () => Array.from({ length: 1 + draw(8) }, () => String.fromCharCode(33 + draw(94))).join("");
const grease = {
  wrapFileKey: () => [{ args: [`${word()}-grease`, ...Array.from({ length: draw(5) }, word)], body: crypto.getRandomValues(new Uint8Array(draw(100))) }],
};

// ASCII only, so that a letter is a byte.
const ascii = (text) => text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

export const padded = (text, size) => ascii(text).padEnd(size);
export const written = (content) => ascii(JSON.stringify(content));
// With room to spare: every page is as long as the bucket it fits in.
export const bucketed = (text) => text.padEnd(Math.max(1, Math.ceil(text.length / BUCKET)) * BUCKET);

export const seal = (text, recipient) => {
  const sealing = new Encrypter();
  for (const to of [recipient, grease]) sealing.addRecipient(to);
  return sealing.encrypt(text);
};

export const open = (sealed, identity, as = "text") => {
  const opener = new Decrypter();
  opener.addIdentity(identity);
  return opener.decrypt(sealed, as);
};

export const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
export const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
export const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));

// SHA-256 of bytes or of a text, in digits.
export const sumOf = async (what) => toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", typeof what === "string" ? new TextEncoder().encode(what) : what)));
