// Asks on the clock: at every full and half minute while the page is seen, whether or not anything was written or came.
const EVERY = 30_000;
export const onTheClock = (work) => {
  let timer;
  const next = () => { timer = setTimeout(tick, EVERY - (Date.now() % EVERY)); };
  const tick = async () => {
    if (document.visibilityState === "visible") await work();
    next();
  };
  next();
  return () => clearTimeout(timer);
};
