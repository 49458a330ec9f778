import { derive, open } from "../vault/keys.js";
import { fill, put, show, working } from "./make-keys.js";

const [first, second] = [document.getElementById("code"), document.getElementById("keys")];
let key;

first.addEventListener("submit", (event) => {
  event.preventDefault();
  working(first, async () => {
    const { door, identity } = await derive(document.getElementById("typed").value);
    put(first, "door", door);
    const answer = await fetch(first.action, { method: "POST", body: new FormData(first) });
    const { locked, says } = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(says), { says });
    key = (await open(locked, identity)).trim();
    put(second, "door", door);
    first.hidden = true;
    second.hidden = false;
    show(second);
  });
});

second.addEventListener("submit", (event) => {
  event.preventDefault();
  working(second, async () => { await fill(second, key); second.submit(); });
});
