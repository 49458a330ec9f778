import { fill, newKey, publicHalf, put, show, working } from "./make-keys.js";

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
