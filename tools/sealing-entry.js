// What the vault's own modules stand on, bundled once by `make vendor`.
export { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
export { scrypt } from "@noble/hashes/scrypt.js";
