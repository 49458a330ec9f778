// What was written without a connection: sealed on this phone, and sent when there is one. Nothing is overwritten unseen.
import { keeper } from "./keeper.js";
import { written } from "./seal.js";
import { store } from "./store.js";

export const waitingFor = (me, documents) => {
  const waiting = new Map();   // name → { doc, section, body, version, id, theirs? }; version is the one it was written on
  let lost = 0;   // what waits here for a key that was changed elsewhere
  const nameOf = ({ doc, section }) => `${doc}/${section}`;

  const remember = async () => {
    if (!store) return;
    const ids = await store.names("waiting/");
    const pages = await Promise.all(ids.map(async (id) => ({ page: await store.get(id), place: id })));
    (await keeper("read", { pages })).forEach(({ text }, at) => {
      const one = text && JSON.parse(text);
      if (!text) lost += 1;
      if (one && one.from === me.person) waiting.set(nameOf(one), { ...one, id: ids[at] });
    });
  };

  const drop = async (name) => {
    const one = waiting.get(name);
    if (one) await store.drop(one.id);
    waiting.delete(name);
  };

  const wait = async (doc, section, body, version = 0, more) => {
    const one = { v: 1, doc, section, version, from: me.person, body, ...more }, name = nameOf(one);
    const id = waiting.get(name)?.id ?? `waiting/${crypto.randomUUID()}`;
    await store.set(id, await keeper("write", { text: written(one), place: id }));
    waiting.set(name, { ...one, id });
    return version;
  };

  // What was changed elsewhere since is not removed: it is newer than the wish to be rid of it.
  const removeIfSame = async ({ doc, section, version }) => {
    const now = await documents.read(doc, section);
    if (now?.version === version) await documents.remove(doc, section);
  };

  // One after the other. What met another change stays here, beside it, until its owner has looked at both.
  const send = async () => {
    for (const [name, one] of [...waiting]) {
      try {
        await (one.gone ? removeIfSame(one) : documents.write(one.doc, one.section, one.body, one.version));
        await drop(name);
      } catch (error) {
        if (error.why === "offline") return;
        if (error.why === "changed") waiting.set(name, { ...one, theirs: error.theirs ?? { body: undefined, version: 0 } });
      }
    }
  };

  // As a room sees a section: with a clash, the other one and, in `mine`, what waits here.
  const over = (doc, section, there) => {
    const one = waiting.get(`${doc}/${section}`);
    if (!one) return there;
    if (one.gone) return undefined;
    return one.theirs ? { ...(there ?? one.theirs), mine: one.body } : { body: one.body, version: one.version, waits: true };
  };

  return { waiting, lost: () => lost, remember, drop, wait, send, over };
};
