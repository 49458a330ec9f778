import { lock } from "../vault/keys.js";
import { opened, put, working } from "../vault/working.js";
import { hand, newFriendsCode } from "./friend-code.js";

const form = document.getElementById("leave-code"), phrase = document.getElementById("phrase"), shown = form.querySelector("[data-new]");
shown.textContent = newFriendsCode();
form.querySelector("[data-print]").addEventListener("click", () => print());

const { sealed, given } = form.elements;
sealed.addEventListener("change", () => { given.required = !sealed.checked; });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const { key, door: now } = await opened(form.dataset.key, phrase.value);
    const { door, locked } = await lock(key, shown.textContent);
    for (const [name, value] of Object.entries({ now, door, locked })) put(form, name, value);
    hand(form, shown.textContent);
    phrase.value = "";
    form.submit();
  });
});
