// The signing key is made out of the account key: one thing to keep, not two. The same as by_hand.py; vectors.json ties the two together.
import { ed25519 } from "../vendor/sealing.js";
import { secretOf } from "./derive.js";
import { toHex } from "./seal.js";

// HKDF (RFC 5869) of something secret, for one use and no other.
export const drawn = async (secret, info) => {
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode(info) };
  const from = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits(how, from, 256));
};

export const seedOf = (key) => drawn(secretOf(key), "peerwork/1 signing");
export const signerOf = async (key) => toHex(ed25519.getPublicKey(await seedOf(key)));
