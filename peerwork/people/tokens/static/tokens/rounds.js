// The rounds of this person: the keys are looked at, what is not drawn yet is drawn, and what is long over is let go.
import { sendAgain } from "./again.js";
import { anotherKey, fingerprintOf } from "./keys.js";
import { openRounds } from "./nameless.js";
import { fillAll } from "./pocket.js";
import { DOC, isLongOver } from "./tokens.js";

// The key of a round never changes. Were this person shown one of their own, their answers could be told from others'.
const lookAt = async (round, kept) => {
  const real = await fingerprintOf(round);
  if (real !== round.fingerprint || (kept && real !== kept.body.fingerprint)) throw anotherKey();
};

const letGo = async (vault, kept) => {
  for (const [round, { body }] of kept) if (isLongOver(body.closes)) await vault.remove(DOC, round);
};

export const drawAll = async (vault, mine) => {
  const kept = await vault.readAll(DOC), unread = new Set(kept.troubles.map(({ section }) => section));
  const open = await openRounds();
  for (const [id, round] of open) await lookAt(round, kept.get(id));
  for (const id of mine) {
    const wanted = open.has(id) && !unread.has(id) && !kept.get(id)?.body.tokens;
    if (wanted) await (await import("./making.js")).drawFor(vault, open.get(id), kept.get(id));
  }
  await fillAll(vault, [...open.keys()]);
  await letGo(vault, kept);
  await sendAgain(vault, [...new Set([...kept.keys(), ...mine])]);
};
