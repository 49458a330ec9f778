// Asking: a box by lot, a key of one's own, a token that bears no name, and what somebody wishes. The wishes stay in this page
// until now, and are nowhere afterwards but in the server's memory, for as long as the call lasts.
import { ask, because, drawn, leaveBehind, look, tell } from "./box.js";
import { kept } from "./kept.js";
import { newPair } from "./sealing.js";
import { fillPocket, isSpent, tokensNow } from "./tokens.js";

const NOT_KNOWN = ["offline", "later"];
let chosen;

// Kept before it goes out: where no answer comes, it may ring all the same.
const spend = async (call, round, token, wishes, vault) => {
  const { msg, sig } = token, { box, secret, key } = call;
  kept.set({ ...call, token });
  const answer = await ask({ box, secret, key, token: { round, msg, sig }, ...wishes }).catch((error) => {
    if (!NOT_KNOWN.includes(error.why)) kept.forget();
    throw error;
  });
  kept.set(call);
  chosen = undefined;
  await isSpent(round, token, vault);
  return { call, answer };
};

addEventListener("leaving", () => { if (kept.get()?.token) leaveBehind(kept.get()); });

// An ask that got no answer is looked at before another goes out, so that none rings with nobody in it. It goes on where the choice
// is still the same, and is taken back where it is not.
const before = async (round, isSame, vault) => {
  const { token, ...call } = kept.get() ?? {};
  if (!token) return undefined;
  try {
    const answer = await (isSame ? look(call, 0) : tell(call, "leave"));
    await isSpent(round, token, vault);
    kept.set(call);
    chosen = undefined;
    if (isSame) return { call, answer };
  } catch (error) { if (error.why !== "gone") throw error; }   // it never got there
  kept.forget();
  return undefined;
};

// { call, answer }. Throws "nokey" where the vault is to be opened first, and "none" where this month's tokens are spent.
export const askFor = async ({ round, choice, wishes, vault }) => {
  if (!round) throw because("closed");
  const isSame = chosen === choice, had = await before(round, isSame, vault);
  if (had) return had;
  chosen = choice;
  for (const token of await tokensNow(round, vault)) {
    // Another box for each try: one that came with a token of an earlier call would tell that both are of the same person.
    const call = { box: drawn(16), secret: drawn(32), side: "asks", way: wishes.way, ...await newPair() };
    try {
      const asked = await spend(call, round, token, wishes, vault);
      if (vault) await fillPocket(round, vault).catch(() => {});
      return asked;
    } catch (error) {
      if (error.why !== "spent") throw error;
      await isSpent(round, token, vault);   // by another device of mine
    }
  }
  throw because(vault ? "none" : "nokey");
};
