// Bytes as text in a body (base64url, RFC 4648), and the sum that stands on the board.
export const ascii = (text) => new TextEncoder().encode(text);

export const toUrl = (bytes) =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
export const fromUrl = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const toHex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
export const sumOf = async (bytes) => toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));

// A body as JSON, as long as others: a whole number of `size` bytes, so that what it says does not show in its length.
export const padded = (content, size) => {
  const bare = JSON.stringify({ ...content, pad: "" }), over = ascii(bare).length % size;
  return `${bare.slice(0, -2)}${"0".repeat((size - over) % size)}"}`;
};
