// Days and numbers as the rest of the house says them (vault/told.js), for lines where there is little room.
const { lang } = document.documentElement;
const tongue = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`;

export const number = (value) => value.toLocaleString(tongue, { maximumFractionDigits: 1 });
// For sheets: the same everywhere, with no more figures than somebody reads.
export const short = (value) => Math.round(value * 100) / 100;
export const shortDay = (day) => new Date(`${day}T12:00`).toLocaleDateString(tongue, { day: "numeric", month: "short", year: "numeric" });

// The day on this device's own calendar, `years` ago.
export const today = (years = 0) => {
  const now = new Date(), two = (part) => String(part).padStart(2, "0");
  return `${now.getFullYear() - years}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};
