// The microphone: asked for when somebody presses the button, and let go when the sound ends.
const A_VOICE = { audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } };

// Undefined where there is none, or it is not let in.
export const microphone = async () => {
  try { return await navigator.mediaDevices.getUserMedia(A_VOICE); } catch { return undefined; }
};
export const letGo = (sound) => { for (const track of sound?.getTracks() ?? []) track.stop(); };

// It goes on sending, and what it sends is silence. From outside nobody can tell.
export const hush = (sound, isMuted) => { for (const track of sound?.getTracks() ?? []) track.enabled = !isMuted; };
