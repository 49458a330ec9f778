// Where the key is while the vault is open. It never leaves this worker, except sealed.
import { armor, ed25519 } from "../vendor/sealing.js";
import { derived, identity, secretOf } from "./derive.js";
import { fromHex, open, seal, toBytes, toHex, toText } from "./seal.js";

let key;
const bytes = (text) => new TextEncoder().encode(text);
const unlock = async (locked, opener) => { key = (await open(armor.decode(locked), opener)).trim(); };

// HKDF (RFC 5869) of something secret, for one use and no other.
const drawn = async (secret, info) => {
  const from = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(info) }, from, 256));
};
const signing = () => drawn(secretOf(key), "peerwork/1 signing");

// Half of what keeps the vault open stays in this tab, the other half with the session. Neither opens anything alone.
const half = async (text) => crypto.subtle.importKey("raw", await drawn(toBytes(text), "peerwork/1 open"), "AES-GCM", false, ["encrypt", "decrypt"]);

const does = {
  phrase: async ({ typed, salt, locked }) => {
    const { door, identity: opener } = derived(typed, salt);
    await unlock(locked, opener);
    return door;
  },
  passkey: ({ secret, locked }) => unlock(locked, identity(secret)),
  hold: async ({ with: other }) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const held = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await half(other), bytes(key));
    return `${toText(iv)} ${toText(new Uint8Array(held))}`;
  },
  resume: async ({ with: other, held }) => {
    const [iv, sealed] = held.split(" ").map(toBytes);
    key = new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await half(other), sealed));
  },
  open: ({ pages }) => Promise.all(pages.map((page) => open(page, key).catch(() => null))),
  seal: ({ text, to }) => seal(text, to),
  sign: async ({ text }) => toText(ed25519.sign(bytes(text), await signing())),
  signer: async () => toHex(ed25519.getPublicKey(await signing())),
  verify: ({ text, sig, signer }) => {
    try { return ed25519.verify(toBytes(sig), bytes(text), fromHex(signer), { zip215: false }); } catch { return false; }
  },
};

onmessage = async ({ data: { id, what, said } }) => {
  try { postMessage({ id, done: await does[what](said ?? {}) }); } catch { postMessage({ id, failed: true }); }
};
