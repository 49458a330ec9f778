// A token for asking: from the vault where it is open, and otherwise one of two that one's own phone keeps outside it, so that
// nobody needs a phrase at four in the morning. Out there it does no harm. It bears no name and leads to nobody, it is worth
// nothing but asking once, as anybody can who rings the number, and with its month it is worth nothing at all. Whoever takes the
// phone apart sees that somebody asked on it once, and how many of the two are left.
import { pocketFor } from "../tokens/pocket.js";

const { inside, unspent, isSpent, fill } = pocketFor("line.");
export { fill as fillPocket, isSpent };

export const tokensNow = async (round, vault) => [...vault ? await unspent(round, vault) : [], ...await inside(round)];
