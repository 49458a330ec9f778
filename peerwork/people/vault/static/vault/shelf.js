// One person's shelf. The page in place 0 is its contents: which section stands where, and its newest version.
import { sheetsOf } from "./sheets.js";
import { newest, note } from "./store.js";
import { because } from "./working.js";

const TRIES = 6, CONTENTS = { doc: "contents", section: "" };
const among = (places) => places[crypto.getRandomValues(new Uint32Array(1))[0] % places.length];

export const shelfOf = (me) => {
  const sheets = sheetsOf(me);
  let seen = 0;

  // An answer that was on its way while something was written here is older too. So it is asked for once more.
  const look = async () => sheets.look(0, CONTENTS, Math.max(seen, await newest(me)));
  const lookAgain = () => look().catch(async (error) => {
    if (error.why !== "older") throw error;
    await sheets.fetch([0]);
    return look();
  });

  // Older contents than this tab or this phone has seen before are not taken for new ones.
  const contents = async (again) => {
    if (again || !sheets.known.has(0)) await sheets.fetch([0]);
    const page = await lookAgain();
    if (page?.version !== seen) await note(me, page?.version ?? 0);
    seen = page?.version ?? 0;
    return page?.body ?? {};
  };

  // Changes the contents, however often somebody else changes them meanwhile.
  const enter = async (change) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const body = change(await contents(tries > 0));
      try {
        await sheets.put(0, { v: 1, ...CONTENTS, version: seen + 1, from: me.person, body });
        seen += 1;
        await note(me, seen);
        return body;
      } catch (error) { if (error.why !== "changed") throw error; }
    }
    throw because("failed");
  };

  const free = (all) => {
    const taken = new Set(Object.values(all).map(([place]) => place)), many = sheets.many();
    const left = Array.from({ length: many }, (_, place) => place).filter((place) => place && !taken.has(place));
    return left.length ? among(left) : Math.max(many, ...[...taken].map((place) => place + 1));
  };

  // A new section gets its place first: whatever stops after that loses nothing.
  const placeOf = async (name) => {
    const had = (await contents())[name];
    return had ?? (await enter((all) => ({ [name]: [free(all), 0], ...all })))[name];
  };
  const raise = (name, place, version) => enter((all) => ({ ...all, [name]: [place, version] })).catch(() => {});
  const strike = (name) => enter(({ [name]: _gone, ...rest }) => rest);

  // No page ever gets a version again that another had before it, so what was taken away cannot be played back.
  const after = (version) => Math.max(version, seen) + 1;

  return { ...sheets, contents, placeOf, raise, strike, after, forget: () => sheets.known.clear() };
};
