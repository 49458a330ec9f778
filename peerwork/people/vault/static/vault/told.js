// Days and hours as every other page here says them: the day before the month, and the same digits.
const { lang } = document.documentElement;
const tongue = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`;

export const when = (day) => new Date(`${day}T12:00`).toLocaleDateString(tongue, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const number = (minutes, more) => (minutes / 60).toLocaleString(tongue, { maximumFractionDigits: 1, ...more });
export const hours = (minutes) => number(minutes, { style: "unit", unit: "hour", unitDisplay: "long" });
