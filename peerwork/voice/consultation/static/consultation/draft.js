// What was typed and not sent yet: sealed to its owner, in this tab alone, until it is sent or the tab is closed.
// The browser may write a tab's storage to disk, so nothing goes in there that somebody else could read.
import { toBytes, toText } from "../vault/seal.js";

const SIZE = 16_384, SOON = 400;

export const draftOf = (vault, round) => {
  const name = `sheet/${round}`;
  let turn = Promise.resolve(), timer;

  const write = async (content) => {
    const sealed = await vault.sealTo(vault.me.recipient, JSON.stringify(content), SIZE);
    if (!globalThis.hasLeft) sessionStorage.setItem(name, toText(sealed));
  };
  const inTurn = (work) => { turn = turn.then(work).catch(() => {}); return turn; };

  let waiting;
  const now = () => {
    clearTimeout(timer);
    const content = waiting?.();
    waiting = undefined;
    return content ? inTurn(() => write(content)) : turn;
  };
  const keep = (read) => {
    waiting = read;
    clearTimeout(timer);
    timer = setTimeout(now, SOON);
  };
  const drop = () => {
    clearTimeout(timer);
    waiting = undefined;
    return inTurn(() => sessionStorage.removeItem(name));
  };
  // In its place, as long as it was: that it is sent. A shared phone knows it from here until the tab is closed.
  const close = async () => { await drop(); await inTurn(() => write({ sent: true })); };
  // What somebody else typed in this tab does not open, and goes.
  const read = async () => {
    const kept = sessionStorage.getItem(name);
    const text = kept && await vault.openBytes(toBytes(kept)).catch(() => null);
    if (kept && !text) sessionStorage.removeItem(name);
    return text ? JSON.parse(text) : undefined;
  };
  return { keep, now, drop, close, read };
};
