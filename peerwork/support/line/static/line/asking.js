// Asking: a box by lot, a key of one's own, a token that bears no name, and what somebody wishes. The wishes stay in this page
// until now, and are nowhere afterwards but in the server's memory, for as long as the call lasts.
import { ask, because, drawn } from "./box.js";
import { kept } from "./kept.js";
import { newPair } from "./sealing.js";
import { fillPocket, isSpent, tokensNow } from "./tokens.js";

const spend = async (call, round, token, wishes) => {
  const { msg, sig } = token, { box, secret, key } = call;
  const answer = await ask({ box, secret, key, token: { round, msg, sig }, ...wishes });
  await isSpent(round, token);
  return answer;
};

// { call, answer }. Throws "nokey" where the vault is to be opened first, and "none" where this month's tokens are spent.
export const askFor = async ({ round, wishes, vault }) => {
  if (!round) throw because("closed");
  for (const token of await tokensNow(round, vault)) {
    // Another box for each try: one that came with a token of an earlier call would tell that both are of the same person.
    const call = { box: drawn(16), secret: drawn(32), side: "asks", way: wishes.way, ...await newPair() };
    try {
      const answer = await spend(call, round, token, wishes);
      kept.set(call);
      if (vault) await fillPocket(round, vault).catch(() => {});
      return { call, answer };
    } catch (error) {
      if (error.why !== "spent") throw error;
      await isSpent(round, token);   // by another device of mine
    }
  }
  throw because(vault ? "none" : "nokey");
};
