// What was said and is not on the board yet is sent again, once a day: the server keeps it in memory, and memory can be lost.
import { deliver, isOnTheBoard, lookWhoseItIs, spoken, today } from "./delivering.js";
import { stays, withSlips } from "./kept.js";
import { board } from "./nameless.js";
import { isLongOver } from "./tokens.js";

const DONE = new Set(["closed", "refused", "none-left"]);

// Of all the rounds of this device, whether it has spoken there or not: what is asked for does not tell. A board that does not
// come is in no other's way.
const boards = async (rounds) =>
  new Map(await Promise.all(rounds.map(async (round) => [round, await board(round).catch(() => undefined)])));

const lookAt = async (vault, slip, slips, marks, keep) => {
  const put = (...instead) => slips.splice(slips.indexOf(slip), 1, ...instead);
  if (isLongOver(slip.closes)) return put();
  if (!slip.pieces || !marks) return undefined;
  if (isOnTheBoard(slip, marks)) return put(spoken(slip));
  lookWhoseItIs(slip, marks, slips);
  if (slip.sent === today() && slip.mark) return undefined;
  return DONE.has(await deliver(vault, slip, slips, keep)) ? put() : undefined;
};

// Written anew each time, whether or not anything changed: the piece on this phone is there for everybody.
export const sendAgain = async (vault, rounds) => {
  const marks = await boards(rounds);
  return stays && again(vault, marks);
};

const again = (vault, marks) => withSlips(vault, async (slips, keep) => {
  try {
    for (const slip of [...slips]) await lookAt(vault, slip, slips, marks.get(slip.round), keep);
  } finally { await keep(); }
});
