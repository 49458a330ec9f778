// The vault zone, asked from a page: sealed bytes in, sealed bytes out. Every trouble has a name and a sentence.
import { because, send } from "./working.js";

const MEANS = { 404: "gone", 409: "changed", 412: "changed", 413: "toolong", 429: "enough", 507: "full" };

export const zone = async (path, { method = "GET", body, headers } = {}) => {
  const writes = method !== "GET" && { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
  const sealed = body && { "Content-Type": "application/octet-stream" };
  const answer = await send(`/v/${path}`, { method, body, cache: "no-store", headers: { ...writes, ...sealed, ...headers } });
  if (answer.type === "opaqueredirect") throw because("closed");
  if (!answer.ok) throw because(MEANS[answer.status] ?? "failed");
  return answer;
};

export const asked = async (path) => (await zone(path)).json();
