import { ask, opened, put, said, send, working } from "../vault/working.js";

const form = document.getElementById("add"), phrase = document.getElementById("phrase");
form.hidden = !globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;

// The phrase is tried here first, so that a slip of a finger leaves no useless passkey on the device.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const { door } = await opened(form.dataset.key, phrase.value);
    const { publicKey } = await (await ask(form.action)).json();
    const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
    put(form, "now", door);
    put(form, "made", JSON.stringify(made));
    const { to } = await said(await send(form.action, { method: "POST", body: new FormData(form) }));
    phrase.value = "";
    location.assign(to);
  });
});
