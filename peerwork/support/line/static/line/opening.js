// The vault, where asking needs it: on a shared phone, and once a month on one's own.
import { step } from "./page.js";

export let vault;
let away = () => {};
export const goBack = () => away();

// Where it was open in this tab a moment ago, it opens by itself. The form is shown once it can be pressed.
const opened = async () => {
  const { whenOpen } = await import("../vault/open.js"), late = setTimeout(() => step("key"), sessionStorage.getItem("held") ? 3_000 : 0);
  const wentBack = new Promise((_, no) => { away = () => no(Object.assign(new Error("back"), { why: "needed" })); });
  try { return await Promise.race([wentBack, new Promise((done) => { whenOpen(done); })]); } finally { clearTimeout(late); }
};

// With this month's tokens in it: a device that was opened a moment ago may not have drawn yet.
export const openVault = async () => {
  vault ??= await opened();
  step("waiting");
  await (await import("../tokens/drawing.js")).draw(vault).catch(() => {});
  return vault;
};
