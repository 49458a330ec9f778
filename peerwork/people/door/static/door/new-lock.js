import { derive, lock, newCode, newPhrase, open } from "../vault/keys.js";
import { put, working } from "./make-keys.js";

const form = document.getElementById("keys"), fresh = form.querySelector("[data-new]");
fresh.textContent = form.dataset.what === "code" ? newCode() : await newPhrase();
form.querySelector("[data-print]").addEventListener("click", () => print());

form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const { locked } = await (await fetch(form.dataset.key)).json();
    const { door: now, identity } = await derive(document.getElementById("phrase").value);
    const key = (await open(locked, identity)).trim();
    const { door, locked: again } = await lock(key, fresh.textContent);
    put(form, "now", now);
    put(form, "door", door);
    put(form, "locked", again);
    document.getElementById("phrase").value = "";
    form.submit();
  });
});
