// A new key: made here, everything sealed again to it, and then both change places at once. Until then nothing is changed.
import { newKey, publicHalf } from "../vault/keys.js";
import { letGo } from "../vault/door.js";
import { store } from "../vault/store.js";
import { ask, because, opened, put, send, working } from "../vault/working.js";
import { carrier } from "./carry.js";
import { fill, publish, show } from "./make-keys.js";

const [first, second] = [document.getElementById("now"), document.getElementById("keys")], phrase = document.getElementById("phrase");
const bar = second.querySelector("progress"), count = second.querySelector("[data-count]");
const others = new BroadcastChannel("vault");
let fresh, carrying, warned = false;

const told = (done, all = bar.max) => {
  Object.assign(bar, { max: all, value: done });
  count.textContent = count.dataset.words.replace("{done}", done).replace("{all}", all);
  for (const part of [bar, count]) part.hidden = false;
};

first.addEventListener("submit", (event) => {
  event.preventDefault();
  working(first, async () => {
    if ((await store?.names("waiting/"))?.length) throw because("waits");
    const { key, door, recipient } = await opened(first.dataset.key, phrase.value);
    if (await publicHalf(key) !== recipient) throw because("foreign");
    fresh = await newKey();
    carrying = carrier(key, fresh, told);
    put(second, "now", door);
    phrase.value = "";
    [first.hidden, second.hidden] = [true, false];
    await show(second);
  });
});

// Whether it is done is asked, not concluded: an answer may be lost on its way.
const isDone = async () => (await (await ask(first.dataset.key)).json()).recipient === second.elements.recipient.value;
const leave = async () => {
  others.postMessage("lock");
  letGo();
  for (const name of (await store?.names("")) ?? []) if (name !== "seen") await store.drop(name);
  location.replace(second.dataset.to);
};

second.addEventListener("submit", (event) => {
  event.preventDefault();
  working(second, async () => {
    await publish(second, fresh);
    if (await isDone()) return leave();
    others.postMessage("lock");
    await fill(second, fresh);
    put(second, "carried", await carrying.all());
    if (carrying.closed.size && !warned) { warned = true; throw because("damaged"); }
    const { status } = await send(second.action, { method: "POST", body: new FormData(second) });
    if (await isDone()) return leave();
    if (status === 409) carrying.again();
    throw because(status === 409 ? "changed" : "failed");
  });
});
