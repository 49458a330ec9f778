import { identity } from "../vault/derive.js";
import { wrapped } from "../vault/keys.js";
import { valueOf } from "../vault/device.js";
import { ask, because, opened, put, said, send, working } from "../vault/working.js";

const form = document.getElementById("add"), phrase = document.getElementById("phrase"), offer = document.getElementById("offer");
form.hidden = !globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;

// Asked for 32 bytes that nobody keeps, so that nothing in what is sent opens anything. Asked for none, Windows refuses.
const madeHere = (publicKey) => {
  const extensions = { prf: { eval: { first: crypto.getRandomValues(new Uint8Array(32)) } } };
  return navigator.credentials.create({ publicKey: { ...PublicKeyCredential.parseCreationOptionsFromJSON(publicKey), extensions } });
};

const posted = async (address, to) => said(await send(address, { method: "POST", body: new FormData(to) }));

// Where the device can, and the phone is nobody else's, it may open what is sealed as well. The phrase is known here until then.
const offerToOpen = ({ key, door }, made, { to, opens }) => {
  [form.hidden, offer.hidden] = [true, false];
  offer.querySelector("h3").focus();
  offer.addEventListener("submit", (event) => {
    event.preventDefault();
    working(offer, async () => {
      const { secret } = await valueOf([made.id]);
      if (!secret) throw because("device");
      put(offer, "now", door);
      put(offer, "locked", await wrapped(key, identity(secret)));
      await posted(opens, offer);
      location.assign(to);
    });
  });
};

// The phrase is tried here first, so that a slip of a finger leaves no useless passkey on the device.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  working(form, async () => {
    const known = await opened(form.dataset.key, phrase.value);
    const made = await madeHere((await (await ask(form.action)).json()).publicKey);
    put(form, "now", known.door);
    put(form, "made", JSON.stringify({ ...made.toJSON(), clientExtensionResults: {} }));
    const answer = await posted(form.action, form);
    phrase.value = "";
    if (offer && made.getClientExtensionResults().prf?.enabled) offerToOpen(known, made, answer);
    else location.assign(answer.to);
  });
});
