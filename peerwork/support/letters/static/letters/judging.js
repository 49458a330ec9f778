// What a parcel is worth: whose key signed it, and whether a page can show it.
import { found, isSame } from "./book.js";
import { isInTime } from "./counting.js";
import { isFrom } from "./parcels.js";

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

// odd: signed as it should be, and still nothing this page can show, or a letter that says it stays for longer than letters do.
const today = () => new Date().toLocaleDateString("sv");
export const shows = (parcel, state) => !["known", "stranger"].includes(state) || (parcel.said && (parcel.kind !== "letter" || isInTime(parcel.said, today())));
