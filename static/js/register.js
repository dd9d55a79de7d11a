/* The register counts while you tap, saves without a new page, and asks before unsaved
   marks are left behind. */
const OTHERS_EVERY = 30_000;
const form = () => document.querySelector("form[data-register]");
const part = (name) => document.querySelector(`[data-${name}]`);
const chosen = new Map();
let tapped = null;
let isUnsaved = false;

function radios(name) {
  return [...form().querySelectorAll("input[type=radio]")].filter((one) => one.name === name);
}

/* What is ticked now: in the counts above, and for taking a tap back. */
function count() {
  if (!form()) return;
  const ticked = [...form().querySelectorAll("input[type=radio]:checked")];
  chosen.clear();
  for (const radio of ticked) chosen.set(radio.name, radio.value);
  const codes = ticked.map((radio) => radio.value).filter(Boolean);
  part("marked").textContent = codes.length;
  form().querySelector("progress").value = codes.length;
  for (const tally of form().querySelectorAll("[data-tally]")) {
    const number = codes.filter((code) => code === tally.dataset.tally).length;
    tally.textContent = number;
    if (number) tally.parentElement.hidden = false;
  }
}

function tell(radio) {
  const bar = part("tapped");
  const name = radio.closest(".person").querySelector("summary span").textContent;
  const word = radio.getAttribute("aria-label") || radio.parentElement.textContent.trim();
  tapped = { name: radio.name, before: chosen.get(radio.name) };
  bar.firstElementChild.textContent = `${name}: ${word}.`;
  bar.hidden = false;
  if (part("note")) part("note").hidden = true;
}

function untap() {
  for (const radio of radios(tapped.name)) radio.checked = radio.value === tapped.before;
  part("tapped").hidden = true;
  count();
}

function setUnsaved(is) {
  isUnsaved = is;
  if (part("unsaved")) part("unsaved").hidden = !is;
}

/* What came back unsaved, with a word why, would still be lost with the page. */
function begin() {
  setUnsaved("isUnsaved" in (form()?.dataset ?? {}));
  count();
}

/* The answer's page takes the place of this one. */
function show(html) {
  const answer = new DOMParser().parseFromString(html, "text/html");
  document.title = answer.title;
  document.querySelector("main").replaceWith(answer.querySelector("main"));
  begin();
  const trouble = document.querySelector("main [role=alert]:not([hidden]), .messages .is-decide");
  if (!form() || trouble) scrollTo(0, 0);
  if (!trouble) part("note")?.focus({ preventScroll: true });
}

async function send(sent, button) {
  const data = new FormData(sent, button);
  sent.dataset.sending = "";
  part("away").hidden = true;
  try {
    const address = button?.getAttribute("formaction") || sent.action;
    const answer = await fetch(address, { method: "POST", body: data });
    const place = new URL(answer.url).pathname;
    const isHere = [location.pathname, new URL(address, location).pathname].includes(place);
    if (answer.ok && isHere) {
      show(await answer.text());
    } else {
      // Another page, signed out, or something is wrong: the whole page says so.
      setUnsaved(false);
      if (isHere) sent.submit();
      else location.assign(answer.url);
    }
  } catch {
    part("away").hidden = false;
  } finally {
    delete sent.dataset.sending;
  }
}

async function ask() {
  const place = part("others");
  if (!place || document.hidden) return;
  try {
    const answer = await fetch(place.dataset.others);
    const words = answer.ok && !answer.redirected ? await answer.text() : "";
    if (place.textContent !== words) keepNamesStill(() => (place.textContent = words));
  } catch {
    // Without a line nobody can be told of anybody.
  }
}

document.addEventListener("change", (event) => {
  if (!event.target.closest("[data-register]")) return;
  if (event.target.type === "radio") tell(event.target);
  count();
  setUnsaved(true);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-untap]")) untap();
});
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("[data-register]")) return;
  event.preventDefault();
  if (!("sending" in event.target.dataset)) send(event.target, event.submitter);
});
addEventListener("beforeunload", (event) => {
  if (isUnsaved) event.preventDefault();
});
// A browser that goes back fills the choices in again.
addEventListener("pageshow", count);
begin();
setInterval(ask, OTHERS_EVERY);
