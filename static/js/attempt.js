// Saves each answer as it is given, and once the line is back what could not be saved. The form
// works without. Load after saving.js.
const newer = form.querySelector("[data-newer]");

function sayNewer(places) {
  newer.hidden = false;
  newer.textContent = newer.dataset.newer.replace("{}", places.join(", "));
}

function newerIs(place, told) {
  settle(place, unsent.get(place));
  answerFields.fill(place, { ...told, isFlagged: told.is_flagged });
  sayNewer([place]);
}

function isOver() {
  unsent.clear();
  keptAnswers.forget((key) => key.startsWith(keyOf("")));
  location.reload();
}

function take(event, delay) {
  const place = answerFields.placeOf(event.target);
  if (!place) return;
  const entry = { ...answerFields.read(place), at: Date.now() };
  answerFields.next(place).value = entry.sequence + 1;
  unsent.delete(place);
  unsent.set(place, entry);
  isKept = keptAnswers.put(keyOf(place), entry);
  answerFields.count(place);
  sendSoon(delay);
}

// What was kept is shown and sent, unless the server has something newer: that stays.
function takeUp() {
  const late = [];
  for (const [place, entry] of keptAnswers.of(form.dataset.owner, form.dataset.number)) {
    const shown = answerFields.next(place) && answerFields.read(place);
    if (shown && entry.sequence >= shown.sequence) {
      answerFields.fill(place, entry);
      unsent.set(place, entry);
      continue;
    }
    keptAnswers.forget((key) => key === keyOf(place));
    if (shown && String(shown.values) !== String(entry.values)) late.push(place);
  }
  if (late.length) sayNewer(late);
  if (unsent.size) sendSoon(0);
}

form.addEventListener("change", (event) => take(event, 0));
form.addEventListener("input", (event) => /^text/.test(event.target.type) && take(event, 1500));
form.addEventListener("submit", (event) => {
  // Without a line the browser would show a page of its own instead of this one.
  if (!navigator.onLine) return event.preventDefault(), wait(saved.dataset.notSent);
  clearTimeout(soon);
  isLeaving = true;
  if (token()) form.elements.csrfmiddlewaretoken.value = token();
});
addEventListener("online", () => unsent.size && sendSoon(0));
addEventListener("offline", () => unsent.size && wait());
addEventListener("beforeunload", (event) => {
  if (!navigator.onLine && unsent.size) event.preventDefault();
});
// A browser that fills in what it remembers would pass it off as new.
form.autocomplete = "off";
takeUp();
