// How often somebody talked here, on their own shelf, sealed to them alone. After two in thirty days a next step is offered.
// They may stop it at any time: then nothing is counted any more, and what was is gone.
const DOC = "line", SECTION = "talks", DAYS = 30, ENOUGH = 2;

const dayOf = (date) => date.toISOString().slice(0, 10);
const since = (today) => dayOf(new Date(Date.parse(`${today}T12:00Z`) - DAYS * 864e5));

// What is kept: the days, and nothing else of a talk. Days gone by fall out.
export const counted = (kept, today) => {
  if (kept?.stopped) return kept;
  const days = (kept?.days ?? []).filter((day) => day > since(today));
  return { days: [...days, today] };
};
export const isTimeToOffer = (kept, today) => !kept?.stopped && (kept?.days ?? []).filter((day) => day > since(today)).length >= ENOUGH;

// Once for each talk that took place: `vault` is open, `place` is the piece after_next.html.
export const countThisTalk = async (vault, place, today = dayOf(new Date())) => {
  let now;
  await vault.change(DOC, SECTION, (had) => { now = counted(had, today); return now; });
  place.hidden = !isTimeToOffer(now, today);
  place.querySelector("[data-stop-counting]").addEventListener("click", async () => {
    await vault.change(DOC, SECTION, () => ({ stopped: true }));
    place.hidden = true;
  });
};
