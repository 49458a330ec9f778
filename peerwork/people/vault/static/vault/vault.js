// The open vault, as rooms know it. What each call gives is in docs/decisions/0015-a-shelf-for-everyone.md.
import { documentsOn } from "./documents.js";
import { keeper } from "./keeper.js";
import { padded } from "./seal.js";
import { shelfOf } from "./shelf.js";
import { store } from "./store.js";
import { waitingFor } from "./waiting.js";

export const vaultOf = async (me, changed) => {
  const shelf = shelfOf(me), documents = documentsOn(shelf, me), queue = waitingFor(me, documents);
  let turn = Promise.resolve();
  const inTurn = (work) => { const done = turn.then(work); turn = done.catch(() => {}); return done.finally(changed); };

  const write = (doc, section, body, version) => inTurn(async () => {
    try {
      const next = await documents.write(doc, section, body, version);
      await queue.drop(`${doc}/${section}`);
      return next;
    } catch (error) {
      if (error.why !== "offline" || !store) throw error;
      return queue.wait(doc, section, body, version);
    }
  });

  const read = async (doc, section) => queue.over(doc, section, await documents.read(doc, section));
  const readAll = async (doc) => {
    const found = await documents.readAll(doc);
    for (const one of queue.waiting.values()) if (one.doc === doc) found.set(one.section, queue.over(doc, one.section, found.get(one.section)));
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
    me, read, readAll, write, change,
    remove: (doc, section) => inTurn(() => documents.remove(doc, section)),
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
    pack: (text, phrase) => keeper("pack", { text, phrase }),
    unpack: (packed, phrase) => keeper("unpack", { packed, phrase }),
    sign: (text) => keeper("sign", { text }),
    verify: (text, sig, signer) => keeper("verify", { text, sig, signer }),
  };
};
