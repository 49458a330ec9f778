// The questions on the page: which set is shown, and what was answered. What is not picked is left out.
export const formOf = (form) => {
  const sets = [...form.querySelectorAll("[data-of]")], [work, ours] = sets;
  const chosen = () => form.elements.which?.value || ours.dataset.of;

  const show = () => { for (const set of sets) set.hidden = set !== work && set.dataset.of !== chosen(); };
  form.addEventListener("change", ({ target }) => { if (target.name === "which") show(); });
  form.addEventListener("reset", () => setTimeout(show));
  show();

  const answersIn = (key) => Object.fromEntries([...new FormData(form)]
    .filter(([name]) => name.startsWith(`${key}/`)).map(([name, value]) => [name.slice(key.length + 1), Number(value)]));

  return { read: () => ({ instrument: chosen(), about: answersIn(work.dataset.of), answers: answersIn(chosen()) }) };
};
