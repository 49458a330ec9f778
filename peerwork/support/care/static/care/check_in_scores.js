// Answers become numbers: here, and nowhere else. No band and no verdict; and no number where an answer is missing.
const total = (values) => values.reduce((sum, value) => sum + value, 0);
const RULES = {
  sum: total,
  mean: (values) => total(values) / values.length,
  sum_times: (values, times) => total(values) * times,
  value: ([value]) => value,
};

// A question that is asked the other way round counts the other way round.
const turned = ({ reverse, least, most }, answer) => (reverse ? least + most - answer : answer);

// `facts` as instruments.py writes them, `answers` by the code of the question. Gives a number by the code of each part.
export const scored = ({ items, parts }, answers) => Object.fromEntries(parts
  .filter((part) => part.items.every((code) => Number.isInteger(answers[code])))
  .map((part) => [part.code, RULES[part.rule](part.items.map((code) => turned(items[code], answers[code])), part.times)]));
