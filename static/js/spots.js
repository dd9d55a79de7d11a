// A place on a picture is chosen by touching it. The list below the picture works without.
document.addEventListener("click", (event) => {
  const spot = event.target.closest?.("[data-spot]");
  const box = spot?.closest(".question").querySelector(`input[value="${spot.dataset.spot}"]`);
  if (!box) return;
  box.checked = true;
  box.focus({ preventScroll: true });
  box.dispatchEvent(new Event("change", { bubbles: true }));
});
