// Shows a page of an attempt again when the line is away. It keeps nothing of anybody's: only the
// files that every such page needs, and an empty page that the tab fills by itself.
const AWAY = "{% url 'lms:line_away' %}";
const QUESTIONS = /\/attempts\/\d+\/$/;

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const isPage = request.mode === "navigate" && QUESTIONS.test(new URL(request.url).pathname);
  event.respondWith(fetch(request).catch(() => kept(isPage ? AWAY : request)));
});

async function kept(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
}
