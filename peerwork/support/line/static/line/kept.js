// What this tab has of a call while it lasts: enough to come back to it when the phone slept or the page was made anew. It is
// gone at the end, with the tab, and when somebody leaves fast (ui/leave.js clears it). A browser may write it to disk until then.
const NAME = "line";

export const kept = {
  get: () => JSON.parse(sessionStorage.getItem(NAME) ?? "null") ?? undefined,
  set: (call) => { if (!globalThis.hasLeft) sessionStorage.setItem(NAME, JSON.stringify(call)); },
  // Of a call that is over, nothing is kept, however late it comes.
  add: (more) => { const call = kept.get(); if (call) kept.set({ ...call, ...more }); },
  forget: () => sessionStorage.removeItem(NAME),
};
