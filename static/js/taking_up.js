// What the server has newer than this page, and what this browser kept from an earlier one.
// Load after saving.js.
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

// What was kept is shown and sent, unless the server has something newer: that stays. A page
// put back by its tab shows it already.
function takeUp() {
  const late = [];
  const isBack = form.dataset.isBack !== undefined;
  for (const [place, entry] of keptAnswers.of(form.dataset.owner, form.dataset.number)) {
    const shown = answerFields.next(place) && answerFields.read(place);
    if (shown && (isBack || entry.sequence >= shown.sequence)) {
      if (!isBack) answerFields.fill(place, entry);
      unsent.set(place, entry);
      continue;
    }
    keptAnswers.forget((key) => key === keyOf(place));
    if (shown && String(shown.values) !== String(entry.values)) late.push(place);
  }
  if (late.length) sayNewer(late);
  if (unsent.size) sendSoon(0);
}
