// The one Trusted Types policy of our own: it lets through exactly the workers and the service worker this page named.
const named = [...document.querySelectorAll("script[data-worker]")].flatMap(({ dataset }) => [dataset.worker, dataset.vault]);
const allowed = new Set([...named, "/sw.js"]);
const check = (url) => { if (allowed.has(url)) return url; throw new TypeError("not one of ours"); };

export const trusted = globalThis.trustedTypes?.createPolicy("peerwork", { createScriptURL: check }) ?? { createScriptURL: check };
