// Where the number rings whoever is on duty. The house keeps it in memory, until their duty ends.
import { asked, told } from "./named.js";
import { onPress, part, say, trouble } from "./page.js";

const PHONE = "/line/phone/";
const form = document.querySelector("[data-at-form]"), typed = form.querySelector("input"), says = part(form, "says"), nowhere = part(form, "nowhere");

const show = ({ at }) => {
  nowhere.hidden = !at;
  say(says, at ? "rings" : "none", { at });
};
const ringAt = async (at) => {
  const now = await told(PHONE, { at });
  typed.value = now.at;
  show(now);
};
// Who types faster than our answer comes keeps what they typed.
try {
  const now = await asked(PHONE);
  typed.value ||= now.at;
  show(now);
} catch (error) { trouble(says, error); }

onPress(form, says, () => ringAt(typed.value.trim()), "submit");
onPress(nowhere, says, () => ringAt(""));
