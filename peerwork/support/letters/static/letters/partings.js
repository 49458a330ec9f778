// How a talk ends for me: I leave it, or put away what lies in my box. And somebody else is asked in.
import { because } from "../vault/working.js";
import { options } from "./beginnings.js";
import { chosen } from "./book.js";
import { onPress, part } from "./draw.js";
import { askIn, leave, putAway } from "./groups.js";
import { everybody, MOST } from "./talks.js";

const place = document.querySelector("[data-talk]"), more = document.getElementById("ask-in");

export const partings = (here) => {
  const talk = () => here.talks.get(here.key) ?? { key: here.key, letters: [] }, says = part(place, "ends");
  const out = async (work) => { await work(here, talk()); history.back(); await here.again(); };
  onPress(part(place, "back"), says, () => history.back());
  onPress(part(place, "leave-now"), says, () => out(leave));
  onPress(part(place, "drop-now"), says, () => out(putAway));
  more.addEventListener("toggle", () => {
    const there = everybody(talk().group);
    options(more.querySelector("select"), chosen(here.book).filter(({ person }) => !there.includes(person)));
  });
  onPress(more.querySelector("form"), part(more, "says"), async () => {
    const person = more.querySelector("select").value;
    if (!person || everybody(talk().group).length >= MOST) throw because("many");
    await askIn(here, talk(), person);
    more.open = false;
    await here.again();
  }, "submit");
};
