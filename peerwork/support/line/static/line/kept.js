// What this tab has of a call while it lasts: enough to come back to it when the phone slept or the page was made anew. It is
// gone at the end, with the tab, and when somebody leaves fast (ui/leave.js clears it).
const NAME = "line";

export const kept = {
  get: () => JSON.parse(sessionStorage.getItem(NAME) ?? "null") ?? undefined,
  set: (call) => { if (!globalThis.hasLeft) sessionStorage.setItem(NAME, JSON.stringify(call)); },
  forget: () => sessionStorage.removeItem(NAME),
  // A number for each sealed piece, written down before it is used: none is ever used twice, whatever happens to the page.
  next: () => {
    const call = kept.get(), number = (call?.number ?? 0) + 1;
    kept.set({ ...call, number });
    return number;
  },
};
