// One talk between two: what is said goes out sealed, and what comes in is opened, in order, once. It is kept nowhere.
import { because, drawn, tell } from "./box.js";
import { keysOf, open, pieces, sealer } from "./sealing.js";

const MISSING = { kind: "missing" };
const joined = (parts) => new Uint8Array(parts.flatMap((part) => [...part]));

// What the other side said, piece by piece, each of their pages by itself: a piece that was there before is let go. Where one is
// taken out, nothing is made of the rest, and once it is said that something is missing. No `parts`: that was said.
const reading = () => {
  const pages = new Map();
  return ({ from, number, isFirst, isLast, said }) => {
    const { newest, parts } = pages.get(from) ?? { newest: 0, parts: [] };
    if (number <= newest) return undefined;
    const follows = parts?.length && number === newest + 1, all = isFirst ? [said] : follows ? [...parts, said] : undefined;
    pages.set(from, { newest: number, parts: isLast ? [] : all });
    if (!all) return parts && MISSING;
    if (!isLast) return undefined;
    try { return JSON.parse(new TextDecoder().decode(joined(all))); } catch { return undefined; }
  };
};

// `call`: { box, secret, side, own, key, theirs }. Whoever listens is told each thing the other says, once. Once it is over, nothing is.
export const talkOf = async (call) => {
  const keys = await keysOf(call), seal = sealer(keys.mine), read = reading(), listeners = new Map();
  let turn = Promise.resolve(), isOver = false;

  const sendAll = async (content) => {
    for (const piece of pieces(content)) {
      if (isOver || globalThis.hasLeft) throw because("gone");
      await tell(call, "say", { sealed: await seal(piece), once: drawn(16) });
    }
  };
  const heard = async ({ sealed }) => {
    const piece = await open(keys.theirs, sealed).catch(() => undefined), content = piece && read(piece);
    if (!isOver) for (const work of listeners.get(content?.kind) ?? []) work(content);
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
    hear: async (messages) => { for (const one of messages) await heard(one); },
    end: () => { isOver = true; },
    isOver: () => isOver,
  };
};
