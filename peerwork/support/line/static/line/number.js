// A number to ring back, sealed on this device to those who are on duty. As long as any other. The server cannot read it.
import { Encrypter } from "../vendor/sealing.js";
import { because } from "./box.js";

const ROOM = 512, LOOKS_LIKE = /^[+\d][\d\s().\-/]{4,30}$/;

export const sealedNumber = async (typed, recipients) => {
  const number = typed.trim();
  if (!LOOKS_LIKE.test(number)) throw because("number");
  if (!recipients?.length) throw because("nobody");
  const sealing = new Encrypter();
  for (const to of recipients) sealing.addRecipient(to);
  const bytes = await sealing.encrypt(JSON.stringify({ number }).padEnd(ROOM));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
};

// { number }, and where it came by telephone { dial } with it: what the line dials it with.
export const openedNumber = async (vault, sealed) => {
  const text = await vault.openBytes(Uint8Array.from(atob(sealed), (letter) => letter.charCodeAt(0)));
  return text ? JSON.parse(text) : {};
};
