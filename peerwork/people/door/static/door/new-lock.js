import { lock, newCode, newPhrase } from "../vault/keys.js";
import { opened, put, working } from "../vault/working.js";

const form = document.getElementById("keys"), fresh = form.querySelector("[data-new]");
const renew = async () => { fresh.textContent = form.dataset.what === "code" ? newCode() : await newPhrase(); };
form.querySelector("[data-renew]")?.addEventListener("click", renew);
form.querySelector("[data-print]").addEventListener("click", () => print());
await renew();

form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const phrase = document.getElementById("phrase");
    const { key, door: now } = await opened(form.dataset.key, phrase.value);
    const { door, locked } = await lock(key, fresh.textContent);
    put(form, "now", now);
    put(form, "door", door);
    put(form, "locked", locked);
    phrase.value = "";
    form.submit();
  });
});
