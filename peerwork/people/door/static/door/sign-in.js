import { derive } from "../vault/keys.js";
import { put, working } from "./make-keys.js";

const form = document.getElementById("door");
const phrase = document.getElementById("phrase");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    put(form, "door", (await derive(phrase.value)).door);
    phrase.value = "";
    form.submit();
  });
});

// A passkey signs in. It is never asked for more than that here.
const device = document.getElementById("device");
device.hidden = !globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON;
device.addEventListener("click", () => working(form, async () => {
  const { publicKey } = await (await fetch(device.dataset.address)).json();
  const found = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  const rest = new FormData(form).get("rest");
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "Content-Type": "application/json" };
  const answer = await fetch(`${device.dataset.address}?rest=${rest}`, { method: "POST", headers, body: JSON.stringify(found) });
  const { to, says } = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(says), { says });
  location.replace(to);
}));
