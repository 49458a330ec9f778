// Of all that fits, three at a time, in another order each time. Which ones were shown is kept nowhere.
const form = document.querySelector("form.now"), others = document.querySelector("[data-others]");
const options = [...document.querySelectorAll("[data-length]")];
const AT_A_TIME = 3;

const fits = ({ dataset }, { length, energy, company }) =>
  Number(dataset.length) <= Number(length) && (energy === "some" || dataset.energy === energy) && dataset.company === company;

let waiting = [];
const show = () => {
  const shown = waiting.splice(0, AT_A_TIME);
  for (const option of options) option.hidden = !shown.includes(option);
  others.hidden = waiting.length === 0;
};

form.addEventListener("change", () => {
  const said = Object.fromEntries(new FormData(form));
  waiting = options.filter((option) => fits(option, said)).map((option) => [Math.random(), option]).sort(([a], [b]) => a - b).map(([, option]) => option);
  show();
});
others.addEventListener("click", show);
