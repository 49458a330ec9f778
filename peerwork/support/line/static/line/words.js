// Four words that are the same on both screens, if nobody stands between. Were they made of the two keys alone, a server in
// between could try keys until both screens show the same four. So each side draws, and the one who answers says only the sum
// of its draw until it has seen the other's: that leaves one try, and no more.
import { sumOf, toUrl } from "../tokens/bytes.js";

const MANY = 4, draw = () => toUrl(crypto.getRandomValues(new Uint8Array(32)));
const ascii = (text) => new TextEncoder().encode(text);
// Who says what. Whoever stands between could say a word of the other's, and it is not heard.
const BY = { again: "asks", sum: "answers", draw: "asks", open: "answers" };

const list = async () => (await (await fetch(document.querySelector("script[data-words]").dataset.words)).text()).trim().split("\n");

export const wordsFrom = (digits, from) =>
  Array.from({ length: MANY }, (_, at) => from[parseInt(digits.slice(12 * at, 12 * at + 12), 16) % from.length]).join(" ");

// `show` is given the words, or nothing where what was drawn is not what was announced. Whoever answers begins; a page that was
// made anew and has no words asks for it. A draw names the sum it answers: what belongs to one before is let go.
export const compareWords = (talk, show, isAnew) => {
  const other = talk.side === "asks" ? "answers" : "asks";
  let was = {}, mine;
  const say = (step, more) => talk.send({ kind: "check", step, ...more }).catch(() => {});

  const compared = async () => {
    const fits = was.sum.sum === await sumOf(ascii(was.open.draw));
    show(fits ? wordsFrom(await sumOf(ascii(`${toUrl(talk.common)} ${was.draw.draw} ${was.open.draw}`)), await list()) : undefined);
  };
  const begin = async () => {
    mine = draw();
    await say("sum", { sum: await sumOf(ascii(mine)) });
  };
  const next = {
    again: (_, isMine) => isMine || begin(),
    sum: ({ sum }, isMine) => isMine || say("draw", { draw: draw(), to: sum }),
    draw: (_, isMine) => isMine || say("open", { draw: mine }),
    open: () => compared(),
  };
  const fits = { again: () => true, sum: () => true, draw: ({ to }) => was.sum?.sum === to, open: () => was.draw };
  talk.on("check", (said, isMine) => {
    if (BY[said.step] !== (isMine ? talk.side : other) || !fits[said.step](said)) return;
    if (said.step === "sum") was = {};
    if (was[said.step]) return;
    if (said.step !== "again") was[said.step] = said;
    next[said.step](said, isMine);
  });
  if (talk.side === "answers") return begin();
  return isAnew ? say("again") : undefined;
};
