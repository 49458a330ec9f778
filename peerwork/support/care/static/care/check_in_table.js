// The same figures to read or to listen to, and to take along as a sheet.
import { shortDay } from "./check_in_words.js";

const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text, ...more });

// A row for each check with an answer in this group, the newest first; a column for each line.
export const fillTable = (table, { lines, language: lang }) => {
  const [head] = table.tHead.rows, days = new Map(lines.flatMap(({ points }) => points.map(({ at, day }) => [at, day])));
  for (const { name } of lines) head.append(make("th", name, { scope: "col", dir: "auto", lang }));
  for (const [at, day] of [...days].sort(([one], [other]) => other - one)) {
    const row = table.tBodies[0].insertRow();
    row.append(make("th", shortDay(day), { scope: "row" }));
    for (const { name, points } of lines) {
      const cell = make("td", points.find((point) => point.at === at)?.text ?? "–", { dir: "auto", lang });
      cell.dataset.label = name;
      row.append(cell);
    }
  }
};

// What would wake up as a formula in somebody's spreadsheet is put at rest, as in ground/releases/sheets.py.
const cell = (value) => {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
export const sheetOf = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

export const save = (text, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
