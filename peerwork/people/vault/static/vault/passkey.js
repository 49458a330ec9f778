// Opens the vault with a passkey: what the device answers becomes an age key in the worker, and is kept nowhere.
import { hold } from "./door.js";
import { keeper } from "./keeper.js";
import { valueOf } from "./device.js";
import { because } from "./working.js";

const notWithThis = () => { throw because("device"); };

export const canAsk = ({ passkeys = [] }) => passkeys.length > 0 && Boolean(globalThis.PublicKeyCredential);

export const byPasskey = async ({ passkeys }) => {
  const { credential, secret } = await valueOf(passkeys.map((one) => one.credential)).catch(notWithThis);
  const { locked } = passkeys.find((one) => one.credential === credential) ?? {};
  if (!secret || !locked) notWithThis();
  await keeper("passkey", { secret, locked }).catch(notWithThis);
  await hold();
};
