// Checks become lines: one for each question or part, with a point for each time it was answered.
import { number, short } from "./check_in_words.js";

const idOf = (key) => key.split("@")[0];

// What stands at an end of a line: the words of an answer, turned round with it, or a number.
const endOf = (set, part, value) => {
  const item = set.items[part.items[0]];
  return part.rule === "value" ? item.answers[item.reverse ? item.least + item.most - value : value] : number(value);
};

// A set of questions that is gone is known by its codes and its numbers.
const lineOf = (set, code) => {
  const part = set.parts?.find((each) => each.code === code);
  if (!part) return { code, name: code, language: "", least: 0, points: [] };
  return { ...part, language: set.language, top: endOf(set, part, part.most), bottom: endOf(set, part, part.least), points: [] };
};

const wordsOf = (set, code, { answers }, value) => {
  const part = set.parts?.find((each) => each.code === code);
  return (part?.rule === "value" && set.items[part.items[0]].answers[answers[part.items[0]]]) || number(value);
};

// Groups in the order of the page, each with its lines. The four about work go with every check, and have a group of their own.
export const groupsOf = (checks, facts) => {
  const sets = Object.values(facts), work = sets.find(({ id }) => id === "conditions"), ofWork = new Set(work.parts.map(({ code }) => code));
  const groups = new Map(sets.map((set) => [set.id, undefined]));
  const groupFor = (id, newest = sets.find((set) => set.id === id) ?? {}) => {
    if (!groups.get(id)) groups.set(id, { id, newest, name: newest.name ?? id, language: newest.language ?? "", unknown: !newest.id, lines: new Map() });
    return groups.get(id);
  };
  checks.forEach(({ check }, at) => {
    for (const [code, value] of Object.entries(check.scores)) {
      const set = ofWork.has(code) ? work : facts[check.instrument] ?? {};
      const { newest, lines } = groupFor(set.id ?? idOf(check.instrument));
      if (!lines.has(code)) lines.set(code, lineOf(newest, code));
      lines.get(code).points.push({ at, day: check.day, value, text: wordsOf(set, code, check, value) });
    }
  });
  return [...groups.values()].filter(Boolean).map((group) => ({ ...group, lines: [...group.lines.values()] }));
};

export const said = ({ name, points }) => points.map(({ day, value, text }) => [day, name, short(value), text]);
