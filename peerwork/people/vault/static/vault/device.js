// What a passkey gives for opening: its PRF value (WebAuthn level 3). Asked for by itself, never while signing in, because the
// answer of a sign-in is sent. Of this answer nothing is: it is not even written down as text.
const here = document.querySelector("script[data-salt]").dataset;

const fromText = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const first = async () => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`peerwork/1 open|${here.salt}`)));

// Which of these passkeys answered, and its 32 bytes. Without a value: a device that cannot.
export const valueOf = async (credentials) => {
  const publicKey = {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    allowCredentials: credentials.map((id) => ({ type: "public-key", id: fromText(id) })),
    userVerification: "required",
    extensions: { prf: { eval: { first: await first() } } },
  };
  const found = await navigator.credentials.get({ publicKey });
  const value = found.getClientExtensionResults().prf?.results?.first;
  return { credential: found.id, secret: value && new Uint8Array(value) };
};
