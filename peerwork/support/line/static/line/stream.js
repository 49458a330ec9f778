// Looks again whenever something happened. The stream only says that, and never what. Where it is refused, there is a look
// every five seconds.
const PLAINLY = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error" };
const EVERY = 5_000, SILENT = 45_000;

// Read by hand and not as an EventSource: that would send this browser's cookie along.
const listen = async (channel, signal, heard) => {
  const answer = await fetch(`/live/${channel}/`, { ...PLAINLY, signal });
  if (!answer.ok) throw new Error("no stream");
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = `${rest}${value}`.split("\n\n");
    rest = events.pop();
    heard(events.some((event) => event.includes("event: look")));
  }
};

// `look` answers with the channel to listen on. One look at a time; what happens meanwhile is looked at after it.
export const keepLooking = (look) => {
  const watch = new AbortController();
  let channel, stream, live = false, last = 0, busy = false, again = false;

  const now = async () => {
    if (watch.signal.aborted || busy) return void (again = !watch.signal.aborted);
    busy = true;
    const found = await look().catch(() => undefined);
    busy = false;
    if (watch.signal.aborted) return;
    if (found) follow(found);
    if (again) { again = false; now(); }
  };
  const heard = (isLook) => {
    [live, last] = [true, performance.now()];
    if (isLook) now();
  };
  const begin = () => {
    stream = new AbortController();
    [live, last] = [false, performance.now()];
    const mine = stream;
    listen(channel, mine.signal, heard).catch(() => {}).finally(() => { if (stream === mine) [live, stream] = [false, undefined]; });
  };
  const follow = (to) => {
    if (to !== channel) { stream?.abort(); stream = undefined; }
    channel = to;
    if (channel && !stream) begin();
  };

  const beat = setInterval(() => {
    if (live && performance.now() - last > SILENT) { stream?.abort(); [live, stream] = [false, undefined]; }
    if (!live) now();
  }, EVERY);
  for (const sign of ["visibilitychange", "online", "pageshow"]) addEventListener(sign, now, watch);
  const stop = () => { watch.abort(); clearInterval(beat); stream?.abort(); };
  addEventListener("leaving", stop, watch);
  now();
  return { now, stop };
};
