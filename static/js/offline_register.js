// The register of a device without a line: one tap is one note in the queue. Load after
// offline_scanning.js. The newest word shows, be it the server's or this device's.
const page = document.querySelector("[data-offline-register]");
const part = (name) => page.querySelector(`[data-${name}]`);
const made = (name) => part(name).content.firstElementChild.cloneNode(true);

function fillHead({ session }) {
  part("cohort").textContent = session.cohort;
  if (session.title) part("title").textContent = session.title;
  part("when").textContent = session.when;
  part("closed").hidden = !session.is_closed;
}

function choiceOf(person, choice) {
  const label = made(choice.is_at_hand ? "choice" : "more");
  const radio = label.querySelector("input");
  Object.assign(radio, { name: `mark-${person.pk}`, value: choice.code });
  if (choice.is_at_hand) {
    label.className = `is-${choice.tone}`;
    radio.setAttribute("aria-label", choice.word);
    label.querySelector(".short").textContent = choice.letter;
    label.querySelector(".long").textContent = choice.word;
  } else label.querySelector("span").textContent = choice.word;
  return label;
}

function lineOf(person, choices) {
  const line = made(person.is_expected ? "person" : "gone");
  line.querySelector("[data-name]").textContent = person.name;
  if (!person.is_expected) return line;
  line.dataset.place = person.pk;
  line.querySelector("[data-legend]").textContent = person.name;
  const none = { code: "", word: offlinePack.root.dataset.textNoMark, is_at_hand: false };
  for (const choice of [...choices, none]) {
    const place = choice.is_at_hand ? "fieldset" : "[data-further]";
    line.querySelector(place).append(choiceOf(person, choice));
  }
  return line;
}

// What each mark is by this device: the server's word, then what was noted here since.
async function marks() {
  const { pack, session } = offlinePack;
  const now = new Map(pack.people.map((person) => [person.pk, person.code]));
  const rows = await offlineQueue.rows(session);
  const undone = new Set(rows.map(({ item }) => item?.about));
  for (const { item, state, noted, answer } of rows) {
    const isNewer = state === "waiting" || (state === "sent" && noted > pack.at);
    if (!item || !isNewer || undone.has(item.nonce) || answer?.what === "refused") continue;
    if (item.kind === "set") now.set(item.place, item.code);
    if (item.kind === "entry" && item.place && !now.get(item.place)) {
      now.set(item.place, offlinePack.arrival(item.at)?.code ?? "");
    }
  }
  return now;
}

async function show() {
  if (!offlinePack.pack) return;
  const now = await marks();
  const lines = page.querySelectorAll("[data-place]");
  let marked = 0;
  for (const line of lines) {
    const code = now.get(Number(line.dataset.place)) ?? "";
    if (code) marked += 1;
    for (const radio of line.querySelectorAll("input")) radio.checked = radio.value === code;
    const choice = offlinePack.choice(code);
    line.querySelector("[data-note]").textContent = choice && !choice.is_at_hand ? choice.word : "";
  }
  part("marked").textContent = marked;
  part("expected").textContent = part("progress").max = lines.length;
  part("progress").value = marked;
  part("rest").hidden = marked === lines.length;
  const waits = (await offlineQueue.rows()).some((row) => row.state === "waiting");
  keepNamesStill(() => (part("again").hidden = waits || !offlineQueue.isOnLine));
}

async function note(rows) {
  const now = Date.now();
  for (const row of rows) await offlinePack.note(row, now);
  document.dispatchEvent(new CustomEvent("offline-noted"));
}

async function markTheRest() {
  const now = await marks();
  const wanted = offlinePack.pack.people.filter((one) => one.is_expected && !now.get(one.pk));
  await note(wanted.map(({ pk }) => ({ pk, code: offlinePack.pack.full })));
}

// A register that was being saved when the line went: the tab put it aside (offline_saving.js).
async function takeOver() {
  const name = `ustod-saving:${location.pathname}`;
  const saving = JSON.parse(sessionStorage.getItem(name) ?? "null");
  sessionStorage.removeItem(name);
  await note(saving ?? []);
}

async function begin() {
  const { pack } = offlinePack;
  part("nothing").hidden = Boolean(pack);
  part("filled").hidden = !pack;
  if (!pack) return;
  fillHead(pack);
  part("people").replaceChildren(...pack.people.map((one) => lineOf(one, pack.choices)));
  part("scan-box").open = location.pathname.endsWith("/scan/");
  await takeOver();
  await show();
}

document.addEventListener("offline-pack", begin);
document.addEventListener("offline-queue", show);
part("people").addEventListener("change", ({ target }) => {
  note([{ pk: Number(target.name.slice(5)), code: target.value }]);
});
part("rest").addEventListener("click", markTheRest);
