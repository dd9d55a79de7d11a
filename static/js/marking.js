// A digit chooses that level of the criterion in which the focus is and goes on to the
// next; Ctrl and Enter save from the comment. Arrows, Enter and Tab work without this.
const form = document.querySelector("[data-marking] form");
const criteria = [...(form?.querySelectorAll("fieldset") ?? [])];

function choose(criterion, place) {
  const level = criterion.querySelectorAll("input[type=radio]")[place - 1];
  if (!level) return;
  level.checked = true;
  level.focus();
  const next = criteria[criteria.indexOf(criterion) + 1];
  const there = next?.querySelector("input:checked") ?? next?.querySelector("input");
  there?.focus();
}

form?.addEventListener("keydown", (event) => {
  const criterion = event.target.closest("fieldset");
  if (event.key === "Enter" && event.ctrlKey) form.requestSubmit();
  else if (criterion && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    choose(criterion, Number(event.key));
  }
});
