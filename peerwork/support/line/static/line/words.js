// Four words that are the same on both screens, if nobody stands between. Were they made of the two keys alone, a server in
// between could try keys until both screens show the same four. So each side draws, and the one who answers says only the sum
// of its draw until it has seen the other's. Each sum is answered once and opened once, an older one never: that leaves one try
// for each time it begins, and it begins only so often.
import { ascii, sumOf, toUrl } from "../tokens/bytes.js";
import { because, insist } from "./box.js";

const MANY = 4, TIMES = 20, draw = () => toUrl(crypto.getRandomValues(new Uint8Array(32))), isDraw = (said) => /^[\w-]{43}$/.test(said);
const list = async () => {
  const text = await fetch(document.querySelector("script[data-words]").dataset.words).then((found) => found.ok && found.text()).catch(() => {});
  if (!text) throw because("offline");
  return text.trim().split("\n");
};

export const wordsFrom = (digits, from) =>
  Array.from({ length: MANY }, (_, at) => from[parseInt(digits.slice(12 * at, 12 * at + 12), 16) % from.length]).join(" ");

// `show` is given the words, or nothing where what was drawn is not what was announced. Whoever answers begins; a page that was
// made anew and has no words (`asksAgain`) asks for it.
export const compareWords = (talk, show, asksAgain) => {
  // `now`: the sum, what was drawn here, and, once they said it, there.
  let now, times = TIMES;
  const isNow = (one) => one === now && !talk.isOver();
  const say = (step, more, one = now) => insist(() => talk.send({ kind: "check", step, ...more }), () => isNow(one)).catch(() => {});
  const begins = (one) => { [now, times] = [one, times - 1]; };

  const compared = async (one, ...draws) => {
    const from = await insist(list, () => isNow(one)).catch(() => {}), digits = await sumOf(ascii([toUrl(talk.common), ...draws].join(" ")));
    if (from && isNow(one)) show(wordsFrom(digits, from));
  };
  const begin = async () => {
    const mine = draw(), sum = await sumOf(ascii(mine));
    if (!times) return;
    begins({ sum, mine });
    say("sum", { sum });
  };
  const hears = {
    answers: {
      again: begin,
      draw: ({ draw: theirs, to }) => {
        if (!now || now.theirs || to !== now.sum || !isDraw(theirs)) return;
        now.theirs = theirs;
        say("open", { draw: now.mine, to: theirs });
        compared(now, theirs, now.mine);
      },
    },
    asks: {
      sum: ({ sum }) => {
        if (!times || sum === now?.sum) return;   // said twice, where the answer got lost
        begins({ sum, mine: draw() });
        say("draw", { draw: now.mine, to: sum });
      },
      open: async ({ draw: theirs, to }) => {
        const one = now;
        if (!one || one.theirs || to !== one.mine || !isDraw(theirs)) return;
        one.theirs = theirs;
        if (one.sum === await sumOf(ascii(theirs))) compared(one, one.mine, theirs);
        else if (isNow(one)) show();
      },
    },
  }[talk.side];
  talk.on("check", (said) => { if (Object.hasOwn(hears, said.step)) hears[said.step](said); });
  if (talk.side === "answers") return begin();
  return asksAgain ? say("again") : undefined;
};
