// One page at a time: opened with the old key, sealed to the new one, and opened again to be sure. Away from the page, which stays alive.
import { Decrypter, identityToRecipient } from "../vendor/sealing.js";
import { seal, sumOf } from "../vault/seal.js";
import { checked, signed } from "../vault/written.js";

const opened = (sealed, key) => {
  const opener = new Decrypter();
  opener.addIdentity(key);
  return opener.decrypt(sealed);
};
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

// The mark of whoever wrote a page of the shelf is made with the key, so it is made anew. Nothing else of it is changed.
const marked = async (bytes, { what, where, from, to }) => {
  if (what !== "shelf") return bytes;
  const page = new TextDecoder().decode(bytes), text = await checked(page.trimEnd(), where, from);
  return text ? new TextEncoder().encode((await signed(text, where, to)).padEnd(page.length)) : bytes;
};

// What is in a page is not looked at. What does not open stays as it is.
const carried = async (said) => {
  const { page, from, to } = said, bytes = await opened(page, from).catch(() => undefined);
  if (!bytes) return { sealed: page, closed: true };
  const plain = await marked(bytes, said);
  const sealed = await seal(plain, await identityToRecipient(to));
  if (!same(plain, await opened(sealed, to))) throw new Error("it does not open again");
  return { sealed };
};

onmessage = async ({ data, ports: [back] }) => {
  try {
    const { sealed, closed } = await carried(data);
    back.postMessage({ sealed, closed, before: await sumOf(data.page), after: await sumOf(sealed) });
  } catch { back.postMessage({ failed: true }); }
};
