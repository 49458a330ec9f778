// Closing an open vault: by a button, from another tab, or because nobody was there for ten minutes.
import { isQuiet, letGo, touch } from "./door.js";
import { dismiss } from "./keeper.js";
import { zone } from "./zone.js";

const others = new BroadcastChannel("vault"), onLock = [];
let isOpen = false;

// Rooms may still write something down before it locks.
export const whenLocked = (work) => onLock.push(work);

// A page made anew holds nothing of the old one, so locking is leaving this page and coming back to it.
const lock = async (told) => {
  const late = new Promise((done) => { setTimeout(done, 3000); });
  if (isOpen) await Promise.race([Promise.allSettled(onLock.map((work) => work())), late]);
  document.getElementById("main").replaceChildren();
  letGo();
  dismiss();
  if (!told) others.postMessage("lock");
  if (!told) await Promise.race([zone("half/", { method: "DELETE" }).catch(() => {}), late]);
  location.reload();
};

const look = () => { if (isOpen && isQuiet()) lock(); };
// A phone that slept for hours locks before its first touch counts.
const stillThere = () => { if (isOpen) (isQuiet() ? lock : touch)(); };

export const lockWhenItIsTime = (button) => {
  isOpen = true;
  button.addEventListener("click", () => lock());
  others.onmessage = () => lock(true);
  setInterval(look, 5000);
  for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, stillThere, { passive: true, capture: true });
  for (const sign of ["visibilitychange", "pageshow"]) addEventListener(sign, look);
};
