// While answers wait for the line, a reload puts the page back as it is left. This tab keeps it
// and no other; the browser keeps the files it is dressed with. Load after countdown.js.
const FILES = "ustod-attempt-files";

function asShown() {
  for (const field of form.elements) {
    if (/radio|checkbox/.test(field.type)) field.toggleAttribute("checked", field.checked);
    else if (field.tagName === "TEXTAREA") field.textContent = field.value;
    else if (field.tagName === "INPUT") field.setAttribute("value", field.value);
    else if (field.tagName === "SELECT") {
      for (const one of field.options) one.toggleAttribute("selected", one.selected);
    }
  }
  form.dataset.isBack = "";
  timer.dataset.now = performance.now() / 1000 + ahead;
  timer.dataset.deadline = deadline || "";
  return `<!doctype html>${document.documentElement.outerHTML}`;
}

addEventListener("pagehide", () => {
  if (!unsent.size) return;
  try {
    sessionStorage.setItem(`ustod-page:${location.pathname}`, asShown());
  } catch {
    // Too big for this browser: the answers are kept all the same.
  }
});

async function makeReady({ worker, away, back }) {
  const dressed = document.querySelectorAll("link[rel=stylesheet], script[src], use");
  const files = [...dressed].map((one) => one.src ?? one.getAttribute("href").split("#")[0]);
  await navigator.serviceWorker.register(worker);
  await caches.delete(FILES);
  const cache = await caches.open(FILES);
  await cache.addAll([away, back, ...new Set(files)]);
}
const isOnline = form.dataset.isBack === undefined;
if (isOnline && "serviceWorker" in navigator) makeReady(form.dataset).catch(() => {});
