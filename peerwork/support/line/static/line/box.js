// A call as the server knows it: a box by lot, and a secret for each of its two sides. Asked without a cookie, so it is nobody's.
import { padded } from "../tokens/bytes.js";
import { nameless } from "../tokens/nameless.js";

const BUCKET = 4096, TRIES = 3, A_MOMENT = 1_500;
const addressOf = ({ box }) => `/a/line/asks/${box}/`;
const bearing = ({ secret }) => ({ Authorization: `Bearer ${secret}` });
const moment = () => new Promise((done) => { setTimeout(done, A_MOMENT); });
export const because = (why) => Object.assign(new Error(why), { why });

const MEANS = { 400: "failed", 401: "refused", 403: "spent", 404: "gone", 409: "notnow", 410: "gone", 429: "enough", 503: "full" };
const asked = async (address, more) => {
  const answer = await nameless(address, more).catch(() => { throw because("offline"); });
  if (answer.ok) return answer.status === 204 ? undefined : answer.json();
  throw because(MEANS[answer.status] ?? "later");
};
// Whatever stops on the way is tried again as it was, as long as that is wanted. What is sent twice, the server takes once.
export const insist = async (work, isWanted) => {
  for (;;) {
    try { return await work(); } catch (error) { if (!["offline", "later"].includes(error.why) || !isWanted()) throw error; }
    await moment();
  }
};

const JSON_BODY = { "Content-Type": "application/json" };
const post = (address, content, more) => {
  let left = TRIES;
  const how = { method: "POST", body: padded(content, BUCKET), ...more, headers: { ...JSON_BODY, ...more?.headers } };
  return insist(() => asked(address, how), () => (left -= 1) > 0);
};

export const drawn = (many) => [...crypto.getRandomValues(new Uint8Array(many))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const ask = (content) => post("/a/line/asks/", content);
export const look = (call, after) => asked(`${addressOf(call)}?after=${after}`, { headers: bearing(call) });
// Fresh ones each time. From the first message on: a later number would tell the server that what came before was heard.
export const relayOf = (call) => async () => (await look(call, 0)).relay;
export const tell = (call, what, more) => post(addressOf(call), { do: what, ...more }, { headers: bearing(call) });

// On the way out there is no time to wait for an answer.
export const leaveBehind = (call) => {
  const headers = { ...JSON_BODY, ...bearing(call) };
  nameless(addressOf(call), { method: "POST", body: padded({ do: "leave" }, BUCKET), headers, keepalive: true }).catch(() => {});
};
