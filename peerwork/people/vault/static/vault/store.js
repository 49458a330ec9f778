// What this phone keeps for when there is no connection, only where its owner said it is theirs. What anybody wrote is ciphertext.
// In the clear are how many pages there are and the number of the newest, for whoever reads the shelf on the server too, and up to two
// tokens (tokens/pocket.js): they are good without the vault, and say that there were some and how many of the two are left.
const here = document.querySelector("script[data-vault]").dataset;

// Opened for each use and closed again, so that leaving fast finds nothing in its way.
const use = (mode, work) => new Promise((done, failed) => {
  if (globalThis.hasLeft) return failed(new Error("left"));
  const opening = indexedDB.open("pages", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
    opening.result.onversionchange = () => opening.result.close();
    if (globalThis.hasLeft) return opening.result.close();
    const deal = opening.result.transaction("kept", mode), asked = work(deal.objectStore("kept"));
    deal.oncomplete = () => { opening.result.close(); done(asked?.result); };
    deal.onerror = deal.onabort = () => { opening.result.close(); failed(deal.error); };
  };
});

const range = (beginning) => IDBKeyRange.bound(beginning, `${beginning}\uffff`);

export const store = here.keep ? {
  get: (name) => use("readonly", (kept) => kept.get(name)),
  set: (name, value) => use("readwrite", (kept) => kept.put(value, name)),
  drop: (name) => use("readwrite", (kept) => kept.delete(name)),
  names: (beginning) => use("readonly", (kept) => kept.getAllKeys(range(beginning))),
  setAll: (pairs) => use("readwrite", (kept) => { for (const [name, value] of pairs) kept.put(value, name); }),
} : undefined;

// The newest contents seen with this key, in this tab and on this phone. Another key begins anew.
const SEEN = "seen-of";
export const note = async ({ recipient }, version) => {
  if (globalThis.hasLeft) return;
  sessionStorage.setItem(SEEN, JSON.stringify({ recipient, version }));
  await store?.set("seen", { recipient, version });
};
export const newest = async ({ recipient }) => {
  const all = [JSON.parse(sessionStorage.getItem(SEEN) ?? "null"), await store?.get("seen")];
  return Math.max(0, ...all.filter((one) => one?.recipient === recipient).map(({ version }) => version));
};
// Where the network went back to a backup, its owner may go on with what there is.
export const forgetNewest = async () => {
  sessionStorage.removeItem(SEEN);
  await store?.drop("seen");
};
