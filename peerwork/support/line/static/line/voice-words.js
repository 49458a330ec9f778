// What one side tells the other about its sound: a few short facts, never an SDP as the browser wrote it.
// So no address of a device can stand in it, whatever a browser puts there, and nothing the other side makes up gets into ours.
// All of it goes sealed with the keys of the talk. Whoever carries it cannot put another fingerprint in, and so cannot sit in
// between: the words that are read aloud vouch for the sound too.

// A voice of always the same size: as many bytes for silence as for crying, with the microphone off too. 120 bytes, 25 times a second.
const SAME_SIZE = "cbr=1;usedtx=0;useinbandfec=0;stereo=0;sprop-stereo=0;maxaveragebitrate=24000;minptime=40";
const LASTS = 40;

const FACTS = {
  mid: /^a=mid:(\w{1,16})$/m,
  codec: /^a=rtpmap:(\d{2,3}) opus\/48000\/2$/m,
  ufrag: /^a=ice-ufrag:([\w+/]{4,256})$/m,
  pwd: /^a=ice-pwd:([\w+/]{22,256})$/m,
  fingerprint: /^a=fingerprint:sha-256 ((?:[\dA-F]{2}:){31}[\dA-F]{2})$/m,
  setup: /^a=setup:(actpass|active|passive)$/m,
};
const KINDS = ["offer", "answer"];

const found = (text) => Object.fromEntries(Object.entries(FACTS).map(([name, shape]) => [name, text.match(shape)[1]]));

export const factsOf = ({ type, sdp }) => ({ type, ...found(sdp.replaceAll("\r", "")) });

let version = 0;

// Says nothing of how loud anybody is beside the sealed sound (RFC 6464), nor of how fast the line is: no extension is agreed on.
const written = ({ mid, codec, ufrag, pwd, fingerprint, setup }) => [
  "v=0", `o=- 1 ${version += 1} IN IP4 0.0.0.0`, "s=-", "t=0 0", `a=group:BUNDLE ${mid}`,
  `m=audio 9 UDP/TLS/RTP/SAVPF ${codec}`, "c=IN IP4 0.0.0.0", `a=mid:${mid}`, "a=sendrecv", "a=rtcp-mux", "a=ice-options:trickle",
  `a=ice-ufrag:${ufrag}`, `a=ice-pwd:${pwd}`, `a=fingerprint:sha-256 ${fingerprint}`, `a=setup:${setup}`,
  `a=rtpmap:${codec} opus/48000/2`, `a=fmtp:${codec} ${SAME_SIZE}`, `a=ptime:${LASTS}`, `a=maxptime:${LASTS}`,
];

// What the other side said is read as ours is: by the shape of each fact. Throws at anything else.
export const descriptionOf = (facts) => {
  const { type } = facts, sdp = (of) => `${written(of).join("\r\n")}\r\n`;
  if (!KINDS.includes(type)) throw new Error("neither an offer nor an answer");
  return { type, sdp: sdp(found(sdp(facts).replaceAll("\r", ""))) };
};

const PLACE = { priority: /^\d{1,10}$/, address: /^[\da-f.:]{2,45}$/i, port: /^\d{1,5}$/, ufrag: /^[\w+/]{4,256}$/ };

const isPlace = (place) => Object.entries(PLACE).every(([name, shape]) => shape.test(place[name]));

// Where a side can be reached: at the relay, and nowhere else. Undefined for every other place a browser may come up with.
export const placeOf = (candidate) => {
  const { type, protocol, priority, address, port, usernameFragment: ufrag } = candidate ?? {};
  const place = { priority, address, port, ufrag };
  return type === "relay" && protocol === "udp" && isPlace(place) ? place : undefined;
};

// Throws at what is no such place. It is written anew as one at a relay, and our own relay carries to itself alone.
export const candidateOf = (place) => {
  if (!isPlace(place)) throw new Error("no place at a relay");
  const { priority, address, port, ufrag } = place;
  return { candidate: `candidate:1 1 udp ${priority} ${address} ${port} typ relay raddr 0.0.0.0 rport 0 ufrag ${ufrag}`, sdpMLineIndex: 0, usernameFragment: ufrag };
};
