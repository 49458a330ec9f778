// Keeps the look of the house, and Today with your own seats, on a phone its owner said is theirs.
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

// A page that may be opened without a network: Today. A page made while signed out is never kept.
const isToday = (request) => request.mode === "navigate" && new URL(request.url).pathname === "/";

const fresh = async (request) => {
  const answer = await fetch(request);
  if (isToday(request) && answer.ok && answer.headers.get("X-Keep")) (await caches.open(CACHE)).put("/", answer.clone());
  return answer;
};
const kept = async (request) =>
  (await caches.match(isToday(request) ? "/" : request)) ?? (request.mode === "navigate" ? caches.match("/offline/") : Response.error());

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).pathname.match(/^\/[av]\//)) return;
  const isStatic = new URL(request.url).pathname.startsWith("/static/");
  event.respondWith(isStatic ? caches.match(request).then((had) => had ?? fetch(request)) : fresh(request).catch(() => kept(request)));
});
