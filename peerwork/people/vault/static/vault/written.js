// Who wrote a page: only whoever has the key. age alone opens what anybody sealed to it, and the server could seal, too.
import { secretOf } from "./derive.js";
import { toHex } from "./seal.js";
import { drawn } from "./signing.js";

const MARK = 64, HOW = { name: "HMAC", hash: "SHA-256" };
const known = new Map();
const keyFor = async (key) => {
  if (!known.has(key)) known.set(key, crypto.subtle.importKey("raw", await drawn(secretOf(key), "peerwork/1 shelf"), HOW, false, ["sign"]));
  return known.get(key);
};
const markOf = async (text, place, key) =>
  toHex(new Uint8Array(await crypto.subtle.sign("HMAC", await keyFor(key), new TextEncoder().encode(`${place}\n${text}`))));

// A page for one place: HMAC-SHA256 (RFC 2104) of the place and the text, 64 digits, and then the text.
export const signed = async (text, place, key) => `${await markOf(text, place, key)}${text}`;

// The text, where this key wrote it for this place. Otherwise undefined.
export const checked = async (page, place, key) => {
  const text = page.slice(MARK);
  return page.slice(0, MARK) === await markOf(text, place, key) ? text : undefined;
};

export const MARKED = MARK;
