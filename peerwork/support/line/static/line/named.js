// What whoever is on duty asks and does, under their own name.
import { because } from "./box.js";

const MEANS = { 404: "gone", 409: "notnow" };
const asked = async (address, more) => {
  const answer = await fetch(address, { cache: "no-store", redirect: "manual", ...more }).catch(() => { throw because("offline"); });
  if (answer.type === "opaqueredirect") throw because("closed");
  if (!answer.ok) throw because(MEANS[answer.status] ?? "failed");
  return answer.status === 204 ? {} : answer.json().catch(() => ({}));
};

export const rings = () => asked("/line/rings/");
export const act = (call, what, more) => asked(`/line/calls/${call}/`, {
  method: "POST",
  headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
  body: JSON.stringify({ do: what, ...more }),
});
