// Shows a new phrase and a new code, and fills the hidden fields with what may leave this device.
import { lock, newCode, newPhrase, publicHalf, signerOf } from "../vault/keys.js";
import { put } from "../vault/working.js";

export const show = async (form) => {
  const [phrase, code] = [form.querySelector("[data-phrase]"), form.querySelector("[data-code]")];
  const renew = async () => { phrase.textContent = await newPhrase(); };
  code.textContent = newCode();
  form.querySelector("[data-renew]").addEventListener("click", renew);
  form.querySelector("[data-print]").addEventListener("click", () => print());
  await renew();
  form.querySelector("[data-ready]").hidden = false;
};

export const fill = async (form, key) => {
  const said = (what) => form.querySelector(`[data-${what}]`).textContent;
  for (const what of ["phrase", "code"]) {
    const { door, locked } = await lock(key, said(what));
    put(form, `${what}_door`, door);
    put(form, `${what}_locked`, locked);
  }
};

// The halves of a key that others need: to seal something to its owner, and to know that something is from them.
export const publish = async (form, key) => {
  put(form, "recipient", await publicHalf(key));
  put(form, "signer", await signerOf(key));
};
