// Saves each answer as it is given, and once the line is back what could not be saved. The form
// works without. Load after taking_up.js.
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

form.addEventListener("change", (event) => take(event, 0));
form.addEventListener("input", (event) => /^text/.test(event.target.type) && take(event, 1500));
form.addEventListener("submit", (event) => {
  // Without a line the browser would show a page of its own instead of this one.
  if (!navigator.onLine) {
    event.preventDefault();
    wait(saved.dataset.notSent);
    return;
  }
  clearTimeout(soon);
  isLeaving = true;
  onItsWay?.abort();
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
