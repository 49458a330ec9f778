// Talking aloud, beside writing. Both sides press a button, each for themselves, and nobody hears anything before that.
//   talk    send({ kind: "signal", … }) and on("signal", work): sealed, in the order they were said (talk.js)
//   relay   gives { urls, username, credential }. It is asked whenever a way is looked for: they last ten minutes
//   mount   line/voice.html
// Gives back { end }: for when the talk is over.
import { kept } from "./voice-keeping.js";
import { hush, letGo, microphone } from "./voice-microphone.js";
import { shownIn } from "./voice-showing.js";

export const startVoice = (talk, { relay, mount, polite = talk.side === "asks" }) => {
  const page = shownIn(mount), audio = new Audio();
  // `mine` and `theirs`: this attempt of each side, by lot. What was said in an earlier one is let go.
  let mine, theirs, sound, line;

  const send = (said) => talk.send({ kind: "signal", ...said }).catch(() => {});   // what does not get through ends by itself (voice-keeping.js)
  const close = (why) => {
    line?.close();
    letGo(sound);
    [mine, sound, line, audio.srcObject] = [undefined, undefined, undefined, null];
    page.show(false);
    page.tell(why);
  };
  const stop = (why) => { send({ voice: "over" }); close(why); };
  const connect = () => {
    const to = theirs;
    line?.close();
    line = kept({
      polite, sound, tell: page.tell, relay: async () => relay(), send: (said) => send({ to, ...said }), giveUp: () => stop("failed"),
      onSound: (heard) => { audio.srcObject = heard; audio.play().catch(() => {}); },
    });
  };

  const ready = (from) => {
    const isAnew = from !== theirs;
    theirs = from;
    if (line && isAnew) send({ voice: "ready", from: mine });   // their page was made anew, and knows nothing of us
    if (sound && isAnew) connect(); else if (!mine) page.tell("ready");
  };
  const over = () => {
    theirs = undefined;
    if (line) stop("over");
    else if (mine || page.state() === "ready") page.tell(mine ? "waits" : "");
  };
  talk.on("signal", ({ voice, from, to, ...said }) => {
    if (voice === "ready") ready(from);
    else if (voice === "over") over();
    else if (to === mine) line?.hears(said);
    else if (!page.state()) page.tell("ready");   // our page was made anew, and they still look for us
  });

  page.begin.addEventListener("click", async () => {
    const now = mine = crypto.randomUUID();
    page.setMuted(false);
    page.show(true);
    page.tell("asks");
    const got = await microphone();
    if (now !== mine) return letGo(got);   // they thought better of it
    if (!got) return close("refused");
    hush(sound = got, page.isMuted());
    send({ voice: "ready", from: mine });
    return theirs ? connect() : page.tell("waits");
  });
  page.mute.addEventListener("click", () => {
    page.setMuted(!page.isMuted());
    hush(sound, page.isMuted());
  });
  page.end.addEventListener("click", () => stop("over"));
  return { end: () => close("") };
};
