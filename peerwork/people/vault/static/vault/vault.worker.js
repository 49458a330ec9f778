// Where the key is while the vault is open. It never leaves this worker, except sealed.
import { armor, Decrypter, ed25519, Encrypter, identityToRecipient } from "../vendor/sealing.js";
import { derived, identity } from "./derive.js";
import { bucketed, fromHex, open, seal, toBytes, toText } from "./seal.js";
import { drawn, seedOf, signerOf } from "./signing.js";
import { checked, signed } from "./written.js";

// How hard a file on somebody's own disk is to guess: scrypt with N = 2^16, a second or two on a phone.
const PACKED = 16;
let key;
const bytes = (text) => new TextEncoder().encode(text);
const unlock = async (locked, opener) => { key = (await open(armor.decode(locked), opener)).trim(); };

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
  raw: ({ page }) => open(page, key, "uint8array"),
  pack: ({ text, phrase }) => {
    const sealing = new Encrypter();
    sealing.setScryptWorkFactor(PACKED);
    sealing.setPassphrase(phrase);
    return sealing.encrypt(text);
  },
  unpack: ({ packed, phrase }) => {
    const opener = new Decrypter();
    opener.addPassphrase(phrase);
    return opener.decrypt(packed, "text");
  },
  // Pages of one's own: sealed to this key, and marked by it for the place they stand in.
  write: async ({ text, place }) => seal(bucketed(await signed(text, place, key)), await identityToRecipient(key)),
  read: ({ pages }) => Promise.all(pages.map(async ({ page, place }) => {
    const plain = await open(page, key).catch(() => undefined);
    if (plain === undefined) return { why: "damaged" };
    if (!plain.trim()) return {};
    const text = await checked(plain.trimEnd(), place, key);
    return text ? { text } : { why: "swapped" };
  })),
  seal: ({ text, to }) => seal(text, to),
  sign: async ({ text }) => toText(ed25519.sign(bytes(text), await seedOf(key))),
  mine: async () => ({ recipient: await identityToRecipient(key), signer: await signerOf(key) }),
  verify: ({ text, sig, signer }) => {
    try { return ed25519.verify(toBytes(sig), bytes(text), fromHex(signer), { zip215: false }); } catch { return false; }
  },
};

onmessage = async ({ data: { id, what, said } }) => {
  try { postMessage({ id, done: await does[what](said ?? {}) }); } catch { postMessage({ id, failed: true }); }
};
