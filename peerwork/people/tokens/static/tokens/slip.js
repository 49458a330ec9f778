// One slip on its way: a token and what it says, as long as every other slip. No name, no cookie, no time.
import { nameless } from "./nameless.js";

const LENGTH = 4096;
const MEANS = { 409: "spent", 410: "closed", 400: "refused", 413: "refused", 422: "refused" };
const ascii = (text) => text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);

export const bodyOf = (content) => {
  const bare = ascii(JSON.stringify({ ...content, pad: "" })), over = Math.ceil(bare.length / LENGTH) * LENGTH - bare.length;
  return `${bare.slice(0, -2)}${"0".repeat(over)}"}`;
};

// "sent" · "spent": something else was said with it · "closed" · "refused" · "later": no connection, or no room just now.
export const sendOne = async (address, content) => {
  try {
    const headers = { "Content-Type": "application/json" };
    const { ok, status } = await nameless(address, { method: "POST", headers, body: bodyOf(content) });
    return ok ? "sent" : MEANS[status] ?? "later";
  } catch { return "later"; }
};
