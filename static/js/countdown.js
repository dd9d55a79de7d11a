// The time left by the server's clock, which each save tells again: a phone's own may be wrong
// by hours or be changed meanwhile. Load after saving.js.
const timer = form.querySelector("[data-deadline]");
const left = timer.querySelector("[data-left]");
const start = Number(timer.dataset.start);
let deadline = Number(timer.dataset.deadline);
let ahead = Number(timer.dataset.now) - performance.now() / 1000;
let ticking;

function follow(told) {
  if (!told.now) return;
  deadline = told.deadline;
  // An answer takes its time on the way: the latest clock is the truest.
  ahead = Math.max(ahead, told.now - performance.now() / 1000);
  timer.hidden = !deadline;
  timer.querySelector("[data-until]").textContent = told.until;
  tick();
}

function tick() {
  clearTimeout(ticking);
  if (!deadline) return;
  const seconds = deadline - (performance.now() / 1000 + ahead);
  left.hidden = seconds > (deadline - start) / 5;
  timer.classList.toggle("is-late", !left.hidden);
  const text = `${left.dataset.words} ${Math.max(Math.ceil(seconds / 60), 0)}`;
  if (left.textContent !== text) left.textContent = text;
  // Without a line the page would be lost; what is kept goes when it is back.
  if (seconds > 0 || !navigator.onLine) ticking = setTimeout(tick, 1000);
  else handIn();
}

function handIn() {
  form.insertAdjacentHTML("beforeend", '<input type="hidden" name="time_is_up" value="1">');
  form.requestSubmit();
}

form.addEventListener("told", (event) => follow(event.detail));
// A phone that slept has a clock that stood still.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") post(new FormData()).catch(() => {});
});
tick();
