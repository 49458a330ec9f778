// For Today and the plan: the chosen steps that fall on these days. It reads what is open on this device, and tells nobody.
import { isDue } from "./hard_days.js";

// A list of {section, what, step}: the path, the code of what happened (empty: not said), the code of the step.
export const due = async (vault) => [...await vault.readAll("hard")].flatMap(([section, { body }]) =>
  Object.entries(body.steps).filter(([, step]) => isDue(step)).map(([step]) => ({ section, what: body.what, step })));
