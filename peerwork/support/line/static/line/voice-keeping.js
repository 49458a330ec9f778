// Keeps the way for the sound open: looks for it anew when it is lost, and gives up in time. There is still the writing.
import { joined } from "./voice-joining.js";

const PATIENCE = 30_000, BREATH = 3_000, EVERY = 7_000;

// `tell` is told connecting, on or lost; `giveUp` is called once it is no use.
export const kept = ({ tell, giveUp, ...way }) => {
  const over = new AbortController();
  let patience, looking, line;
  const calm = () => {
    clearTimeout(patience);
    clearTimeout(looking);
    [patience, looking] = [];
  };
  const wait = (why) => {
    tell(why);
    patience ??= setTimeout(giveUp, PATIENCE);
  };
  // Whatever a try needs of the network may be missing too. So there is another after it, until there is no patience left.
  const again = () => {
    line.again();
    looking = setTimeout(again, EVERY);
  };
  const states = {
    connected: () => { calm(); tell("on"); },
    disconnected: () => { wait("lost"); looking ??= setTimeout(again, BREATH); },
    failed: () => { wait("lost"); clearTimeout(looking); again(); },
  };
  wait("connecting");
  line = joined({ ...way, onState: (state) => states[state]?.() });
  addEventListener("online", () => { if (patience) line.again(); }, over);

  return {
    hears: line.hears,
    close: () => { calm(); over.abort(); line.close(); },
  };
};
