// What whoever is on duty asks and does, under their own name.
import { because } from "./box.js";

const MEANS = { 404: "gone", 409: "notnow" };
const trouble = async (answer) => Object.assign(because(MEANS[answer.status] ?? "failed"), await answer.json().catch(() => ({})));
export const asked = async (address, more) => {
  const answer = await fetch(address, { cache: "no-store", redirect: "manual", ...more }).catch(() => { throw because("offline"); });
  if (answer.type === "opaqueredirect") throw because("closed");
  if (!answer.ok) throw await trouble(answer);
  return answer.status === 204 ? {} : answer.json().catch(() => ({}));
};

export const rings = () => asked("/line/rings/");
export const told = (address, content, method = "POST") => asked(address, {
  method,
  headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
  body: content && JSON.stringify(content),
});
export const act = (call, what, more) => told(`/line/calls/${call}/`, { do: what, ...more });
