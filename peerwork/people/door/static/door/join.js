import { put, working } from "../vault/working.js";
import { fill, newKey, publicHalf, show } from "./make-keys.js";

const form = document.getElementById("keys");
show(form);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const key = await newKey();
    put(form, "recipient", await publicHalf(key));
    await fill(form, key);
    form.submit();
  });
});
