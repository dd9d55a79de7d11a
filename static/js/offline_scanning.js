// Codes that are scanned or typed go into the queue of this device; the last five stand below with
// a way back. Load after offline_panel.js.
const offlineScanning = {
  form: document.querySelector("[data-scan-form]"),
  list: document.querySelector("[data-scans]"),
  said: document.querySelector("[data-scan-said]"),
  SHOWN: 5,
  FREE: 15 * 60 * 1000,
  AGAIN: 5000,
  // On a page from the server older scans stand there already.
  since: offlinePack.root.dataset.isAway === undefined ? Date.now() : 0,
  last: { code: "", at: 0 },
  newest: "",

  get kind() {
    return this.form.querySelector("[name=kind]:checked").value;
  },

  async note(value) {
    const { pack } = offlinePack;
    const person = await offlinePack.personOf(value);
    const told = { kind: this.kind, value, place: person?.pk ?? 0, opened: pack.now };
    const item = await offlineQueue.add(offlinePack.session, told);
    const { what } = offlinePack.describe({ item });
    this.newest = item.nonce;
    if (person) this.say(`${person.name}: ${what}`, "is-done");
    else this.say(this.form.dataset.textUnknown, "is-decide");
    // Who holds a phone over badges looks at people, not at the page.
    navigator.vibrate?.(person ? 80 : [80, 80, 80]);
    document.dispatchEvent(new CustomEvent("offline-noted"));
  },

  say(text, tone) {
    this.said.textContent = text;
    this.said.className = `scan-said ${tone}`;
  },

  // The server may know more of a code than this device did.
  sayAnswer(row) {
    const { name, what, text, isBad } = offlinePack.describe(row);
    if (isBad) this.say(`${name}: ${text}`, "is-decide");
    else if (text) this.say(`${name}: ${what} · ${text}`, "is-late");
  },

  // A camera sees the same code many times a second.
  seen(code) {
    const isAgain = code === this.last.code && Date.now() - this.last.at < this.AGAIN;
    this.last = { code, at: Date.now() };
    if (!isAgain) this.take(code);
  },

  take(code) {
    if (offlinePack.pack) return this.note(code);
    this.form.elements.value.value = code;
    return this.form.requestSubmit();
  },

  async show() {
    const rows = await offlineQueue.rows(offlinePack.session);
    const undone = new Set(rows.map((row) => row.item?.about));
    const scans = rows.filter(
      ({ item, noted }) =>
        ["entry", "exit"].includes(item?.kind) && noted >= this.since && !undone.has(item.nonce),
    );
    const newest = scans.find(({ nonce }) => nonce === this.newest);
    if (newest) this.sayAnswer(newest);
    this.list.querySelectorAll("[data-mine]").forEach((line) => line.remove());
    this.list.prepend(...scans.toReversed().map((row) => this.line(row)));
    [...this.list.children].slice(this.SHOWN).forEach((line) => line.remove());
    const none = document.querySelector("[data-no-scans]");
    if (none) none.hidden = this.list.children.length > 0;
  },

  line(row) {
    const line = offlinePanel.line(row);
    const text = document.createElement("div");
    text.append(...line.childNodes);
    line.append(text);
    line.dataset.mine = row.nonce;
    const isMarked = row.state === "waiting" || row.answer?.what !== "refused";
    if (isMarked && Date.now() - row.noted < this.FREE) {
      const back = document.createElement("button");
      back.type = "button";
      back.className = "btn btn-quiet";
      back.textContent = this.form.dataset.textBack;
      back.addEventListener("click", () => this.takeBack(row));
      line.append(back);
    }
    return line;
  },

  async takeBack({ nonce, item }) {
    const { pack, session } = offlinePack;
    const told = { kind: "undo", about: nonce, place: item.place, opened: pack.now };
    await offlineQueue.add(session, told);
    document.dispatchEvent(new CustomEvent("offline-noted"));
  },
};

offlineScanning.form.addEventListener("submit", (event) => {
  const { value } = offlineScanning.form.elements;
  if (!offlinePack.pack || !value.value.trim()) return;
  event.preventDefault();
  offlineScanning.note(value.value.trim().slice(0, 60));
  value.value = "";
  value.focus();
});
document.addEventListener("code-scanned", ({ detail }) => offlineScanning.seen(detail));
for (const changed of ["offline-queue", "offline-pack"]) {
  document.addEventListener(changed, () => offlineScanning.show());
}
