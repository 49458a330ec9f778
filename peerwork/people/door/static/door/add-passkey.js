import { working } from "./make-keys.js";

const form = document.getElementById("add");
form.hidden = !globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const { publicKey } = await (await fetch(form.action)).json();
    const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
    const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "Content-Type": "application/json" };
    const label = encodeURIComponent(form.elements.label.value);
    const answer = await fetch(`${form.action}?label=${label}`, { method: "POST", headers, body: JSON.stringify(made) });
    const { to, says } = await answer.json();
    if (!answer.ok) throw Object.assign(new Error(says), { says });
    location.assign(to);
  });
});
