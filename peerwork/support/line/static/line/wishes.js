// Whom somebody would like, and whom not. Chosen each time anew, and only in this page.
import { part, piece } from "./page.js";

const LANGUAGE = "speaks:";
const nameOf = (code) => new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(code);

const pick = (kind, value, name) => {
  const made = piece("pick", { name });
  Object.assign(made.querySelector("input"), { name: kind, value });
  return made;
};

export const drawWishes = (form, { people = [], mine = [], recipients = [], aloud = false }) => {
  const spoken = [...new Set(people.flatMap(({ speaks }) => speaks ?? []))].map((one) => one.replace(LANGUAGE, "")).sort();
  part(form, "people").replaceChildren(...people.map(({ mark, name }) => pick("never", mark, name)));
  part(form, "languages").replaceChildren(...spoken.map((code) => pick("speaks", `${LANGUAGE}${code}`, nameOf(code))));
  part(form, "nopeople").hidden = people.length > 0;
  part(form, "whom").hidden = people.length === 0;
  part(form, "which").hidden = spoken.length < 1;
  part(form, "by-voice").hidden = !aloud;
  part(form, "by-phone").hidden = recipients.length === 0;
  part(form, "workplace").hidden = mine.length === 0;
  if (form.querySelector("[name=way]:checked").closest("[hidden]")) form.elements.way.value = "chat";
};

const ticked = (form, name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map(({ value }) => value);

// As it was chosen. What the server is told of it is sealed anew each time, and never the same twice.
export const choiceIn = (form) => JSON.stringify([[...new FormData(form)], part(form, "number").value]);

// As the server is told it: what whoever asks says of themselves, and what they wish of the other.
export const wishesIn = (form, { avoid = [], mine = [] }) => {
  const isTicked = (name) => ticked(form, name).length > 0;
  return {
    way: form.querySelector("[name=way]:checked").value,
    carries: isTicked("me") ? ["woman"] : [],
    never: [...new Set([...avoid, ...ticked(form, "never"), ...isTicked("elsewhere") ? mine : []])],
    only: [...isTicked("woman") ? ["woman"] : [], ...ticked(form, "speaks")],
  };
};
