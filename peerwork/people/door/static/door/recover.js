import { derive, open } from "../vault/keys.js";
import { put, said, send, working } from "../vault/working.js";
import { fill, show } from "./make-keys.js";

const [first, second] = [document.getElementById("code"), document.getElementById("keys")];
let key;

first.addEventListener("submit", (event) => {
  event.preventDefault();
  working(first, async () => {
    const { door, identity } = await derive(document.getElementById("typed").value);
    put(first, "door", door);
    const { locked } = await said(await send(first.action, { method: "POST", body: new FormData(first) }));
    key = (await open(locked, identity)).trim();
    put(second, "door", door);
    [first.hidden, second.hidden] = [true, false];
    document.getElementById("code-gone").hidden = true;
    show(second);
  });
});

second.addEventListener("submit", (event) => {
  event.preventDefault();
  working(second, async () => { await fill(second, key); second.submit(); });
});
