// A calendar file (RFC 5545), made on this device and handed to it. It says the words of its owner and the days, no more.
import { later, today } from "./hard_days.js";

const plain = (words) => words.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ").trim();
const stamp = (day) => day.replaceAll("-", "");
// Every year. In a year without a 29th of February, its last day.
const yearly = (on) => `RRULE:FREQ=YEARLY${on.endsWith("-02-29") ? ";BYMONTH=2;BYMONTHDAY=-1" : ""}`;
const alarm = (title) => ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${title}`, "TRIGGER:PT9H", "END:VALARM"];

const event = (step, title, rings) => [
  "BEGIN:VEVENT", `UID:${crypto.randomUUID()}`, `DTSTAMP:${stamp(today())}T000000Z`,   // no minute: nobody's business
  `DTSTART;VALUE=DATE:${stamp(step.on)}`, `DTEND;VALUE=DATE:${stamp(later(step.on, 1))}`, `SUMMARY:${title}`,
  "CLASS:PRIVATE", "TRANSP:TRANSPARENT", ...(step.yearly ? [yearly(step.on)] : []), ...(rings ? alarm(title) : []), "END:VEVENT",
];

// At most 75 bytes to a line, and no letter cut in two.
const bytes = (letter) => new TextEncoder().encode(letter).length;
const folded = (line) => {
  let room = 75;
  return [...line].map((letter) => {
    const fits = bytes(letter) <= room;
    room = (fits ? room : 74) - bytes(letter);
    return fits ? letter : `\r\n ${letter}`;
  }).join("");
};

export const fileOf = (steps, words, rings) => {
  const title = plain(words);
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendar//EN", ...steps.flatMap((step) => event(step, title, rings)), "END:VCALENDAR"];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
};

export const handOver = (file) => {
  const href = URL.createObjectURL(new Blob([file], { type: "text/calendar" }));
  Object.assign(document.createElement("a"), { href, download: "event.ics" }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
};
