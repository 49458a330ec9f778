// Talking aloud beside writing, where the network has a relay. Each talk has its own: nothing of one is left for the next.
import { piece } from "./page.js";

const place = document.querySelector("[data-aloud]");
let voice;

export const hush = () => {
  voice?.end();
  voice = undefined;
  place.replaceChildren();
};

// `relay` asks for what lets this side into the relay: it lasts ten minutes, and a talk may be longer. None: there is no relay.
export const aloud = async (talk, relay) => {
  hush();
  if (!relay) return;
  const { startVoice } = await import("./voice.js"), mount = piece("voice");
  place.append(mount);
  const theirs = { send: talk.send, on: (kind, work) => talk.on(kind, (said, isMine) => isMine || work(said)) };
  voice = startVoice(theirs, { relay, mount, polite: talk.side === "asks" });
};
