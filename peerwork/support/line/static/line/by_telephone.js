// A number that came by telephone: the line itself can dial it, so that nobody sees the number of whoever rings back. And there may
// be words left after the tone, sealed to those on duty: opened on this device, heard here, and then gone.
import { because } from "./box.js";
import { told } from "./named.js";
import { onPress, part, say } from "./page.js";

// The gateway takes what it is to dial within a second or two. After so long nobody is there to take it.
const A_WHILE = 6_000;
const aWhile = () => new Promise((done) => { setTimeout(done, A_WHILE); });

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

// `byHand` shows the number after all, where the line says that it cannot ring it.
const dialled = async (address, content, { says, byHand }) => {
  await told(address, content).catch((error) => {
    if (error.why === "notnow") byHand();
    throw error;
  });
  say(says, "dials");
  await aWhile();
  if (!(await told(address, undefined, "DELETE")).waited) return;
  byHand();
  throw because("nobodydials");
};

export const throughTheLine = async (made, { call, number, dial, vault, byHand }) => {
  const of = `/line/calls/${call}`, says = part(made, "says");
  await hear(made, `${of}/message/`, vault);
  part(made, "through").hidden = false;
  onPress(part(made, "dial"), says, () => dialled(`${of}/ring-back/`, { number, dial }, { says, byHand }));
};
