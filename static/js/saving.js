// Sends answers to the server one after another and keeps here what it does not have yet.
// Load after kept_answers.js and answer_fields.js.
const { form } = answerFields;
const saved = form.querySelector("[data-saved]");
const unsent = new Map(); // by place, the oldest first
let isKept = true;
let soon;
let isLeaving = false; // The whole form is on its way.
let onItsWay; // so that an answer can be called back before it overtakes the form
let turn = Promise.resolve(); // none overtakes the one before it

const token = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1];
const keyOf = (place) => keptAnswers.keyOf(form.dataset.owner, form.dataset.number, place);

function say(message, isGood) {
  saved.textContent = message;
  saved.classList.toggle("is-late", !isGood);
}

async function post(body) {
  const mine = new AbortController();
  const tooLong = setTimeout(() => mine.abort(), 20000);
  onItsWay = mine;
  const headers = { "X-CSRFToken": token() };
  const request = { method: "POST", body, headers, signal: mine.signal };
  try {
    const reply = await fetch(form.dataset.attempt, request);
    const told = { ...(await reply.json().catch(() => ({}))), status: reply.status };
    form.dispatchEvent(new CustomEvent("told", { detail: told }));
    return told;
  } finally {
    clearTimeout(tooLong);
  }
}

function settle(place, entry) {
  if (unsent.get(place) !== entry) return; // Something newer was typed meanwhile.
  unsent.delete(place);
  const kept = keptAnswers.read(keyOf(place)); // Maybe another tab's.
  if (kept?.at === entry?.at) keptAnswers.forget((key) => key === keyOf(place));
}

function wait(message) {
  say(message ?? (isKept ? saved.dataset.away : saved.dataset.onlyHere), false);
  sendSoon(15000);
}

// Only in our own words is something saved: the page of a hotel's network is no answer. What is
// refused once is refused again, so it lets the others pass; with all else they wait, too.
function isSettled({ status, message }) {
  return (message ? [200, 400, 409, 410] : [400, 413]).includes(status);
}

async function sendAll() {
  for (const [place, entry] of unsent) {
    if (isLeaving) return;
    const told = await post(answerFields.body(place, entry)).catch(() => ({}));
    if (isLeaving) return;
    if (!isSettled(told)) return wait(told.message);
    settle(place, entry);
    say(told.message ?? saved.dataset.refused, told.status === 200);
    if (told.status === 409) newerIs(place, told);
    if (told.status === 410) return isOver();
  }
}

function sendSoon(delay) {
  isLeaving = false;
  clearTimeout(soon);
  soon = setTimeout(() => (turn = turn.then(sendAll)), delay);
}
