// Ringing a device whose page is closed: only on a phone its owner said is theirs, where the house has a worker that hears the
// knock (sw.js). The knock is empty, and what shows is the name of the network and nothing else.
import { because } from "./box.js";
import { asked, told } from "./named.js";
import { onPress, part, say } from "./page.js";

const BELLS = "/line/bells/";
const place = document.querySelector("[data-bell]"), [on, off, says] = ["ring-me", "let-me-be", "says"].map((name) => part(place, name));
const worker = await navigator.serviceWorker?.getRegistration();
const here = () => worker.pushManager.getSubscription();

const show = (isOn) => {
  [on.hidden, off.hidden] = [isOn, !isOn];
  say(says, isOn ? "on" : undefined);
};
const begin = async () => {
  if (await Notification.requestPermission() !== "granted") throw because("refused");
  await (await here())?.unsubscribe();   // of an older key of the house, it would ring no more
  const { key } = await asked(BELLS);
  const bell = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(() => { throw because("noservice"); });
  try { await told(BELLS, { endpoint: bell.endpoint, on: true }); } catch (error) {
    await bell.unsubscribe();
    throw error;
  }
  show(true);
};
// It is off from this moment, also without a connection. The house then learns of it from the service, at its next knock.
const end = async () => {
  const bell = await here();
  await bell?.unsubscribe();
  if (bell) await told(BELLS, { endpoint: bell.endpoint, on: false }).catch(() => {});
  show(false);
};

if (worker?.pushManager) {
  part(place, "maker").hidden = false;
  show(Boolean(await here()));
  onPress(on, says, begin);
  onPress(off, says, end);
  // Whoever is here has heard it.
  for (const one of await worker.getNotifications()) one.close();
} else say(says, "shared");
