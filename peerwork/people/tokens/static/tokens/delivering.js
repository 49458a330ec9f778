// A slip finds a token that is not spent, and goes. Where another device spent that one with something else, it takes the next.
import { board } from "./nameless.js";
import { sendOne } from "./slip.js";
import { markOf, tokensFor } from "./tokens.js";

export const today = () => new Date().toISOString().slice(0, 10);
// What is left of a slip once it needs no sending: that this token has spoken.
export const spoken = ({ round, closes, mark }) => ({ round, closes, mark });

const take = async (vault, slip, slips) => {
  const known = new Set(slips.map(({ mark }) => mark));
  for (const { msg, sig } of await tokensFor(vault, slip.round)) {
    const mark = await markOf(msg);
    if (!known.has(mark)) return Object.assign(slip, { msg, sig, mark, tried: false });
  }
  return undefined;
};

// Something else was said with its token. The token stays here as spent, and the slip needs another.
const letGo = (slip, slips) => {
  slips.push(spoken(slip));
  delete slip.mark;
};

// On the board stands this slip, if it was sent from here or may have been; otherwise what another device said.
export const isOnTheBoard = (slip, marks) => Boolean(slip.tried && marks.has(slip.mark));
export const lookWhoseItIs = (slip, marks, slips) => { if (!slip.tried && marks.has(slip.mark)) letGo(slip, slips); };

// What came of it: see slip.js, and "none-left". The list is kept before anything is sent.
export const deliver = async (vault, slip, slips, keep) => {
  for (;;) {
    if (!slip.mark && !await take(vault, slip, slips)) return "none-left";
    const { address, round, msg, sig, pieces, once, tried } = slip;
    slip.tried ||= navigator.onLine;
    await keep();
    const came = await sendOne(address, { round, msg, sig, once, pieces });
    if (came === "sent") slip.sent = today();
    if (came !== "spent") return came;
    if (tried && (await board(round)).has(slip.mark)) return "sent";
    letGo(slip, slips);
  }
};
