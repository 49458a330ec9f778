// What this phone keeps for when there is no connection: ciphertext, and nothing else. Only where its owner said it is theirs.
const here = document.querySelector("script[data-vault]").dataset;

// Opened for each use and closed again, so that leaving fast finds nothing in its way.
const use = (mode, work) => new Promise((done, failed) => {
  const opening = indexedDB.open("pages", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  opening.onerror = () => failed(opening.error);
  opening.onsuccess = () => {
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

// What the server says, kept for later. Without a connection, what was kept.
export const fresh = async (name, ask) => {
  try {
    const said = await ask();
    await store?.set(name, said).catch(() => {});
    return said;
  } catch (error) {
    const kept = error.why === "offline" && await store?.get(name);
    if (!kept) throw error;
    return kept;
  }
};
