// Shows a new phrase and a new code, and fills the hidden fields with what may leave this device.
import { lock, newCode, newKey, newPhrase, publicHalf } from "../vault/keys.js";

export const show = async (form) => {
  const [phrase, code] = [form.querySelector("[data-phrase]"), form.querySelector("[data-code]")];
  const renew = async () => { phrase.textContent = await newPhrase(); };
  code.textContent = newCode();
  form.querySelector("[data-renew]").addEventListener("click", renew);
  form.querySelector("[data-print]").addEventListener("click", () => print());
  await renew();
  form.querySelector("[data-ready]").hidden = false;
};

const put = (form, name, value) => { form.elements[name].value = value; };

export const fill = async (form, key) => {
  const said = (what) => form.querySelector(`[data-${what}]`).textContent;
  for (const what of ["phrase", "code"]) {
    const { door, locked } = await lock(key, said(what));
    put(form, `${what}_door`, door);
    put(form, `${what}_locked`, locked);
  }
};

// A button that says it is working, and gives the form back with a sentence when it cannot.
export const working = async (form, work) => {
  const button = form.querySelector("[type=submit], button:not([type])");
  const trouble = form.querySelector("[data-trouble]");
  button.disabled = true;
  trouble.textContent = trouble.dataset.working;
  try { await work(); } catch (error) {
    trouble.textContent = error.says ?? trouble.dataset.failed;
    button.disabled = false;
  }
};

export { newKey, publicHalf, put };
