// What the vault's own modules stand on, bundled once by `make vendor`.
export { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
export { ed25519 } from "@noble/curves/ed25519.js";
export { scrypt } from "@noble/hashes/scrypt.js";
