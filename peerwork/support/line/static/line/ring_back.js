// A number to ring back: opened on this device by whoever is on duty, and shown here alone. The server never reads it.
import { whenOpen } from "../vault/open.js";
import { because } from "./box.js";
import { openedNumber } from "./number.js";
import { part, step } from "./page.js";

const opened = new Promise((done) => { whenOpen(done); });

export const show = async (made, { call, sealed }) => {
  const bar = document.getElementById("vault-bar");
  if (bar.hidden) step("key");
  const vault = await opened;
  step("duty");
  const { number, dial } = await openedNumber(vault, sealed);
  if (!number) throw because("notmine");
  const link = part(made, "number");
  [link.textContent, link.href, link.hidden] = [number, `tel:${number.replace(/[^+\d]/g, "")}`, false];
  part(made, "show").hidden = true;
  if (dial) await (await import("./by_telephone.js")).throughTheLine(made, { call, number, dial, vault });
};
