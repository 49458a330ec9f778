// A token for asking: from the vault where it is open, and otherwise one of two that one's own phone keeps outside it, so that
// nobody needs a phrase at four in the morning. Out there it does no harm. It bears no name and leads to nobody, it is worth
// nothing but asking once, as anybody can who rings the number, and with its month it is worth nothing at all.
import { pocketFor } from "../tokens/pocket.js";

const pocket = pocketFor("line.");

export const { isSpent } = pocket;
export const tokensNow = (round, vault) => vault ? pocket.unspent(round, vault) : pocket.inside(round);

// With an open vault the pocket is filled again: now, and from now on wherever it is opened.
export const fillPocket = async (round, vault) => {
  await pocket.wish();
  await pocket.fill(round, vault);
};
