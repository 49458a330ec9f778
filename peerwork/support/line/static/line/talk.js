// One talk between two: what is said goes out sealed, and what comes in is opened, in order, once. It is kept nowhere.
import { drawn, tell } from "./box.js";
import { kept } from "./kept.js";
import { keysOf, open, pieces, seal, unpieced } from "./sealing.js";

const joined = (parts) => new Uint8Array(parts.flatMap((part) => [...part]));

// What one side said, piece by piece: a piece that was there before, or is of another talk, is let go.
const reading = () => {
  let newest = 0, parts = [];
  return ({ number, isFirst, isLast, said }) => {
    if (number <= newest) return undefined;
    newest = number;
    parts = isFirst ? [said] : [...parts, said];
    if (!isLast) return undefined;
    try { return { number, ...JSON.parse(new TextDecoder().decode(joined(parts))) }; } catch { return undefined; }
  };
};

// `call`: { box, secret, side, own, key, theirs }. Whoever listens is told each thing once: (content, whether it is mine).
export const talkOf = async (call) => {
  const keys = await keysOf(call), read = { mine: reading(), theirs: reading() }, listeners = new Map();
  let turn = Promise.resolve();

  const opened = async (sealed) => {
    for (const whose of ["theirs", "mine"]) {
      const piece = await open(keys[whose], sealed).catch(() => undefined);
      if (piece) return { content: read[whose](piece), mine: whose === "mine" };
    }
    return {};
  };
  const told = ({ content, mine }) => { for (const work of listeners.get(content?.kind) ?? []) work(content, mine); };

  // What arrived counts as said at once, and the same piece is let go when it comes back.
  const sendAll = async (content) => {
    for (const piece of pieces(content)) {
      const number = kept.next(), sealed = await seal(keys.mine, number, piece);
      await tell(call, "say", { sealed, once: drawn(16) });
      told({ content: read.mine({ number, ...unpieced(piece) }), mine: true });
    }
  };

  return {
    common: keys.common,
    side: call.side,
    theirs: call.theirs,
    on: (kind, work) => listeners.set(kind, [...listeners.get(kind) ?? [], work]),
    // One after the other, so that nothing overtakes. What could not be sent is told to whoever said it.
    send: (content) => {
      const done = turn.then(() => sendAll(content));
      turn = done.catch(() => {});
      return done;
    },
    hear: async (messages) => { for (const { sealed } of messages) told(await opened(sealed)); },
  };
};
