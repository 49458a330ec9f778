// What a phrase becomes, and how age writes a key. The same as phrases.py; vectors.json ties the two together.
import { scrypt } from "../vendor/sealing.js";

const N = 2 ** 15, LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const polymod = (values) => values.reduce((sum, value) => {
  const top = sum >>> 25;
  const next = ((sum & 0x1ffffff) << 5) ^ value;
  return [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].reduce((s, g, at) => (top >>> at) & 1 ? s ^ g : s, next);
}, 1);

// Bech32 (BIP 173): 32 secret bytes, as age writes a secret key.
export const identity = (secret) => {
  const prefix = "age-secret-key-", bits = [...secret].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const fives = bits.match(/.{1,5}/g).map((five) => parseInt(five.padEnd(5, "0"), 2));
  const codes = [...prefix].map((letter) => letter.charCodeAt(0));
  const spread = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  const check = polymod([...spread, ...fives, 0, 0, 0, 0, 0, 0]) ^ 1;
  const sums = [5, 4, 3, 2, 1, 0].map((at) => (check >>> (5 * at)) & 31);
  return (prefix + "1" + [...fives, ...sums].map((five) => LETTERS[five]).join("")).toUpperCase();
};

// The 32 bytes behind AGE-SECRET-KEY-1…: 52 letters of five bits each, then six for the sum.
export const secretOf = (key) => {
  const bits = [...key.trim().toLowerCase().slice(16, -6)].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Uint8Array.from({ length: 32 }, (_, at) => parseInt(bits.slice(8 * at, 8 * at + 8), 2));
};

// `typed` is already plain (keys.js). Slow: only ever in a worker.
export const derived = (typed, salt) => {
  const text = new TextEncoder();
  const out = scrypt(text.encode(typed), text.encode(`peerwork/1|${salt}`), { N, r: 8, p: 1, dkLen: 64 });
  return { door: hex(out.slice(0, 32)), identity: identity(out.slice(32)) };
};
