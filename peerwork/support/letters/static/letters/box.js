// My box: what others gave me, opened and checked on this device. What became of any of it is told to nobody.
import { toBytes } from "../vault/seal.js";
import { asked, zone } from "../vault/zone.js";
import { found, isSame } from "./book.js";
import { isFrom, read } from "./parcels.js";

const BATCH = 40;

// known: signed by the key in my book. stranger: signed by a key the server names too, and not in my book. changed: by a
// new key of somebody I know. forged: by none of these. blocked: put away unread. ignored: my own, from a key before.
export const judge = async (vault, parcel, book, find = found) => {
  if (!parcel) return "forged";
  const mine = parcel.from === vault.me.person, known = mine ? vault.me : book.get(parcel.from);
  if (known?.blocked) return "blocked";
  if (await isFrom(vault, parcel, (known ?? parcel.card).signer)) {
    if (known) return "known";
    const now = await find(parcel.from);
    return !now ? "ignored" : isSame(parcel.card, now) ? "stranger" : "forged";
  }
  if (mine) return "ignored";
  const now = known && await find(parcel.from);
  return now && !isSame(now, known) && await isFrom(vault, parcel, now.signer) ? "changed" : "forged";
};

export const boxOf = (vault) => {
  const seen = new Map();   // id → { id, parcel, state }

  const bring = async (ids) => {
    const { parcels } = await asked(`box/?only=${ids}`);
    for (const { id, parcel } of parcels) {
      const text = await vault.openBytes(toBytes(parcel)).catch(() => null);
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
    return [...seen.values()].map(({ id, parcel, state }) => ({ id, state, ...parcel }));
  };

  // After the book changed, everything is judged anew.
  const judgeAnew = () => { for (const one of seen.values()) delete one.state; };

  return { look, putAway, judgeAnew };
};
