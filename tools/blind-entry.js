// What draws tokens: blind signatures (RFC 9474), bundled once by `make vendor`.
export { RSABSSA } from "@cloudflare/blindrsa-ts";
