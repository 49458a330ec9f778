// Keeps the way for the sound open: looks for it anew when it is lost, and gives up in time. There is still the writing.
import { joined } from "./voice-joining.js";

const PATIENCE = 30_000, BREATH = 3_000;

// `tell` is told connecting, on or lost; `giveUp` is called once it is no use.
export const kept = ({ tell, giveUp, ...way }) => {
  let patience, breath, line;
  const calm = () => {
    clearTimeout(patience);
    clearTimeout(breath);
    patience = undefined;
  };
  const wait = (why) => {
    tell(why);
    patience ??= setTimeout(giveUp, PATIENCE);
  };
  const states = {
    connected: () => { calm(); tell("on"); },
    disconnected: () => { wait("lost"); breath = setTimeout(line.again, BREATH); },
    failed: () => { wait("lost"); line.again(); },
  };
  wait("connecting");
  line = joined({ ...way, onState: (state) => states[state]?.() });

  return {
    hears: line.hears,
    close: () => { calm(); line.close(); },
  };
};
