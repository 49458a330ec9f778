// My box: what others gave me, opened and checked on this device. What became of any of it is told to nobody.
import { toBytes } from "../vault/seal.js";
import { asked, zone } from "../vault/zone.js";
import { judge, shows } from "./judging.js";
import { read } from "./parcels.js";

const BATCH = 40;

export const boxOf = (vault) => {
  const seen = new Map();   // id → { id, parcel, state }

  const opened = async (parcel) => { try { return await vault.openBytes(toBytes(parcel)); } catch { return null; } };

  const bring = async (ids) => {
    const { parcels } = await asked(`box/?only=${ids}`);
    for (const { id, parcel } of parcels) {
      const text = await opened(parcel);
      seen.set(id, { id, parcel: read(text) });
    }
  };

  const putAway = async (ids) => {
    for (const id of ids) {
      await zone(`box/${id}/`, { method: "DELETE" });
      seen.delete(id);
    }
  };

  // The same question each time, whether something came or not.
  const look = async (book) => {
    const { ids } = await asked("box/"), there = new Set(ids), fresh = ids.filter((id) => !seen.has(id));
    for (const id of seen.keys()) if (!there.has(id)) seen.delete(id);
    for (let at = 0; at < fresh.length; at += BATCH) await bring(fresh.slice(at, at + BATCH));
    for (const one of seen.values()) one.state ??= await judge(vault, one.parcel, book);
    await putAway([...seen.values()].filter(({ state }) => state === "blocked").map(({ id }) => id));
    return [...seen.values()].map(({ id, parcel, state }) => ({ ...parcel, id, state: shows(parcel, state) ? state : "odd" }));
  };

  // After the book changed, everything is judged anew.
  const judgeAnew = () => { for (const one of seen.values()) delete one.state; };

  return { look, putAway, judgeAnew };
};
