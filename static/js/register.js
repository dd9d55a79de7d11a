/* The register counts while you tap, and asks before unsaved marks are left behind. */
const form = document.querySelector("[data-register]");

function count() {
  const chosen = [...form.querySelectorAll("input[type=radio]:checked")]
    .map((radio) => radio.value)
    .filter(Boolean);
  form.querySelector("[data-marked]").textContent = chosen.length;
  form.querySelector("progress").value = chosen.length;
  for (const tally of form.querySelectorAll("[data-tally]")) {
    const number = chosen.filter((code) => code === tally.dataset.tally).length;
    tally.textContent = number;
    if (number) tally.parentElement.hidden = false;
  }
}

function warn(event) {
  event.preventDefault();
}

if (form) {
  const unsaved = form.querySelector("[data-unsaved]");
  form.addEventListener("change", () => {
    count();
    unsaved.hidden = false;
    addEventListener("beforeunload", warn);
  });
  form.addEventListener("submit", () => removeEventListener("beforeunload", warn));
  // A browser that goes back fills the choices in again.
  addEventListener("pageshow", count);
}
