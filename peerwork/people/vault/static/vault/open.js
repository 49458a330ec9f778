// Opens the vault on a page: with the phrase, with a passkey, or because it was open in this tab a moment ago.
import { byPhrase, resumed, theKey, whoItOpens } from "./door.js";
import { lockWhenItIsTime } from "./locking.js";
import { byPasskey, canAsk } from "./passkey.js";
import { forgetNewest } from "./store.js";
import { vaultOf } from "./vault.js";
import { tell, working } from "./working.js";

export { whenLocked } from "./locking.js";

const form = document.getElementById("unlock"), phrase = form.querySelector("input[type=text]"), device = form.querySelector("[data-passkey]");
const bar = document.getElementById("vault-bar"), part = (name) => bar.querySelector(`[data-${name}]`);
const onOpen = [];
let vault;

// What a room does with an open vault.
export const whenOpen = (work) => {
  onOpen.push(work);
  if (vault) work(vault);
};

const showWaiting = () => {
  const all = vault?.waiting() ?? [], waits = part("queue");
  const why = vault?.lost() ? "lost" : all.some(({ theirs }) => theirs) ? "met" : all.length ? "waits" : "";
  waits.hidden = !why;
  waits.textContent = waits.dataset[why] ?? "";
};
addEventListener("online", () => vault?.send().catch(() => {}));

// All of it is older than what was seen here: after a backup was put back, its owner may go on with that.
const trouble = (error) => {
  tell(part("says"), error);
  part("go-on").hidden = error.why !== "older";
};
part("go-on").addEventListener("click", async () => {
  await forgetNewest();
  location.reload();
});

const begin = async (key) => {
  vault = await vaultOf(await whoItOpens(key), showWaiting);
  phrase.value = "";
  [form.hidden, bar.hidden] = [true, false];
  lockWhenItIsTime(part("lock"));
  try { await vault.list(); } catch (error) { return trouble(error); }
  for (const room of document.querySelectorAll("[data-opened]")) room.hidden = false;
  await vault.send().catch(() => {});
  const rooms = onOpen.map((work) => Promise.resolve(work(vault)).catch(trouble));
  showWaiting();
  Promise.all(rooms).then(() => import("../tokens/drawing.js")).then(({ draw }) => draw(vault).catch(trouble), () => {});
};

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
