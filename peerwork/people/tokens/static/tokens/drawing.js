// After opening, on every device and for everybody: whether there are tokens to draw, or to look after. More is loaded only then
// (rounds.js), and the heavy part of it (making.js) once for each round.
const myRounds = async () => {
  const answer = await fetch("/tokens/", { cache: "no-store", redirect: "error" });
  return answer.ok ? (await answer.json()).rounds : [];
};

const look = async (vault) => {
  if (!navigator.onLine) return;
  const [mine, sections] = [await myRounds(), await vault.list()];
  if (mine.length || sections.some(([doc]) => doc === "tokens")) await (await import("./rounds.js")).drawAll(vault, mine);
};

// Nothing of this is in anybody's way: what did not work is done at the next opening, or once there is a connection, which is
// seldom good from its first second on. Only a lie is told.
const LATER = [1_000, 10_000, 60_000];
let running, watches = false;
const watch = (vault) => {
  if (!watches) addEventListener("online", () => { for (const late of LATER) setTimeout(() => draw(vault).catch(() => {}), late); });
  watches = true;
};

export const draw = (vault) => {
  watch(vault);
  running ??= look(vault)
    .catch((error) => { if (error.why === "otherkey") throw error; })
    .finally(() => { running = undefined; });
  return running;
};
