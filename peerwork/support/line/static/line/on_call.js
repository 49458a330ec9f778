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
  ring(false);
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
const gone = () => { say(says, "elsewhere"); watch.now(); };

const look = async () => {
  const now = await rings(), mine = now.mine.filter(({ call }) => call !== kept.get()?.call);
  say(sorry);
  say(part(page, "duty"), now.on ? "on" : "off", { until: now.until_says ?? "" }, "when");
  keepUp(part(page, "rings"), now.rings, ({ way }) => `ring-${way}`, DOES, gone);
  keepUp(part(page, "owed"), now.owed, () => "owed", DOES, gone);
  keepUp(part(page, "mine"), mine, (one) => onAPage(one) ? "elsewhere" : "ringing-back", DOES, gone);
  part(page, "quiet").hidden = !now.on || now.rings.length + now.owed.length + mine.length > 0;
  ring(now.rings.length > 0);
  if (now.rings.length) say(says);
  if (kept.get()) (await rest())[0].others(now.others);
  return now.channel;
};
const looks = () => look().catch(({ why }) => say(sorry, why === "closed" ? "closed" : "offline", {}, "note warn"));

onPress(here, says, async () => {
  await mayRing();
  [isHere, here.hidden, part(page, "sound").hidden] = [canRing(), canRing(), !canRing()];
  await rest();
});
part(page, "loud").addEventListener("change", ({ target }) => loudly(target.checked));
onPress(part(page, "nokey"), undefined, () => step("duty"));
onPress(part(page, "on-again"), undefined, () => { step("duty"); watch.now(); });
part(page, "phone")?.addEventListener("toggle", () => import("./phone.js"), { once: true });
stayAwake(() => isHere || Boolean(kept.get()));

watch = keepLooking(looks);
const call = kept.get();
if (call?.side === "answers") rest().then(([{ sit }]) => sit(call, true));
