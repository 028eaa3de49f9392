// Keeps the whole book, one cache an edition. EDITION, with its version and files, is written before this.
const PREFIX = `coldwar-lessons ${registration.scope} `;
const CACHE = PREFIX + EDITION.version;

addEventListener("install", (event) => {
  // Past the browser's own cache: what is kept together must be of one edition.
  const fresh = EDITION.files.map((path) => new Request(path, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

addEventListener("activate", (event) => {
  const drop = (names) => Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(drop));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const url = new URL(request.url);
  const page = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
  const kept = await cache.match(new URL(page, url), { ignoreSearch: true });
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    const missing = request.mode === "navigate" && (await cache.match(new URL("404.html", registration.scope)));
    if (missing) return missing;
    throw error;
  }
}
