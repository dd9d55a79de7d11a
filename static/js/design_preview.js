// The page a certificate's design gives, drawn by the server a moment after typing stops.
// Without this file there is a button that opens the same page as a PDF.
const design = document.querySelector("[data-design]");
const form = design.querySelector("form");
const paper = design.querySelector("[data-design-paper]");
const picture = design.querySelector("[data-design-picture]");
const said = design.querySelector("[data-design-said]");
const words = design.querySelector("[data-design-words]").dataset;
const PAUSE = 700;

let timer = 0;
let asked = "";
let asking = null;

function say(text, faults = []) {
  said.textContent = text;
  if (!faults.length) return;
  const list = document.createElement("ul");
  list.append(...faults.slice(0, 6).map((fault) => {
    const item = document.createElement("li");
    item.textContent = fault;
    return item;
  }));
  said.append(list);
}

function show(blob) {
  const old = picture.src;
  picture.src = URL.createObjectURL(blob);
  picture.alt = picture.dataset.alt;
  paper.hidden = false;
  if (old) URL.revokeObjectURL(old);
}

async function draw() {
  const body = new FormData(form);
  const now = new URLSearchParams([...body].filter(([, value]) => typeof value === "string")).toString();
  if (now === asked) return;
  asked = now;
  asking?.abort();
  asking = new AbortController();
  say(words.drawing);
  paper.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(design.dataset.tryUrl, {
      method: "POST", body, signal: asking.signal, headers: { Accept: "image/png" },
    });
    if (answer.ok) {
      show(await answer.blob());
      say(words.shown);
    } else {
      const { faults } = await answer.json();
      say(words.old, faults);
    }
  } catch (error) {
    if (error.name === "AbortError") return;
    asked = "";
    say(words.failed);
  }
  paper.removeAttribute("aria-busy");
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(draw, PAUSE);
}

form.addEventListener("input", soon);
form.addEventListener("change", soon);
// Blocks that are moved, added or taken away change the page without an event.
new MutationObserver(soon).observe(form.querySelector(".design-form"), { childList: true, subtree: true });
soon();
