// The questions in another language, at once and without asking the server. What was answered stays.
export const languagesOf = (sheet) => {
  const choice = sheet.querySelector("[data-languages]"), read = sheet.querySelector("[data-read]");

  const show = ({ value, dataset }) => {
    read.dir = dataset.direction;
    for (const text of read.querySelectorAll("[data-in]")) text.hidden = text.dataset.in !== value;
  };
  choice?.addEventListener("change", ({ target }) => show(target));
  const now = choice?.querySelector(":checked");
  if (now) show(now);
};
