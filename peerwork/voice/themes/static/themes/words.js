// A few words of one's own: what could give somebody away is pointed out before they go. Two steps, and nothing is held back.
const NAMELESS = { method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };
const NONE = { mayGo: async () => true, pieces: () => [], clear: () => {} };

// The server knows patterns and no names. The names of my people are looked for here, and go nowhere.
const fromTheHouse = async (address, text) => {
  const answer = await fetch(address, { ...NAMELESS, body: new URLSearchParams({ text }) });
  if (!answer.ok) throw new Error("not looked");
  return (await answer.json()).hints;
};
const letter = "[\\p{L}\\p{N}]";
const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
export const namesIn = (text, names) => names.flatMap((name) => {
  const found = text.match(new RegExp(`(?<!${letter})${escaped(name)}(?!${letter})`, "iu"));
  return found ? [{ words: found[0], kind: "person" }] : [];
});
const myPeople = async (vault) => [...(await vault.readAll("book")).values()].map(({ body }) => body.name).filter(Boolean);

export const wordsIn = (form, vault) => {
  const field = form.querySelector("#words"), place = form.querySelector("[data-pointed]"), line = document.getElementById("hint");
  if (!field) return NONE;
  let anyway;
  const text = () => field.value.trim();

  const show = (hints, isLooked) => {
    place.querySelector("[data-list]").replaceChildren(...hints.map(({ words, kind, why }) => {
      const shown = line.content.cloneNode(true);
      [shown.querySelector("[data-what]").textContent, shown.querySelector("[data-why]").textContent] = [words, line.dataset[kind] ?? why];
      return shown;
    }));
    place.querySelector("[data-not-looked]").hidden = isLooked;
    place.hidden = isLooked && !hints.length;
    if (!place.hidden) place.focus();
    return place.hidden;
  };
  const mayGo = async () => {
    if (!text() || anyway === text()) return true;
    const known = namesIn(text(), await myPeople(vault).catch(() => []));
    const found = await fromTheHouse(form.dataset.hints, text()).catch(() => undefined);
    const others = (found ?? []).filter(({ words }) => !known.some((one) => one.words === words));
    return show([...known, ...others], Boolean(found));
  };

  place.querySelector("[data-change]").addEventListener("click", () => { place.hidden = true; field.focus(); });
  place.querySelector("[data-anyway]").addEventListener("click", () => {
    [anyway, place.hidden] = [text(), true];
    form.requestSubmit();
  });
  field.addEventListener("input", () => { place.hidden = true; });
  return { mayGo, pieces: () => (text() ? [["themes:words", text()]] : []), clear: () => { field.value = ""; } };
};
