// What is kept of one part, and how it gets there: one write after the other, and never over another version.
const blank = { lines: [], options: [] };
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// `read` gives what is being written, or undefined when nothing is. `met` hears of two versions, `says` of all else.
export const keepingOf = (code, { read, says, met }) => {
  let vault, kept = blank, version = 0, turn = Promise.resolve();

  const see = (now) => { [kept, version] = [{ ...blank, ...now?.body }, now?.version ?? 0]; };
  const isNew = () => Boolean(read()) && !same(read(), kept);
  const waits = () => vault.waiting().some((one) => one.doc === "plan" && one.section === code);

  const send = async (anyway) => {
    const body = read();
    if (!vault || !body || (!anyway && same(body, kept))) return;
    says("keeping");
    try {
      version = await vault.write("plan", code, body, version);
      kept = body;
      says(isNew() ? "unkept" : waits() ? "waits" : "kept");
    } catch (error) {
      if (error.why !== "changed") says(error);
      // What waited for a connection was sent meanwhile: the other version is this one.
      else if (same({ ...blank, ...error.theirs?.body }, kept)) { see(error.theirs); await send(true); }
      else met(body, error.theirs);
    }
  };

  return {
    begin: (opened, now) => { vault = opened; see(now); },
    see, isNew,
    keep: (anyway) => (turn = turn.then(() => send(anyway))),
    get kept() { return kept; },
  };
};
