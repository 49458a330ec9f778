// Where checks are kept: in the vault, a page for each quarter, and more where one is full.
const DOC = "checkins";
// So much that the longest check there can be still fits on the same sealed page.
const FULL = 7000;

export const quarterOf = (day) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
const same = (one) => { const text = JSON.stringify(one); return (other) => JSON.stringify(other) === text; };
const checksOf = (body) => (Array.isArray(body?.checks) ? body.checks : []);
const without = (checks, one) => checks.filter((_, at) => at !== checks.findIndex(same(one)));

export const keptIn = (vault) => {
  const sizes = new Map();
  const change = async (section, how) => {
    let now;
    await vault.change(DOC, section, (body) => ({ checks: now = how(checksOf(body)) }));
    sizes.set(section, JSON.stringify(now).length);
  };

  // What was written without a connection, and met something written elsewhere: both stay. A check is never changed.
  const join = async (section, mine) => change(section, (theirs) => [...theirs, ...mine.filter((one) => !theirs.some(same(one)))]);

  // All checks, the oldest first, each with the page it is on; and why some could not be read.
  const all = async () => {
    let found = await vault.readAll(DOC);
    const met = [...found].filter(([, { mine }]) => mine);
    for (const [section, { mine }] of met) await join(section, checksOf(mine));
    if (met.length) found = await vault.readAll(DOC);
    const checks = [...found].flatMap(([section, { body }]) => checksOf(body).map((check) => ({ section, check })));
    for (const [section, { body }] of found) sizes.set(section, JSON.stringify(checksOf(body)).length);
    // A page that does not open is left as it is, and new checks go beside it.
    for (const { section } of found.troubles) sizes.set(section, Infinity);
    return { checks: checks.sort((a, b) => a.check.day.localeCompare(b.check.day)), troubles: found.troubles };
  };

  const add = async (check) => {
    const quarter = quarterOf(check.day);
    let section = quarter;
    for (let number = 2; (sizes.get(section) ?? 0) > FULL; number += 1) section = `${quarter}-${number}`;
    await change(section, (checks) => [...checks, check]);
    return { section, check };
  };

  return {
    all, add,
    takeOut: ({ section, check }) => change(section, (checks) => without(checks, check)),
    putBack: ({ section, check }) => change(section, (checks) => [...checks, check]),
    takeAllOut: async () => {
      for (const [doc, section] of await vault.list()) if (doc === DOC) await vault.remove(doc, section);
      sizes.clear();
    },
  };
};
