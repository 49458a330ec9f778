// Opens the vault on a page, and closes it again: by a button, or because nobody was there for ten minutes.
import { byPhrase, isQuiet, letGo, resumed, theKey, touch, whoItOpens } from "./door.js";
import { dismiss } from "./keeper.js";
import { byPasskey, canAsk } from "./passkey.js";
import { vaultOf } from "./vault.js";
import { tell, working } from "./working.js";
import { zone } from "./zone.js";

const form = document.getElementById("unlock"), phrase = form.querySelector("input[type=text]"), device = form.querySelector("[data-passkey]");
const bar = document.getElementById("vault-bar"), says = bar.querySelector("[data-says]"), waits = bar.querySelector("[data-queue]");
const onOpen = [], onLock = [];
const others = new BroadcastChannel("vault");
let vault;

// What a room does with an open vault. Rooms may still write something down before it locks.
export const whenOpen = (work) => { onOpen.push(work); if (vault) work(vault); };
export const whenLocked = (work) => onLock.push(work);

const showWaiting = () => {
  const all = vault?.waiting() ?? [], met = all.filter(({ theirs }) => theirs).length;
  const why = vault?.lost() ? "lost" : met ? "met" : all.length ? "waits" : "";
  waits.hidden = !why;
  waits.textContent = waits.dataset[why] ?? "";
};
const send = () => vault?.send().catch(() => {});

const begin = async (key) => {
  vault = await vaultOf(await whoItOpens(key), showWaiting);
  phrase.value = "";
  [form.hidden, bar.hidden] = [true, false];
  for (const part of document.querySelectorAll("[data-opened]")) part.hidden = false;
  await send();
  for (const work of onOpen) Promise.resolve(work(vault)).catch((error) => tell(says, error));
  showWaiting();
};

// A page made anew holds nothing of the old one, so locking is leaving this page and coming back to it.
const lock = async (told) => {
  const late = new Promise((done) => { setTimeout(done, 3000); });
  if (vault) await Promise.race([Promise.allSettled(onLock.map((work) => work())), late]);
  document.getElementById("main").replaceChildren();
  letGo();
  dismiss();
  if (!told) others.postMessage("lock");
  if (!told) await Promise.race([zone("half/", { method: "DELETE" }).catch(() => {}), late]);
  location.reload();
};

others.onmessage = () => { if (vault) lock(true); };
bar.querySelector("[data-lock]").addEventListener("click", () => lock());
setInterval(() => { if (vault && isQuiet()) lock(); }, 5000);
for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => vault && touch(), { passive: true, capture: true });
addEventListener("online", send);

const openWith = (way) => working(form, async () => {
  const key = await theKey();
  await way(key);
  await begin(key);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  openWith((key) => byPhrase(key, phrase.value));
});
device.addEventListener("click", () => openWith(byPasskey));

const arrive = async () => {
  if (await resumed()) await begin(await theKey());
  else device.hidden = !canAsk(await theKey());
};
arrive().catch((error) => { if (error.why !== "offline") tell(form.querySelector("[data-trouble]"), error); });
