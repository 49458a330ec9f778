// Talking aloud beside writing, where the network has a relay. Each talk has its own: nothing of one is left for the next.
import { piece } from "./page.js";
import { startVoice } from "./voice.js";

const place = document.querySelector("[data-aloud]");
let voice;

export const hush = () => {
  voice?.end();
  voice = undefined;
  place.replaceChildren();
};
// Whoever leaves fast is neither heard nor hears, however long the next page takes to come.
addEventListener("leaving", hush);

// `relay` asks for what lets this side into the relay: it lasts ten minutes, and a talk may be longer. None: there is no relay.
export const aloud = (talk, relay) => {
  hush();
  if (!relay || !globalThis.RTCPeerConnection) return;
  const mount = piece("voice");
  place.append(mount);
  voice = startVoice(talk, { relay, mount });
};
