// Being on call: it rings here, and one press takes it or lets it go by. Nothing on this page says who asks.
import { keepUp } from "./cards.js";
import { kept } from "./kept.js";
import { act, rings } from "./named.js";
import { onPress, part, say, stayAwake, step } from "./page.js";
import { canRing, loudly, mayRing, ring } from "./ringing.js";
import { keepLooking } from "./stream.js";

const page = document.querySelector("[data-on-call]"), says = part(page, "says"), sorry = part(page, "sorry"), here = part(page, "here");
// Where a number was left, it is rung: there is no talk on a page.
const onAPage = ({ way, sealed }) => ["chat", "voice"].includes(way) && !sealed;
let watch, isHere = false;
const rest = () => Promise.all([import("./answering.js"), import("./sealing.js")]);

const take = async (one) => {
  const [{ sit }, { newPair }] = await rest(), { own, key } = await newPair();
  const { box, secret, key: theirs } = await act(one.call, "take", { key });
  ring(0);
  if (!onAPage(one)) return watch.now();
  kept.set({ box, secret, own, key, theirs, call: one.call, way: one.way, side: "answers" });
  return sit(kept.get(), false);
};

const does = (what, more) => async ({ call }) => {
  await act(call, what, more);
  watch.now();
};
const DOES = {
  take, decline: does("decline"), pass: does("pass"), over: does("over"), unreached: does("unreached"), hand: does("hand", { to: null }),
  show: async (one, made) => (await import("./ring_back.js")).show(made, one),
};
const after = { look: () => look(), gone: () => say(says, "elsewhere") };

const look = async () => {
  const now = await rings(), mine = now.mine.filter(({ call }) => call !== kept.get()?.call);
  say(sorry);
  say(part(page, "duty"), now.on ? "on" : "off", { until: now.until_says ?? "" }, "when");
  keepUp(part(page, "rings"), now.rings, ({ way }) => `ring-${way}`, DOES, after);
  keepUp(part(page, "owed"), now.owed, () => "owed", DOES, after);
  keepUp(part(page, "mine"), mine, (one) => onAPage(one) ? "elsewhere" : one.way === "number" ? "by-telephone" : "ringing-back", DOES, after);
  part(page, "quiet").hidden = !now.on || now.rings.length + now.owed.length + mine.length > 0;
  ring(Math.max(0, ...now.rings.map(({ seconds_left: left }) => left)));
  if (now.rings.length) say(says);
  if (kept.get()) (await rest())[0].others(now.others);
  return now.channel;
};
const looks = () => look().catch(({ why }) => {
  if (why === "closed") ring(0);
  say(sorry, why === "closed" ? "closed" : "offline", {}, "note warn");
});

// Where the browser takes the sound back, the button is there again.
const heeds = () => { [here.hidden, part(page, "sound").hidden] = [canRing(), !canRing()]; };
onPress(here, says, async () => {
  isHere = true;
  await mayRing(heeds);
  heeds();
  await rest();
});
part(page, "loud").addEventListener("change", ({ target }) => loudly(target.checked));
onPress(part(page, "nokey"), undefined, () => step("duty"));
onPress(part(page, "on-again"), undefined, () => { step("duty"); watch.now(); });
part(page, "phone")?.addEventListener("toggle", () => import("./phone.js"), { once: true });
stayAwake(() => isHere || Boolean(kept.get()));

watch = keepLooking(looks);
const call = kept.get();
if (call?.side === "answers") rest().then(([{ sit }]) => sit(call, true)).catch(() => setTimeout(() => location.reload(), 5_000));
