// The public half of a round's key, as the browser knows it, and its fingerprint worked out here and not believed.
import { sumOf, toUrl } from "./bytes.js";

const RSA = { name: "RSA-PSS", hash: "SHA-384" };
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));

export const keyOf = ({ modulus }) => crypto.subtle.importKey("jwk", { kty: "RSA", n: toUrl(fromHex(modulus)), e: "AQAB" }, RSA, true, ["verify"]);
export const fingerprintOf = async (round) => sumOf(await crypto.subtle.exportKey("spki", await keyOf(round)));

// Where the device is shown another key than before, or than others, it does nothing more and says so.
export const anotherKey = () => {
  const { otherkey: says } = document.querySelector("script[data-vault]").dataset;
  return Object.assign(new Error("another key"), { why: "otherkey", says });
};
