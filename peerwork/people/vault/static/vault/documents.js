// What a room reads and writes: documents made of sections. Each section is one sealed page.
import { because } from "./working.js";

const BATCH = 40;
const changed = (theirs) => Object.assign(because("changed"), { theirs });
// What was removed leaves an empty page of a newer version, so that the old one cannot be played back.
const there = (page) => page && !page.gone ? { body: page.body, version: page.version } : undefined;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export const documentsOn = (shelf, me) => {
  const bring = async (places) => {
    const wanted = places.filter((place) => !shelf.known.has(place));
    for (let at = 0; at < wanted.length; at += BATCH) await shelf.fetch(wanted.slice(at, at + BATCH));
  };

  const read = async (doc, section) => {
    const [place, least] = (await shelf.contents())[`${doc}/${section}`] ?? [];
    if (place === undefined) return undefined;
    await bring([place]);
    return there(shelf.look(place, { doc, section }, least));
  };

  // A section that cannot be read does not hide the others. It is named in `troubles`.
  const readAll = async (doc) => {
    const entries = Object.entries(await shelf.contents()).filter(([name]) => name.startsWith(`${doc}/`));
    await bring(entries.map(([, [place]]) => place));
    const found = Object.assign(new Map(), { troubles: [] });
    for (const [name, [place, least]] of entries) {
      const section = name.slice(doc.length + 1);
      try {
        const now = there(shelf.look(place, { doc, section }, least));
        if (now) found.set(section, now);
      } catch (error) { found.troubles.push({ section, why: error.why }); }
    }
    return found;
  };

  const write = async (doc, section, body, version = 0) => {
    const name = `${doc}/${section}`, [place, least] = await shelf.placeOf(name);
    await bring([place]);
    if (shelf.isOffline()) throw because("offline");
    const page = shelf.look(place, { doc, section }, least), now = there(page);
    if (now && same(now.body, body)) return now.version;   // it arrived before, and the answer was lost
    if ((now?.version ?? 0) !== version) throw changed(now);
    const next = shelf.after(page?.version ?? 0);
    try { await shelf.put(place, { v: 1, doc, section, version: next, from: me.person, body }); } catch (error) {
      if (error.why !== "changed") throw error;
      shelf.forget();
      throw changed(await read(doc, section));
    }
    await shelf.raise(name, place, next);
    return next;
  };

  // First the page, then the contents: whatever stops in between, what was removed is gone.
  const remove = async (doc, section) => {
    const name = `${doc}/${section}`, [place, least] = (await shelf.contents())[name] ?? [];
    if (place === undefined) return;
    await bring([place]);
    if (shelf.isOffline()) throw because("offline");
    const page = shelf.known.get(place)?.page, version = shelf.after(Math.max(least, page?.version ?? 0));
    if (!page?.gone) await shelf.put(place, { v: 1, doc, section, gone: true, version, from: me.person });
    await shelf.strike(name);
  };

  // Every section there is, as [doc, section].
  const list = async () => Object.keys(await shelf.contents()).map((name) => name.split(/\/(.*)/s).slice(0, 2));

  return { read, readAll, write, remove, list };
};
