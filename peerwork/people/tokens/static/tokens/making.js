// Tokens are made here, signed unseen, and uncovered here (RFC 9474). Loaded only where there is something to draw.
import { RSABSSA } from "../vendor/blind.js";
import { ascii, fromUrl, toUrl } from "./bytes.js";
import { anotherKey, keyOf } from "./keys.js";
import { DOC } from "./tokens.js";

const suite = RSABSSA.SHA384.PSS.Randomized();

const one = async (round, key) => {
  const msg = suite.prepare(ascii(`peerwork/1 ${round.id}`)), { blindedMsg, inv } = await suite.blind(key, msg);
  return { msg: toUrl(msg), blinded: toUrl(blindedMsg), inv: toUrl(inv) };
};

// Into the vault before anything is sent: whatever stops after that, the same batch is sent again.
const begin = async (vault, round, key) => {
  const body = { made: [], fingerprint: round.fingerprint, closes: round.closes };
  for (let many = 0; many < round.tokens; many += 1) body.made.push(await one(round, key));
  try { return { body, version: await vault.write(DOC, round.id, body) }; } catch (error) {
    if (error.why === "changed" && error.theirs) return error.theirs;   // another device began in this moment
    throw error;
  }
};

const signed = async ({ id }, made) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value };
  const body = JSON.stringify({ blinded: made.map(({ blinded }) => blinded) });
  const answer = await fetch(`/tokens/${encodeURIComponent(id)}/`, { method: "POST", headers, body, cache: "no-store", redirect: "error" });
  return answer.ok ? answer.json() : {};
};

const uncovered = async (key, { msg, inv }, signature) =>
  ({ msg, sig: toUrl(await suite.finalize(key, fromUrl(msg), fromUrl(signature), fromUrl(inv))) });

// A signature that does not fit the key everybody sees is another key's. Where this device's batch was not the first one,
// the first was in a vault that is gone, and its tokens are gone with it.
const finish = (key, made, { signatures, first }) => first
  ? Promise.all(made.map((each, at) => uncovered(key, each, signatures[at]))).catch(() => { throw anotherKey(); })
  : [];

export const drawFor = async (vault, round, had) => {
  const key = await keyOf(round), { body, version } = had ?? await begin(vault, round, key);
  if (body.tokens) return;
  const answer = await signed(round, body.made);
  if (!answer.signatures) return;
  const tokens = await finish(key, body.made, answer), { fingerprint, closes } = body;
  await vault.write(DOC, round.id, { tokens, fingerprint, closes }, version).catch((error) => { if (error.why !== "changed") throw error; });
};
