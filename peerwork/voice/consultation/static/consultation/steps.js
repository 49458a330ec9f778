// One part at a time. Which one is shown is this page's own: it is nowhere in an address.
export const stepsOf = (sheet, moved) => {
  const all = [...sheet.querySelectorAll("[data-step]")], part = (name) => sheet.querySelector(`[data-${name}]`);
  const [back, next, send] = ["before", "next", "send"].map(part);
  let at = 0;

  const show = (step) => {
    at = Math.max(0, Math.min(step, all.length - 1));
    all.forEach((one, number) => { one.hidden = number !== at; });
    const isLast = at === all.length - 1;
    [back.hidden, next.hidden, send.hidden] = [at === 0, isLast, !isLast];
    moved(isLast);
  };
  const go = (step) => {
    show(step);
    all[at].querySelector("h2").focus();
  };
  back.addEventListener("click", () => go(at - 1));

  // To one question, wherever it stands.
  const lead = (question) => {
    show(all.findIndex((step) => step.contains(question)));
    question.focus();
    question.scrollIntoView();
  };
  return { show, lead, forward: () => go(at + 1), get at() { return at; }, get isLast() { return at === all.length - 1; } };
};
