// A debrief is asked for without a name: no cookie, no address of this page, nothing kept. It needs no key.
const form = document.getElementById("ask"), { word, address } = form.dataset;
const answer = form.querySelector("[data-answer]"), button = form.querySelector("button");
const NAMELESS = { method: "POST", credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };

const ask = async () => {
  const body = new URLSearchParams({ word, about: form.elements.about.value });
  try {
    const { ok, status } = await fetch(address, { ...NAMELESS, body });
    return ok ? "asked" : { 400: "stale" }[status] ?? "failed";
  } catch { return "offline"; }
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  answer.textContent = "";
  const came = await ask();
  answer.textContent = answer.dataset[came];
  answer.className = came === "asked" ? "note good" : "errors";
  button.disabled = false;
  if (came !== "asked") return;
  form.querySelector("[data-asking]").remove();
  answer.focus();
});
form.hidden = false;
