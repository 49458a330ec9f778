// A number to ring back: opened on this device by whoever is on duty. The server never reads it. Where the line can ring it, no number
// is shown: nobody dials by mistake from a telephone of their own.
import { whenOpen } from "../vault/open.js";
import { because } from "./box.js";
import { openedNumber } from "./number.js";
import { part, step } from "./page.js";

const opened = new Promise((done) => { whenOpen(done); });

const shown = (made, number) => {
  const link = part(made, "number");
  [link.textContent, link.href] = [number, `tel:${number.replace(/[^+\d]/g, "")}`];
  part(made, "direct").hidden = false;
};

export const show = async (made, { call, sealed }) => {
  const bar = document.getElementById("vault-bar");
  if (bar.hidden) step("key");
  const vault = await opened;
  step("duty");
  const { number, dial } = await openedNumber(vault, sealed);
  if (!number) throw because("notmine");
  const byHand = () => shown(made, number);
  if (dial) await (await import("./by_telephone.js")).throughTheLine(made, { call, number, dial, vault, byHand });
  else byHand();
  // Last: what did not come through can be asked for again.
  part(made, "show").hidden = true;
};
