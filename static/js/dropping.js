// A PDF dropped anywhere on the page is checked at once; without this the field and its button do.
// A file that is too large is refused before it is sent.
const drop = document.querySelector("[data-drop]");
const field = drop?.querySelector("[type=file]");
const error = drop?.querySelector("[data-too-large]");

const holdsFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

function isTooLarge() {
  const tooLarge = field.files[0]?.size > Number(drop.dataset.largest);
  error.hidden = !tooLarge;
  error.textContent = tooLarge ? error.dataset.tooLarge : "";
  field.setAttribute("aria-invalid", String(Boolean(tooLarge)));
  return tooLarge;
}

if (drop) {
  addEventListener("dragover", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    drop.classList.add("is-over");
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("is-over");
  });
  addEventListener("drop", (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    drop.classList.remove("is-over");
    field.files = event.dataTransfer.files;
    if (field.files.length) drop.requestSubmit();
  });
  field.addEventListener("change", isTooLarge);
  drop.addEventListener("submit", (event) => {
    if (isTooLarge()) event.preventDefault();
  });
}
