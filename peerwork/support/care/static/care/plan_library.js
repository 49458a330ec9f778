// What helped others: picked, not typed. The filter only looks; what somebody looks for is kept nowhere.
const library = document.getElementById("library");

const shelvesIn = (place, offers) => {
  place.append(library.content.cloneNode(true));
  const filters = [...place.querySelectorAll("[data-by]")], many = place.querySelector("[data-many]");
  const options = [...place.querySelectorAll("[data-moments]")];
  const isOffered = ({ dataset }) => dataset.moments.split(" ").some((moment) => offers.includes(moment));
  for (const option of options) if (!isOffered(option)) option.remove();
  const offered = options.filter(isOffered);

  const fits = (option) => filters.every(({ value, dataset: { by } }) => {
    const has = option.dataset[by];
    if (!value) return true;
    return by === "length" ? Number(has) <= Number(value) : by === "energy" ? value === "some" || has === value : has.split(" ").includes(value);
  });
  const look = () => {
    const found = offered.filter(fits);
    for (const option of offered) option.hidden = !found.includes(option) && !option.querySelector("input").checked;
    for (const shelf of place.querySelectorAll("fieldset")) shelf.hidden = !shelf.querySelector(".pick:not([hidden])");
    many.textContent = found.length;
  };
  for (const filter of filters) filter.addEventListener("change", look);
  return look;
};

// Every box to tick in an editor: the choices of the part, and the library where it has one. In the order of picking.
export const picksIn = (box, offers, changed) => {
  const details = box.querySelector("[data-library]"), look = details ? shelvesIn(details, offers) : () => {};
  const boxes = [...box.querySelectorAll("input[type=checkbox]")];
  let picked = [];
  box.addEventListener("change", ({ target }) => {
    if (!boxes.includes(target)) return;
    picked = target.checked ? [...picked, target.value] : picked.filter((code) => code !== target.value);
    changed();
  });
  const fill = (codes) => {
    picked = [...codes];
    for (const one of boxes) one.checked = codes.includes(one.value);
    look();
  };
  return { fill, read: () => picked };
};
