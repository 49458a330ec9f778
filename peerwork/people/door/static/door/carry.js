// Everything sealed to one key, sealed again to another. It waits on the server until all of it is there (vault/resealing.py).
import { sumOf, toBytes } from "../vault/seal.js";
import { trusted } from "../vault/trusted.js";
import { because } from "../vault/working.js";
import { asked, zone } from "../vault/zone.js";

const BATCH = 20;
// How the pages of each kind are fetched. A whole log is short.
const FETCH = {
  shelf: async (places) => (await asked(`shelf/?only=${places}`)).pages.map(({ place, page }) => [`${place}`, page]),
  hours: async () => (await asked("hours/")).pages.map(({ day, page }) => [day, page]),
  box: async (ids) => (await asked(`box/?only=${ids}`)).parcels.map(({ id, parcel }) => [id, parcel]),
};
const name = ({ what, where }) => `${what} ${where}`;
const here = new BroadcastChannel("touched");   // while this works, somebody is there (leave.js)

const batches = function* (wanted) {
  for (const what of Object.keys(FETCH)) {
    const places = wanted.filter((one) => one.what === what).map(({ where }) => where), size = what === "hours" ? places.length : BATCH;
    for (let at = 0; at < places.length; at += size) yield [what, places.slice(at, at + size)];
  }
};

export const carrier = (from, to, told) => {
  const worker = new Worker(trusted.createScriptURL(document.querySelector("script[data-carry]").dataset.worker), { type: "module" });
  const lines = new Map(), closed = new Set();
  let began = false;

  const work = (said) => new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data.failed ? failed(because("failed")) : done(data));
    worker.postMessage(said, [port2]);
  });

  const one = async (what, where, page) => {
    const { sealed, closed: stays, before, after } = await work({ page: toBytes(page), from, to, what, where });
    await zone(`reseal/${what}/${where}/`, { method: "PUT", body: sealed });
    lines.set(name({ what, where }), `${what} ${where} ${before} ${after}`);
    if (stays) closed.add(name({ what, where }));
    told(lines.size);
    here.postMessage(1);
  };

  // Goes on where it stopped. Returns a fingerprint of what was opened and of what was sealed.
  const all = async () => {
    if (!began) await zone("reseal/", { method: "DELETE" });
    began = true;
    const { all: there, left } = await asked("reseal/"), waits = new Set(left.map(name));
    told(lines.size, there.length);
    const wanted = there.filter((page) => waits.has(name(page)) || !lines.has(name(page)));
    for (const [what, places] of batches(wanted)) {
      const pages = (await FETCH[what](places)).filter(([where]) => places.includes(where));
      await Promise.all(pages.map(([where, page]) => one(what, where, page)));
    }
    const text = there.map((page) => lines.get(name(page))).sort().join("\n");
    return sumOf(text);
  };

  return { all, closed, again: () => { began = false; lines.clear(); closed.clear(); } };
};
