// A letter is written: sealed to each of those who get it, and to myself. The way to take it back is worked out anew, not kept.
import { check } from "./book.js";
import { draw, fingerprint, give, lettersIn, make, room, SMALL, takeBack } from "./parcels.js";
import { because } from "../vault/working.js";

// One secret of mine, and the letter's mark, make the word that takes it back from each box.
export const seedOf = async (vault) => {
  if (!await vault.read("letters", "seed")) await vault.change("letters", "seed", (had) => had ?? draw());
  return (await vault.read("letters", "seed")).body;
};
const secretOf = (seed, mark, to) => fingerprint(["peerwork/1 take back", seed, mark, to].join("\n"));

// The Monday at least a week from that day: when the server forgets what is given with week=1.
export const goneAfter = (day) => {
  const gone = new Date(`${day}T12:00Z`);
  gone.setUTCDate(gone.getUTCDate() + 7);
  while (gone.getUTCDay() !== 1) gone.setUTCDate(gone.getUTCDate() + 1);
  return gone.toISOString().slice(0, 10);
};
export const dayIn = (zone) => new Date().toLocaleDateString("sv", { timeZone: zone });

export const newLetter = (talk, words, more) => ({ talk, words, mark: draw(16), ...more });

const readers = async ({ book, me }, to) => {
  const all = to.filter((one) => one !== me.person).map((one) => book.get(one)).filter((one) => one && !one.blocked);
  const looked = await Promise.all(all.map((one) => check(one).then(() => ({ one }), (error) => ({ one, error }))));
  const down = looked.find(({ error }) => error && !error.words);
  if (down) throw down.error;
  return { fit: looked.filter(({ error }) => !error).map(({ one }) => one), left: looked.flatMap(({ error }) => error ?? []) };
};

// Out of every box it lies in, and out of mine last: as long as it may lie anywhere, it stands here to be taken back.
export const unsend = async ({ vault, me }, { said }) => {
  const seed = await seedOf(vault);
  for (const one of [...said.with.filter((other) => other !== me.person), me.person]) await takeBack(await secretOf(seed, said.mark, one));
};

// Sent to all who can have it, my own copy first: it is what takes the others back. Returns why somebody cannot.
// The same letter may be sent again: who has it keeps the one they have.
export const send = async (here, letter, to) => {
  const { vault, me, zone } = here, { fit, left } = await readers(here, to);
  if (!fit.length) throw left[0] ?? because("nobody");
  const gone = goneAfter(dayIn(zone)), withAll = letter.with ?? [me, ...fit].map(({ person }) => person);
  const said = { ...letter, with: withAll, said: new Date().toISOString().slice(0, 19) + "Z", gone };
  const over = -room(me, "letter", said, SMALL);
  if (over > 0) throw Object.assign(because("toolong"), { many: lettersIn(letter.words, over) });
  const seed = await seedOf(vault);
  const one = async (person) => give(await make(vault, me, person, "letter", said), person, await secretOf(seed, letter.mark, person.person), { week: true });
  const [mine] = await Promise.allSettled([one(me)]), given = mine.reason ? [mine] : await Promise.allSettled(fit.map(one));
  const missed = given.filter(({ status }) => status === "rejected");
  if (missed.length && missed.length < given.length) throw because("partly");
  if (missed.length) await unsend(here, { said }).catch(() => {});   // an answer that was lost says nothing of the letter
  if (missed.length) throw missed[0].reason;
  return left;
};
