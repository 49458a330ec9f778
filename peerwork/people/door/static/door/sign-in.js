import { derive } from "../vault/keys.js";
import { because, put, said, send, working } from "../vault/working.js";

const form = document.getElementById("door");
const phrase = document.getElementById("phrase");

// Whoever is let in is led on. Whoever is not stays on this page, with the phrase still in its box.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    put(form, "door", (await derive(phrase.value)).door);
    const answer = await send(form.action, { method: "POST", body: new FormData(form) });
    if (answer.type !== "opaqueredirect") throw because(answer.ok ? "wrong" : "failed");
    phrase.value = "";
    location.replace(form.elements.next.value || "/");
  });
});

// A passkey signs in. It is never asked for more than that here.
const device = document.getElementById("device");
device.hidden = !globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON;
device.addEventListener("click", () => working(form, async () => {
  const { publicKey } = await said(await send(device.dataset.address));
  const found = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  const rest = new FormData(form).get("rest");
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "Content-Type": "application/json" };
  const address = `${device.dataset.address}?rest=${rest}`;
  const { to } = await said(await send(address, { method: "POST", headers, body: JSON.stringify(found) }));
  location.replace(to);
}));
