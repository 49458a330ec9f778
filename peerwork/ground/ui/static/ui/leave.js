// Leaving fast, and locking by itself. Works from the button, from Shift three times, and from nobody being there.
const here = document.currentScript.dataset;
const form = document.getElementById("leave");
const REST = Number(here.rest) * 60_000;

// The server is told in the background. What this device holds goes at once, and the page with it.
const forget = async () => {
  globalThis.hasLeft = true;   // nothing is kept from here on, while this page is still going (vault/store.js)
  dispatchEvent(new Event("leaving"));   // and nothing is heard: the next page may take long to come
  navigator.serviceWorker?.controller?.postMessage("forget");
  for (const store of [localStorage, sessionStorage]) store.clear();
  for (const name of await caches?.keys?.() ?? []) caches.delete(name);
  for (const { name } of await indexedDB.databases?.() ?? []) indexedDB.deleteDatabase(name);
};

const tell = (address) => fetch(address, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});

const leave = () => {
  forget();
  document.documentElement.replaceChildren();
  tell(form.action);
  location.replace(here.exit);
};

form.addEventListener("submit", (event) => { event.preventDefault(); leave(); });

let shifts = [];
addEventListener("keydown", ({ key, repeat }) => {
  if (repeat) return;
  shifts = key === "Shift" ? [...shifts, performance.now()].slice(-3) : [];
  if (shifts.length === 3 && shifts[2] - shifts[0] < 1500) leave();
});

// Other tabs of the same person count as somebody being there.
const others = new BroadcastChannel("touched");
let touched = Date.now();
const touch = () => {
  if (Date.now() - touched > 5000) others.postMessage(1);
  touched = Date.now();
};
others.onmessage = () => { touched = Date.now(); };
for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, touch, { passive: true, capture: true });

const lockIfNobodyIsHere = () => {
  if (Date.now() - touched < REST) return;
  document.body.hidden = true;
  tell(form.action);
  forget();
  location.replace("/locked/");
};
setInterval(lockIfNobodyIsHere, 5000);
document.addEventListener("visibilitychange", lockIfNobodyIsHere);
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
