// Keeps the look of the house and a few pages for when there is no network, on a phone its owner said is theirs.
// What is sealed is kept by the vault itself, as ciphertext (vault/store.js).
// Nothing is kept on a shared phone: ui/offline.js starts this only where the person chose it.
const CACHE = "{{ version|escapejs }}";
const KEPT = {{ kept|safe }};

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => skipWaiting()));
});
addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => clients.claim()));
});

// Pages that may be opened without a network. A page made while signed out is never kept.
const OFFLINE = ["/", "/now/", "/talk/", "/mine/plan/", "/mine/hard/", "/mine/check-in/", "/themes/"];
// What was opened once with a connection: the questions of a consultation.
const A_CONSULTATION = /^\/consultations\/[0-9a-f-]{36}\/$/;
const pathOf = ({ url }) => new URL(url).pathname;
const isKept = (request) => request.mode === "navigate" && (OFFLINE.includes(pathOf(request)) || A_CONSULTATION.test(pathOf(request)));

// Whoever left wants nothing kept, not even what is still on its way.
let left = false;
const forget = async () => {
  for (const name of await caches.keys()) await caches.delete(name);
};
addEventListener("message", ({ data }) => {
  left = data === "forget";   // "keep": somebody signed in again (ui/offline.js)
  if (!left) return;
  forget();
  registration.unregister();
});
const put = async (name, answer) => {
  if (!left) await (await caches.open(CACHE)).put(name, answer);
  if (left) await forget();
};
const keep = async (path, answer) => {
  if (answer.ok && answer.headers.get("X-Keep")) await put(path, answer);
};
// Whoever opens Today will need the rest where there is no network, and may never have opened it before.
const keepTheRest = () => Promise.all(OFFLINE.slice(1).map(async (path) => (await caches.match(path)) ?? keep(path, await fetch(path))));

const fresh = async (request) => {
  const answer = await fetch(request);
  if (isKept(request)) keep(pathOf(request), answer.clone()).then(keepTheRest).catch(() => {});
  return answer;
};
const kept = async (request) =>
  (await caches.match(isKept(request) ? pathOf(request) : request)) ?? (request.mode === "navigate" ? caches.match("/offline/") : Response.error());

// Scripts are kept when a page first uses them. Their names change with every change, so a kept one is never too old.
const used = async (request) => {
  const had = await caches.match(request);
  if (had) return had;
  const answer = await fetch(request);
  if (answer.ok) put(request, answer.clone());
  return answer;
};

// A knock has nothing in it, and what it shows says nothing: the name of the network. Where the page is open, that rings, and the
// notice goes at once. Without one, Apple's service would knock no more after the third time.
const ON_CALL = "/line/on/";
const onCall = async () => (await clients.matchAll({ type: "window" })).filter((page) => pathOf(page) === ON_CALL);
const knocked = async () => {
  const silent = (await onCall()).some(({ visibilityState }) => visibilityState === "visible");
  await registration.showNotification("{{ network.public_name|escapejs }}", { tag: "knock", renotify: true, silent });
  if (silent) for (const one of await registration.getNotifications({ tag: "knock" })) one.close();
};
addEventListener("push", (event) => event.waitUntil(knocked()));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(onCall().then(([page]) => page ? page.focus() : clients.openWindow(ON_CALL)));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || pathOf(request).match(/^\/(?:[av]|live)\//)) return;
  const isStatic = pathOf(request).startsWith("/static/");
  event.respondWith(isStatic ? used(request) : fresh(request).catch(() => kept(request)));
});
