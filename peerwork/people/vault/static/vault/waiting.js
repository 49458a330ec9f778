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
    const texts = await keeper("open", { pages: await Promise.all(ids.map((id) => store.get(id))) });
    texts.forEach((text, at) => {
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

  const wait = async (doc, section, body, version = 0) => {
    const one = { v: 1, doc, section, version, from: me.person, body }, name = nameOf(one);
    const id = waiting.get(name)?.id ?? `waiting/${crypto.randomUUID()}`;
    await store.set(id, await keeper("seal", { text: written(one), to: me.recipient }));
    waiting.set(name, { ...one, id });
    return version;
  };

  // One after the other. What met another change stays here, beside it, until its owner has looked at both.
  const send = async () => {
    for (const [name, one] of [...waiting]) {
      try {
        await documents.write(one.doc, one.section, one.body, one.version);
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
    return one.theirs ? { ...(there ?? one.theirs), mine: one.body } : { body: one.body, version: one.version, waits: true };
  };

  return { waiting, lost: () => lost, remember, drop, wait, send, over };
};
