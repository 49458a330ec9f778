// How a talk begins: write to somebody, or ask a few into a small group.
import { because } from "../vault/working.js";
import { chosen } from "./book.js";
import { keepUp, onPress, part, piece, say } from "./draw.js";
import { begin } from "./groups.js";
import { MOST } from "./talks.js";

const write = document.getElementById("write"), whom = write.querySelector("select"), make = document.getElementById("make"), nobody = part(document, "nobody"), more = part(document, "more");

export const options = (select, all) => keepUp(select, all.map((one) => ({ id: one.person, ...one })), ({ person, name }) =>
  Object.assign(piece("option"), { value: person, textContent: name }));
const choose = (one) => {
  const made = piece("choose", one);
  made.querySelector("input").value = one.person;
  return made;
};

export const drawBeginnings = ({ book }) => {
  const all = chosen(book);
  [nobody.hidden, write.hidden, more.hidden] = [all.length > 0, all.length === 0, all.length === 0];
  options(whom, all);
  keepUp(part(make, "picks"), all.map((one) => ({ id: one.person, ...one })), choose);
};

export const beginnings = (here) => {
  const says = part(make, "says");
  onPress(write, part(write, "says"), () => here.open(whom.value), "submit");
  onPress(make, says, async () => {
    const others = [...make.querySelectorAll("input:checked")].map(({ value }) => value);
    if (others.length < 1 || others.length >= MOST) throw because("many");
    const left = await begin(here, make.querySelector("input[type=text]").value.trim(), others);
    make.reset();
    await here.again();
    say(says, left.length ? "without" : "asked", { names: left.map(({ words }) => words.name).join(", ") });
  }, "submit");
};
