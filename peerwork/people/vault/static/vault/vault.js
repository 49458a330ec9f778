// The open vault, as rooms know it. What each call gives is in docs/decisions/0015-a-shelf-for-everyone.md.
import { documentsOn } from "./documents.js";
import { keeper } from "./keeper.js";
import { padded } from "./seal.js";
import { shelfOf } from "./shelf.js";
import { store } from "./store.js";
import { waitingFor } from "./waiting.js";

const asks = (all) => Object.fromEntries(Object.entries(all).map(([what, names]) =>
  [what, (...said) => keeper(what, Object.fromEntries(names.map((name, at) => [name, said[at]])))]));

export const vaultOf = async (me, changed) => {
  const shelf = shelfOf(me), documents = documentsOn(shelf, me), queue = waitingFor(me, documents);
  let turn = Promise.resolve();
  const inTurn = (work) => { const done = turn.then(work); turn = done.catch(() => {}); return done.finally(changed); };

  // What cannot be done without a connection waits, on a phone that keeps things.
  const orWait = async (name, work, wait) => {
    try {
      const done = await work();
      await queue.drop(name);
      return done;
    } catch (error) {
      if (error.why !== "offline" || !store) throw error;
      return wait();
    }
  };
  const write = (doc, section, body, version) => inTurn(() => orWait(
    `${doc}/${section}`, () => documents.write(doc, section, body, version), () => queue.wait(doc, section, body, version)));
  const remove = (doc, section) => inTurn(async () => {
    const name = `${doc}/${section}`, was = queue.waiting.get(name) ?? await documents.read(doc, section).catch(() => {});
    return orWait(name, () => documents.remove(doc, section), () => queue.wait(doc, section, undefined, was?.version, { gone: true }));
  });

  const read = async (doc, section) => queue.over(doc, section, await documents.read(doc, section));
  const readAll = async (doc) => {
    const found = await documents.readAll(doc);
    for (const { section, gone } of [...queue.waiting.values()].filter((one) => one.doc === doc)) {
      if (gone) found.delete(section);
      else found.set(section, queue.over(doc, section, found.get(section)));
    }
    return found;
  };

  // A section is read, changed and written; where another device wrote meanwhile, it is changed again from there.
  const change = async (doc, section, how) => {
    for (let now = await read(doc, section), tries = 0; ; tries += 1) {
      try { return await write(doc, section, how(now?.body), now?.version); } catch (error) {
        if (error.why !== "changed" || tries > 4) throw error;
        now = error.theirs;
      }
    }
  };

  await queue.remember();
  return {
    me, read, readAll, write, change, remove,
    list: documents.list,
    // Looked at anew first: what was fetched without a connection is what this phone kept.
    send: () => inTurn(() => { shelf.forget(); return queue.send(); }),
    waiting: () => [...queue.waiting.values()],
    lost: queue.lost,
    refresh: shelf.forget,
    get offline() { return shelf.isOffline(); },
    sealTo: (to, text, size) => keeper("seal", { text: padded(text, size), to }),
    openAll: (pages) => keeper("open", { pages }),
    openBytes: async (bytes) => (await keeper("open", { pages: [bytes] }))[0],
    ...asks({ raw: ["page"], pack: ["text", "phrase"], unpack: ["packed", "phrase"], sign: ["text"], verify: ["text", "sig", "signer"] }),
  };
};
