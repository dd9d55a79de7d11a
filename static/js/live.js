// Keeps how far a job is up to date. Without it, "Look again" does the same.
const place = document.querySelector("[data-live]");
const state = () => place.querySelector("[data-state]")?.dataset.state;
const atFirst = state();
const EVERY = 2000;

async function ask() {
  try {
    const answer = await fetch(place.dataset.live, { cache: "no-store" });
    // Signed out meanwhile: the page itself leads to the sign-in.
    if (answer.redirected) return location.reload();
    if (answer.ok) place.innerHTML = await answer.text();
  } catch {
    // The line is away: the next time asks again.
  }
  // Other buttons belong to another state.
  if (state() !== atFirst && state() !== "running") return location.reload();
  setTimeout(ask, EVERY);
}

setTimeout(ask, EVERY);
