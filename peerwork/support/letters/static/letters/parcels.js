// Parcels: sealed for one person, signed by another. On the outside there is no sender and no time.
import { cardIn, isKind, isPerson, saidIn } from "./taken.js";
import { padded, sumOf, toHex } from "../vault/seal.js";
import { because } from "../vault/working.js";
import { zone } from "../vault/zone.js";

export const SMALL = 4096, LARGE = 8192;

export const fingerprint = sumOf;
export const draw = (many = 32) => toHex(crypto.getRandomValues(new Uint8Array(many)));

export const toSign = ({ to, from, kind, body }) => ["peerwork/1 parcel", to, from, kind, body].join("\n");

const written = ({ person, name, recipient, signer }, kind, body, sig) =>
  JSON.stringify({ v: 1, doc: "parcel", section: kind, version: 1, from: person, body, card: { name, recipient, signer }, sig });

// How many bytes are left in a parcel of this size. Less than none: it does not fit.
const A_SIGNATURE = "=".repeat(88);
export const room = (me, kind, said, size) => size - padded(written(me, kind, JSON.stringify(said), A_SIGNATURE), 0).length;

// How many letters from the end would have to go for this many bytes.
const weighs = (letter) => padded(JSON.stringify(JSON.stringify(letter)), 0).length - 6;
export const lettersIn = (words, bytes) => {
  const letters = [...words];
  let many = 0;
  for (let left = bytes; left > 0 && letters.length; many += 1) left -= weighs(letters.pop());
  return many;
};

export const make = async (vault, me, to, kind, said, size = SMALL) => {
  const body = JSON.stringify(said), sig = await vault.sign(toSign({ to: to.person, from: me.person, kind, body }));
  return vault.sealTo(to.recipient, written(me, kind, body, sig), size);
};

// Whoever has the secret takes the parcel back: it lies under the secret's fingerprint. What is there already was given before.
const MEANS = { full: "boxfull", enough: "sitting" };
export const give = async (sealed, to, secret, { week } = {}) => {
  const address = `people/${to.person}/parcels/${await fingerprint(secret)}/${week ? "?week=1" : ""}`;
  try { await zone(address, { method: "PUT", body: sealed }); } catch (error) {
    if (error.why !== "changed") throw because(MEANS[error.why] ?? error.why);
  }
};
export const takeBack = (secret) => zone(`given/${secret}/`, { method: "DELETE" });

// What a parcel says, built anew: {from, kind, body, said, card, sig}. `said` is nothing where it makes no sense.
export const read = (text) => {
  try {
    const { v, doc, section: kind, from, body, card: theirs, sig } = JSON.parse(text), card = cardIn(theirs);
    const fits = v === 1 && doc === "parcel" && isKind(kind) && isPerson(from) && card && typeof body === "string" && typeof sig === "string";
    return fits ? { from, kind, body, said: saidIn(kind, body), card, sig } : undefined;
  } catch { return undefined; }
};

// Whether that key signed this parcel, for me. What cannot even be checked was not signed.
export const isFrom = (vault, { from, kind, body, sig }, signer) =>
  vault.verify(toSign({ to: vault.me.person, from, kind, body }), sig, signer).catch(() => false);
