// Whoever waits may rather be rung back: a number, sealed on this device.
import { tell } from "./box.js";
import { onPress, part } from "./page.js";

const form = document.querySelector("[data-step=waiting] [data-back-form]");

// `now` has the call, and to whom a number is sealed: somebody else may be on duty since they asked.
export const ratherBack = (now, then) => onPress(form, part(form, "says"), async () => {
  const { sealedNumber } = await import("./number.js"), { call, recipients } = await now();
  await tell(call, "back", { sealed: await sealedNumber(part(form, "number").value, recipients) });
  form.reset();
  then();
}, "submit");
