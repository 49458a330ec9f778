// All that was typed goes at one press, and comes back at the next, as long as this page stands and nothing new is typed.
export const clearing = (sheet, { answers, draft, keep, begin }) => {
  const button = sheet.querySelector("[data-clear]"), { clear, back } = button.dataset;
  let cleared;
  const forget = () => { [cleared, button.textContent] = [undefined, clear]; };

  button.addEventListener("click", async () => {
    const all = cleared;
    if (all) forget(); else [cleared, button.textContent] = [answers.said(), back];
    answers.put(all ?? []);
    if (all) keep(); else await draft.drop();
    begin();
  });
  sheet.addEventListener("input", forget);
};
