// It rings: two low notes, and the phone in the pocket hums. Whoever is near hears a sound like any other.
const NOTES = [392, 523], EVERY = 2_500, LOUD = 0.12, LENGTH = 0.35;
let sound, timer, falls, isLoud = true;

// Browsers make no sound before somebody pressed something, and some take it back when the phone slept. `heeds` is told of each change.
export const mayRing = async (heeds) => {
  sound ??= new AudioContext();
  sound.onstatechange = heeds;
  await sound.resume();
};
export const canRing = () => sound?.state === "running";
export const loudly = (wanted) => { isLoud = wanted; };

const note = (pitch, at) => {
  const tone = sound.createOscillator(), volume = sound.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
  tone.connect(volume).connect(sound.destination);
  tone.start(at);
  tone.stop(at + LENGTH);
};
const hum = (pattern) => { if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern); };
const once = () => {
  hum([180, 120, 180]);
  if (isLoud && canRing()) NOTES.forEach((pitch, at) => note(pitch, sound.currentTime + at * 0.22));
};

// So long at most, though nothing more is heard: a ring has an end, and a connection may be gone. 0: it is quiet.
export const ring = (seconds) => {
  const isRinging = seconds > 0 && !globalThis.hasLeft;
  clearTimeout(falls);
  if (isRinging) falls = setTimeout(ring, seconds * 1000, 0);
  if (isRinging === Boolean(timer)) return;
  clearInterval(timer);
  timer = isRinging ? setInterval(once, EVERY) : undefined;
  if (isRinging) once();
  else hum(0);
};
// Whoever leaves fast hears nothing more of it, though the next page may take long to come.
addEventListener("leaving", () => { ring(0); sound?.close(); });
