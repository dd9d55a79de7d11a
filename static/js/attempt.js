// Saves each answer as it is given and shows the time left. The form works without.
const form = document.querySelector("form[data-attempt]");
const saved = form.querySelector("[data-saved]");
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1];
const waiting = new Map();
let turn = Promise.resolve(); // one save after another: none overtakes the one before it

function say(message, isGood) {
  saved.textContent = message;
  saved.classList.toggle("is-late", !isGood);
}

function isAnswered(name) {
  const fields = [...form.querySelectorAll(`[name="${name}"]:not([type="hidden"])`)];
  return fields.some((field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value.trim()));
}

async function save(place) {
  const name = `answer-${place}`;
  const sequence = form.elements[`sequence-${place}`];
  const given = new FormData(form).getAll(name);
  const body = new FormData();
  given.forEach((value) => body.append(name, value));
  body.append(sequence.name, sequence.value);
  sequence.value = Number(sequence.value) + 1;
  const signal = AbortSignal.timeout(20000);
  const request = { method: "POST", body, headers: { "X-CSRFToken": token() }, signal };
  try {
    const reply = await fetch(form.dataset.attempt, request);
    say((await reply.json()).message, reply.ok);
    if (reply.status === 410) location.reload();
    const number = form.querySelector(`.numbers [href="#q${place}"]`);
    if (reply.ok) number.classList.toggle("is-answered", isAnswered(name));
  } catch {
    say(form.dataset.offline, false);
  }
}

function soon(event, delay) {
  const place = event.target.name?.match(/^answer-(\d+)$/)?.[1];
  if (!place) return;
  clearTimeout(waiting.get(place));
  waiting.set(place, setTimeout(() => (turn = turn.then(() => save(place))), delay));
}
form.addEventListener("change", (event) => soon(event, 0));
form.addEventListener("input", (event) => /^text/.test(event.target.type) && soon(event, 1500));
form.addEventListener("submit", () => {
  waiting.forEach((timer) => clearTimeout(timer));
  if (token()) form.elements.csrfmiddlewaretoken.value = token();
});

const timer = form.querySelector("[data-deadline]");
// The server's clock counts; a phone's own may be wrong by hours.
const ahead = Date.now() / 1000 - Number(timer?.dataset.now);
function tick() {
  const { start, deadline } = timer.dataset;
  const left = timer.querySelector("[data-left]");
  const seconds = deadline - (Date.now() / 1000 - ahead);
  left.hidden = seconds > (deadline - start) / 5;
  timer.classList.toggle("is-late", !left.hidden);
  left.textContent = `${left.dataset.words} ${Math.max(Math.ceil(seconds / 60), 0)}`;
  if (seconds > 0) return setTimeout(tick, 1000);
  form.insertAdjacentHTML("beforeend", '<input type="hidden" name="confirmed" value="1">');
  form.requestSubmit();
}
if (timer) tick();
