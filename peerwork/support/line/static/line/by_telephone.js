// A number that came by telephone: the line itself can dial it, so that nobody sees the number of whoever rings back. And there may
// be words left after the tone, sealed to those on duty: opened on this device, heard here, and then gone.
import { because } from "./box.js";
import { told } from "./named.js";
import { onPress, part, say } from "./page.js";

const messageOf = async (address) => {
  const answer = await fetch(address, { cache: "no-store", redirect: "manual" }).catch(() => { throw because("offline"); });
  if (answer.status === 404) return undefined;   // nothing was said after the tone
  if (!answer.ok) throw because("failed");
  return new Uint8Array(await answer.arrayBuffer());
};

const hear = async (made, address, vault) => {
  const sealed = await messageOf(address);
  if (!sealed) return;
  const sound = made.querySelector("audio"), words = part(made, "words-left");
  sound.src = URL.createObjectURL(new Blob([await vault.raw(sealed)], { type: "audio/wav" }));
  words.hidden = false;
  onPress(part(made, "heard"), part(made, "says"), async () => {
    await told(address, undefined, "DELETE");
    sound.pause();
    URL.revokeObjectURL(sound.src);
    sound.removeAttribute("src");
    words.hidden = true;
    say(part(made, "says"), "wordsgone");
  });
};

export const throughTheLine = async (made, { call, number, dial, vault }) => {
  const of = `/line/calls/${call}`, says = part(made, "says");
  part(made, "through").hidden = false;
  onPress(part(made, "dial"), says, async () => {
    await told(`${of}/ring-back/`, { number, dial });
    say(says, "dials");
  });
  await hear(made, `${of}/message/`, vault);
};
