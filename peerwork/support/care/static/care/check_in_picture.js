// One small picture for each line, drawn here. The table below each group has the same figures.
import { shortDay, today } from "./check_in_words.js";

const template = document.getElementById("line");
const WIDE = 320, HIGH = 72, EDGE = 6;
const time = (day) => Date.parse(`${day}T12:00Z`);

const drawn = (name, parts) => {
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("class", name);
  path.setAttribute("d", parts.join(""));
  return path;
};

// Where each point stands: twelve months wide, and as high as the answers go.
const spots = ({ least, most, points }) => {
  const from = time(today(1)), to = time(today());
  const top = most ?? Math.max(...points.map(({ value }) => value), least + 1);
  return points.map(({ day, value }) => {
    const [x, y] = [Math.min(1, (time(day) - from) / (to - from)), (value - least) / (top - least)];
    return `${(EDGE + x * (WIDE - 2 * EDGE)).toFixed(1)} ${(HIGH - EDGE - y * (HIGH - 2 * EDGE)).toFixed(1)}`;
  });
};

export const pictureOf = (line) => {
  const shown = template.content.firstElementChild.cloneNode(true), part = (name) => shown.querySelector(`[data-${name}]`);
  const svg = shown.querySelector("svg"), at = spots(line), [first, last] = [line.points[0], line.points.at(-1)];
  const told = ({ day, text }) => `${shortDay(day)}, ${text}.`;
  const texts = { name: line.name, top: line.top ?? "", bottom: line.bottom ?? "", from: shortDay(today(1)), to: shortDay(today()) };
  for (const [name, text] of Object.entries(texts)) part(name).textContent = text;
  for (const name of ["name", "top", "bottom"]) part(name).lang = line.language;
  svg.setAttribute("aria-label", [line.name, ...(first === last ? [] : [svg.dataset.first, told(first)]), svg.dataset.last, told(last)].join(" "));
  svg.append(
    drawn("joined", at.map((spot, number) => `${number ? "L" : "M"}${spot}`)),
    drawn("dots", at.slice(0, -1).map((spot) => `M${spot}h0`)),
    drawn("newest", [`M${at.at(-1)}h0`]),
  );
  return shown;
};
