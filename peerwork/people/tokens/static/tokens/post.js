// Something is said without a name. Rooms call `post`; what came of it is one of five words, and the room has a sentence for each.
import { deliver } from "./delivering.js";
import { draw } from "./drawing.js";
import { stays, withSlips } from "./kept.js";
import { board } from "./nameless.js";
import { DOC, markOf, tokensFor } from "./tokens.js";

export { postPaper } from "./paper.js";

const SAID = { refused: "failed", later: stays ? "waits" : "failed" };

// Whoever opened the vault a moment ago may not have drawn yet.
const drawn = async (vault, round) => {
  if (!(await tokensFor(vault, round)).length) await draw(vault).catch(() => {});
  return tokensFor(vault, round);
};

// Drawn by lot for each slip. What seemed to fail and is pressed again has the same, so it is not counted twice; the same thing
// said again, another day, has its own.
const onces = new Map(), nameOf = (round, pieces) => JSON.stringify([round, pieces]);
const onceFor = (round, pieces) => onces.get(nameOf(round, pieces)) ?? onces.set(nameOf(round, pieces), crypto.randomUUID()).get(nameOf(round, pieces));

// "sent" | "waits": on one's own phone, until there is a connection | "none-left" | "closed" | "failed": nothing was kept
export const post = async (vault, { address, round, pieces }) => {
  await drawn(vault, round);
  const closes = (await vault.read(DOC, round))?.body.closes, slip = { address, round, closes, pieces, once: onceFor(round, pieces) };
  return withSlips(vault, async (slips, keep) => {
    slips.push(slip);
    const came = await deliver(vault, slip, slips, keep), said = SAID[came] ?? came;
    if (["sent", "waits"].includes(said)) onces.delete(nameOf(round, pieces));
    else slips.splice(slips.indexOf(slip), 1);
    await keep();
    return said;
  });
};

const spentHere = (vault, round) => withSlips(vault, async (slips) =>
  new Set(slips.filter((slip) => slip.round === round).map(({ mark }) => mark)));

// { of, counted, waits, left }: how many tokens there are, are on the board, are on their way from here, and can still speak.
// Without a connection `counted` is undefined, and `left` is what this device knows.
export const counted = async (vault, round) => {
  const marks = await Promise.all((await drawn(vault, round)).map(({ msg }) => markOf(msg)));
  const up = await board(round).catch(() => undefined), here = await spentHere(vault, round);
  const isUp = (mark) => Boolean(up?.has(mark)), isSpent = (mark) => isUp(mark) || here.has(mark);
  return {
    of: marks.length, counted: up && marks.filter(isUp).length,
    waits: marks.filter((mark) => here.has(mark) && !isUp(mark)).length, left: marks.filter((mark) => !isSpent(mark)).length,
  };
};

export const left = async (vault, round) => (await counted(vault, round)).left;
