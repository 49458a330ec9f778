// The tokens in the vault: drawn once for each round, in the same number by everybody. Which are spent stands nowhere in it.
import { fromUrl, sumOf } from "./bytes.js";

export const DOC = "tokens";
const KEPT = 30 * 86_400_000;   // so long after the end somebody may still look for theirs on the board

export const tokensFor = async (vault, round) => (await vault.read(DOC, round))?.body.tokens ?? [];
export const markOf = (msg) => sumOf(fromUrl(msg));
export const isLongOver = (closes) => Date.now() > new Date(`${closes}T12:00`).getTime() + KEPT;
