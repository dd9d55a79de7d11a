// Says once that the participant is on this page. Without it the button says so.
const form = document.querySelector("form[data-opened]");
const token = form?.querySelector("[name=csrfmiddlewaretoken]").value;
if (form && document.visibilityState === "visible") {
  fetch(form.dataset.opened, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    keepalive: true,
  }).catch(() => {});
}
