// One slip on its way: a token and what it says, as long as every other slip. No name, no cookie, no time.
import { padded } from "./bytes.js";
import { nameless } from "./nameless.js";

// One length for all, in which the longest that is taken has room: a long one does not show.
const LENGTH = 8192;
const MEANS = { 409: "spent", 410: "closed", 400: "refused", 413: "refused", 422: "refused" };

// "sent" · "spent": something else was said with it · "closed" · "refused" · "later": no connection, or no room just now.
export const sendOne = async (address, content) => {
  try {
    const headers = { "Content-Type": "application/json" };
    const { ok, status } = await nameless(address, { method: "POST", headers, body: padded(content, LENGTH) });
    return ok ? "sent" : MEANS[status] ?? "later";
  } catch { return "later"; }
};
