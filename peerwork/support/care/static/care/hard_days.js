// Days as this device counts them, like 2026-11-24. A step waits for its day, stays for a few more, and is quiet again.
const STAYS = 5;

const day = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
export const today = () => day(new Date());
export const later = (from, days) => {
  const date = new Date(`${from}T12:00`);
  date.setDate(date.getDate() + days);
  return day(date);
};

// The same date in another year. Where February has no 29th, its last day stands in.
const inYear = (from, year) => {
  const [, month, date] = from.split("-").map(Number);
  return day(new Date(year, month - 1, Math.min(date, new Date(year, month, 0).getDate())));
};
const years = (now, ...more) => more.map((add) => Number(now.slice(0, 4)) + add);

// When a step would fall, if nobody says otherwise: never in the past. A step for now has no day.
export const proposed = ({ after, yearly }, from, now = today()) => {
  if (after) return [later(from, Number(after)), now].sort().pop();
  return yearly === undefined ? undefined : years(now, 0, 1, 2).map((year) => inYear(from, year)).find((one) => one > from && one >= now);
};

// The last time it fell.
export const fell = ({ on, yearly }, now = today()) => {
  const times = yearly ? years(now, 0, -1).map((year) => inYear(on, year)) : [on];
  return times.find((one) => one && one >= on && one <= now);
};
export const isDue = (step, now = today()) => {
  const last = fell(step, now);
  return last !== undefined && step.away !== last && now <= later(last, STAYS);
};
export const isToCome = ({ on, yearly }, now = today()) => Boolean(on) && (yearly || on >= now);
