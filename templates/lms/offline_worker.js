// Shows the register of a session when the line is away. It keeps nothing of anybody's: only an
// empty register and the files it needs. What is filled in lies sealed in the device's own store.
const AWAY = "{% url 'lms:offline_register' %}";
const REGISTER = /\/sessions\/\d+\/(scan\/)?$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const isRegister = request.mode === "navigate" && REGISTER.test(new URL(request.url).pathname);
  if (request.method !== "GET" && !isRegister) return;
  event.respondWith(fetch(request).catch(() => kept(isRegister ? AWAY : request)));
});

async function kept(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
}
