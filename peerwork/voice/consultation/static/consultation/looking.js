// All answers on one page before they go, each with a way back to its question, and what could give somebody away.
const make = (name, more = {}) => Object.assign(document.createElement(name), more);
const copyOf = (place) => [...place.childNodes].map((node) => node.cloneNode(true));

// An answer in words: the labels that are ticked, or what was typed.
const answerTo = (question) => {
  if (question.dataset.kind === "words") {
    const text = question.querySelector("textarea").value.trim();
    return text ? [make("span", { textContent: text, dir: "auto" })] : [];
  }
  return [...question.querySelectorAll(":checked")].filter(({ value }) => value).map((field) => {
    const line = make("span"), about = field.closest("[data-statement]")?.querySelector("legend");
    const answer = make(about ? "strong" : "span");
    answer.append(...copyOf(field.closest("label").querySelector("[data-says]")));
    if (about) line.append(...copyOf(about), make("br"));
    line.append(answer);
    return line;
  });
};

export const lookOver = (questions, list, lead) => {
  const { skipped, change } = list.dataset;
  list.replaceChildren(...questions.map((question) => {
    const row = make("div", { className: "looked flow tight" }), name = make("dt"), answers = answerTo(question);
    const button = make("button", { type: "button", className: "bare", textContent: change });
    name.append(...copyOf(question.querySelector("legend")));
    name.id = `look-${question.id}`;
    button.setAttribute("aria-describedby", name.id);
    button.addEventListener("click", () => lead(question));
    const said = answers.length ? answers.map((line) => { const one = make("dd"); one.append(line); return one; })
      : [make("dd", { className: "quiet", textContent: skipped })];
    const last = make("dd");
    last.append(button);
    row.append(name, ...said, last);
    return row;
  }));
};

// Asked without a name. Where nobody answers, nothing is pointed out and nothing is held up.
const NAMELESS = { method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };
export const pointOut = async (sheet) => {
  const place = sheet.querySelector("[data-pointed]"), pattern = document.getElementById("hint");
  const texts = [...sheet.querySelectorAll("textarea")].map(({ value }) => value.trim()).filter(Boolean);
  const asked = texts.map((text) => fetch(sheet.dataset.hints, { ...NAMELESS, body: new URLSearchParams({ text }) })
    .then((answer) => answer.json()).then(({ hints }) => hints).catch(() => []));
  const hints = (await Promise.all(asked)).flat();
  place.querySelector("ul").replaceChildren(...hints.map(({ words, why }) => {
    const line = pattern.content.cloneNode(true);
    [line.querySelector("[data-words]").textContent, line.querySelector("[data-why]").textContent] = [words, why];
    return line;
  }));
  place.hidden = hints.length === 0;
};
