// My plan: opened on this device, written here, and sealed before it leaves. The page itself holds only questions.
import { whenLocked, whenOpen } from "../vault/open.js";
import { partOf } from "./plan_part.js";

const parts = [...document.querySelectorAll("[data-section]")].map(partOf);

whenOpen(async (vault) => {
  const found = await vault.readAll("plan");
  for (const part of parts) part.fill(vault, found.get(part.code), found.troubles.find(({ section }) => section === part.code));
  addEventListener("online", async () => {
    await vault.send().catch(() => {});
    for (const part of parts) await part.catchUp(vault);
  });
});

// What is still being written is kept first. The page that comes after a lock is a new one.
whenLocked(() => Promise.all(parts.map((part) => part.settle())));

// The same on the way to another page. What cannot be kept is asked about; leaving fast asks nothing, for then no part is on the screen.
const isUnkept = () => parts.some((part) => part.isUnkept());
addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !isUnkept()) return;
  event.preventDefault();
  await Promise.all(parts.map((part) => part.keep()));
  location.assign(link.href);
});
addEventListener("beforeunload", (event) => { if (isUnkept()) event.preventDefault(); });
