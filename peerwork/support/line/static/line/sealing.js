// Sealing a talk, with what every browser brings: a key of one's own for each call, and from both keys one for each direction.
// Every sealed piece is as long as every other. Nothing here knows a page, and nothing here sends anything.
import { fromUrl, toUrl } from "../tokens/bytes.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" }, NONCE = 12, DRAWN = 8, HEAD = 3;
const FIRST = 1, LAST = 2;
export const SIZE = 2048;
const ROOM = SIZE - HEAD;
const text = new TextEncoder();
const sum = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

// `own` stays in this tab; `key` is what the other side gets.
export const newPair = async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const key = toUrl(new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)));
  return { own: await crypto.subtle.exportKey("jwk", privateKey), key };
};

const shared = async (own, theirs) => {
  const mine = await crypto.subtle.importKey("jwk", own, CURVE, false, ["deriveBits"]);
  const other = await crypto.subtle.importKey("raw", fromUrl(theirs), CURVE, false, []);
  return crypto.subtle.importKey("raw", await crypto.subtle.deriveBits({ name: "ECDH", public: other }, mine, 256), "HKDF", false, ["deriveKey", "deriveBits"]);
};

// The keys of one talk, for one of its two sides ("asks" or "answers"): what it seals with, what it opens with, and what only
// these two have in common (words.js).
export const keysOf = async ({ own, key, theirs, side }) => {
  const secret = await shared(own, theirs), salt = await sum(text.encode([key, theirs].sort().join(" ")));
  const how = (what) => ({ name: "HKDF", hash: "SHA-256", salt, info: text.encode(`peerwork line 1 ${what}`) });
  const direction = (from) => crypto.subtle.deriveKey(how(from), secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const other = side === "asks" ? "answers" : "asks";
  return { mine: await direction(side), theirs: await direction(other), common: new Uint8Array(await crypto.subtle.deriveBits(how("words"), secret, 256)) };
};

// What is said, in pieces of one size: which is the first and the last of them, how much of it is meant, and emptiness.
export const pieces = (content) => {
  const said = text.encode(JSON.stringify(content)), many = Math.max(1, Math.ceil(said.length / ROOM));
  return Array.from({ length: many }, (_, at) => {
    const part = said.subarray(at * ROOM, (at + 1) * ROOM), piece = new Uint8Array(SIZE);
    piece.set([(at === 0 && FIRST) | (at === many - 1 && LAST), part.length >> 8, part.length & 255]);
    piece.set(part, HEAD);
    return piece;
  });
};
export const unpieced = (piece) => ({
  isFirst: Boolean(piece[0] & FIRST), isLast: Boolean(piece[0] & LAST), said: piece.subarray(HEAD, HEAD + ((piece[1] << 8) | piece[2])),
});

// The number of a piece never comes twice under one key: it is the nonce. A tab that was doubled, or brought back after a crash, has
// the same key and begins at one again. So whatever seals begins with a draw of its own, and nothing depends on what was kept.
export const sealer = (key) => {
  const begins = crypto.getRandomValues(new Uint8Array(DRAWN));
  let number = 0;
  return async (piece) => {
    const iv = new Uint8Array(NONCE);
    iv.set(begins);
    new DataView(iv.buffer).setUint32(DRAWN, number += 1);
    return toUrl(Uint8Array.of(...iv, ...new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, piece))));
  };
};
// `from` and `number`: by whom it was sealed (each page of the other side is another), and as which of theirs.
export const open = async (key, sealed) => {
  const bytes = fromUrl(sealed), iv = bytes.slice(0, NONCE);
  const piece = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, bytes.subarray(NONCE)));
  return { from: toUrl(iv.subarray(0, DRAWN)), number: new DataView(iv.buffer).getUint32(DRAWN), ...unpieced(piece) };
};
