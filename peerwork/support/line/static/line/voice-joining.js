// The way between two devices, through the relay alone. Either side may look for it anew when it is lost.
import { candidateOf, descriptionOf, factsOf, placeOf } from "./voice-words.js";

const RELAY_ONLY = { iceTransportPolicy: "relay", bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" };

// `onState` is told connected, disconnected or failed; `onSound` gets the other's voice.
export const joined = ({ send, relay, polite, sound, onState, onSound }) => {
  const line = new RTCPeerConnection(RELAY_ONLY);
  let making = false, looking = false;

  // What lets us into the relay lasts ten minutes, so it is asked for whenever a way is looked for.
  const prepare = async () => {
    const { urls, username, credential } = await relay();
    line.setConfiguration({ ...RELAY_ONLY, iceServers: [{ urls, username, credential }] });
  };
  const speak = () => {
    if (line.getSenders().every(({ track }) => !track)) for (const track of sound.getTracks()) line.addTrack(track, sound);
  };
  const describe = async () => {
    await line.setLocalDescription();
    send({ describes: factsOf(line.localDescription) });
  };

  const take = async ({ describes, place }) => {
    if (place) return line.addIceCandidate(candidateOf(place));
    const description = descriptionOf(describes), offers = description.type === "offer";
    if (offers && !polite && (making || line.signalingState !== "stable")) return undefined;   // theirs gives way to ours
    if (offers) await prepare();
    await line.setRemoteDescription(description);
    speak();
    return offers && describe();
  };

  line.addEventListener("negotiationneeded", async () => {
    if (!line.getTransceivers().length) return;   // only the relay was changed
    making = true;
    try { await describe(); } catch { onState("failed"); } finally { making = false; }
  });
  line.addEventListener("icecandidate", ({ candidate }) => {
    const place = placeOf(candidate);
    if (place) send({ place });
  });
  line.addEventListener("connectionstatechange", () => onState(line.connectionState));
  line.addEventListener("track", ({ track }) => onSound(new MediaStream([track])));

  // One after the other, as they were said. What is not as it should be, or is about a way that was given up, changes nothing.
  let last = prepare().then(() => polite || speak()).catch(() => onState("failed"));
  const next = (work) => (last = last.then(work).catch(() => {}));

  return {
    hears: (said) => next(() => take(said)),
    // One try at a time. Where what we described before may have been lost on its way, it is described anew.
    again: () => {
      if (looking) return;
      looking = true;
      next(async () => {
        await prepare();
        if (!polite) speak();
        line.restartIce();
        if (line.signalingState === "have-local-offer") await describe();
      }).finally(() => { looking = false; });
    },
    close: () => line.close(),
  };
};
