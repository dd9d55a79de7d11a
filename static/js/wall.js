// Keeps the code on the wall the one of now. The server tells the code and the seconds; no
// clock of this computer is asked, and no later code is known here.
const wall = document.querySelector("[data-wall]");
const away = document.querySelector("[data-away]");
const EVERY = 5;
// Half a minute of grace after its own: then a code that could not be renewed is none.
const GRACE = 30;
let told = performance.now();
let isAsking = false;

async function ask() {
  if (isAsking) return;
  isAsking = true;
  try {
    const answer = await fetch(wall.dataset.wall, { cache: "no-store" });
    // Signed out meanwhile: the page itself leads to the sign-in.
    if (answer.redirected) location.reload();
    else if (answer.ok) show(await answer.text());
  } catch {
    // The line is away: the next second asks again.
  }
  isAsking = false;
}

function show(now) {
  wall.innerHTML = now;
  told = performance.now();
  away.hidden = true;
}

function tick() {
  const gone = (performance.now() - told) / 1000;
  const seconds = wall.querySelector("[data-seconds]");
  const left = seconds ? Number(seconds.dataset.seconds) - gone : EVERY - gone;
  if (seconds) {
    seconds.textContent = Math.max(Math.ceil(left), 0);
    const ring = wall.querySelector("[data-ring]");
    ring.setAttribute("stroke-dasharray", `${Math.max(left, 0)} ${ring.dataset.ring}`);
    const isOver = left < -GRACE;
    wall.querySelector("[data-good]").hidden = isOver;
    away.hidden = !isOver;
  }
  if (left <= 0 || gone >= EVERY) ask();
}

setInterval(tick, 1000);
