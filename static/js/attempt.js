// Saves each answer as it is given and shows the time that is left. The form works without.
const form = document.querySelector("form[data-attempt]");
const saved = form.querySelector("[data-saved]");
const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1];
const waiting = new Map();

async function save(place) {
  const sequence = form.elements[`sequence-${place}`];
  const answer = new FormData();
  for (const [name, value] of new FormData(form))
    if (name === `answer-${place}`) answer.append(name, value);
  answer.append(sequence.name, sequence.value);
  sequence.value = Number(sequence.value) + 1;
  const headers = { "X-CSRFToken": token(), Accept: "application/json" };
  try {
    const reply = await fetch(form.dataset.attempt, { method: "POST", body: answer, headers });
    saved.textContent = (await reply.json()).message;
    saved.classList.toggle("is-decide", !reply.ok);
    if (reply.status === 410) location.reload();
    const given = [...answer.values()].some((value, at) => value.trim() && at < [...answer].length - 1);
    if (reply.ok) form.querySelector(`.numbers [href="#q${place}"]`).classList.toggle("is-answered", given);
  } catch {
    saved.textContent = form.dataset.offline;
    saved.classList.add("is-decide");
  }
}

function soon(event, delay) {
  const place = event.target.name?.match(/^answer-(\d+)$/)?.[1];
  if (!place) return;
  clearTimeout(waiting.get(place));
  waiting.set(place, setTimeout(() => save(place), delay));
}
form.addEventListener("change", (event) => soon(event, 0));
form.addEventListener("input", (event) => event.target.type === "text" && soon(event, 1500));
form.addEventListener("submit", () => {
  waiting.forEach(clearTimeout);
  if (token()) form.elements.csrfmiddlewaretoken.value = token();
});

const timer = form.querySelector("[data-deadline]");
if (timer) {
  // The server's clock counts; a phone's own may be wrong by hours.
  const ahead = Date.now() / 1000 - Number(timer.dataset.now);
  const { start, deadline } = timer.dataset;
  const left = timer.querySelector("[data-left]");
  const tick = setInterval(() => {
    const seconds = Math.ceil(deadline - (Date.now() / 1000 - ahead));
    const last = seconds <= (deadline - start) / 5;
    timer.classList.toggle("is-late", last);
    left.hidden = !last;
    left.textContent = `${left.dataset.words} ${Math.max(Math.ceil(seconds / 60), 0)}`;
    if (seconds > 0) return;
    clearInterval(tick);
    form.insertAdjacentHTML("beforeend", '<input type="hidden" name="confirmed" value="1">');
    form.requestSubmit();
  }, 1000);
}
