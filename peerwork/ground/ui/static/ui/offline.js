// On a phone its owner said is theirs, Today opens without a network too. On a shared phone nothing is kept.
const here = document.querySelector("script[data-keep]").dataset;
const policy = globalThis.trustedTypes?.createPolicy("peerwork", { createScriptURL: () => "/sw.js" });

if ("serviceWorker" in navigator) {
  if (here.keep) {
    navigator.serviceWorker.register(policy ? policy.createScriptURL("/sw.js") : "/sw.js");
    navigator.serviceWorker.ready.then(({ active }) => active.postMessage("keep"));
  } else for (const had of await navigator.serviceWorker.getRegistrations()) had.unregister();
}
