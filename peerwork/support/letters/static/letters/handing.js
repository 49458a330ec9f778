// What another page wants shown to somebody waits in this tab, and is taken out of it as soon as the vault is open.
import { whenOpen } from "../vault/open.js";
import { showToSomebody } from "./show.js";

whenOpen(async (vault) => {
  const waits = sessionStorage.getItem("to-show");
  sessionStorage.removeItem("to-show");
  if (waits) await showToSomebody(vault, JSON.parse(waits));
});
