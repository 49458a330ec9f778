// Sealed pages, each in its place: fetched, opened, looked at, and sealed again. What they mean is for shelf.js.
import { keeper } from "./keeper.js";
import { LARGEST, toBytes, toText, written } from "./seal.js";
import { store } from "./store.js";
import { because } from "./working.js";
import { MARKED } from "./written.js";
import { asked, zone } from "./zone.js";

export const sheetsOf = (me) => {
  const known = new Map();
  let many = 0, offline = false;

  const take = async ({ pages, many: all }) => {
    const opened = await keeper("read", { pages: pages.map(({ page, place }) => ({ page: toBytes(page), place })) });
    many = all;
    pages.forEach(({ place, mark }, at) => {
      const { text, why } = opened[at];
      known.set(place, { mark, why, page: text && JSON.parse(text) });
    });
  };
  const keep = ({ pages, many: all }) => store?.setAll([["many", all], ...pages.map((page) => [`place/${page.place}`, page])]);
  const kept = async (places) => {
    const had = await Promise.all(places.map((place) => store.get(`place/${place}`)));
    if (!had.every(Boolean)) throw because("offline");
    return { pages: had, many: await store.get("many") };
  };

  const fetch = async (places) => {
    try {
      const said = await asked(`shelf/?only=${places}`);
      offline = false;
      await Promise.all([take(said), keep(said)]);
    } catch (error) {
      if (error.why !== "offline" || !store) throw error;
      offline = true;
      await take(await kept(places));
    }
  };

  // What stands in a place, if it is what it should be. `least` is its newest version, as far as anybody here knows.
  const look = (place, { doc, section }, least) => {
    const { page, why } = known.get(place) ?? {};
    if (why) throw because(why);
    if (page && (page.v !== 1 || page.doc !== doc || page.section !== section || page.from !== me.person)) {
      if (least) throw because("swapped");
      return undefined;   // a place taken anew: what stands there was struck from the contents before
    }
    if ((page?.version ?? 0) < least) throw because("older");
    return page;
  };

  const put = async (place, content) => {
    const text = written(content), had = known.get(place);
    if (text.length + MARKED > LARGEST) throw because("toolong");
    const body = await keeper("write", { text, place });
    const headers = had ? { "If-Match": `"${had.mark}"` } : { "If-None-Match": "*" };
    const answer = await zone(`shelf/${place}/`, { method: "PUT", body, headers });
    const mark = answer.headers.get("ETag").replaceAll('"', "");
    known.set(place, { mark, page: content });
    await store?.set(`place/${place}`, { place, mark, page: toText(body) });
  };

  return { known, fetch, look, put, many: () => many, isOffline: () => offline };
};
