// The nameless zone, asked from a page: no cookie, no word about where from, nothing kept on the way.
const NAMELESS = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };
const LONGEST = 30_000;

export const nameless = (address, more) => fetch(address, { ...NAMELESS, signal: AbortSignal.timeout(LONGEST), ...more });

const asked = async (path) => {
  const answer = await nameless(`/a/${path}`);
  if (!answer.ok) throw new Error("the nameless zone did not answer");
  return answer;
};

// The public keys of the rounds that are open, by the round. Whoever asks is nobody, so nobody gets a key of their own.
export const openRounds = async () => {
  const { rounds } = await (await asked("rounds/")).json();
  return new Map(rounds.map((round) => [round.id, round]));
};

// All the marks on a round's board: asked for whole, so that it cannot be seen whose is looked for.
export const board = async (round) => new Set((await (await asked(`board/${encodeURIComponent(round)}/`)).text()).split("\n"));
