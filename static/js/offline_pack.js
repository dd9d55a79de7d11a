// The session this page is about, and its people, as the device has them. Load after
// offline_queue.js. `pack` is null where the device has nothing (any more).
const offlinePack = {
  pack: null,

  // Asked anew each time: the register's script may put another page in the place of this one.
  get root() {
    return document.querySelector("[data-offline]");
  },

  get session() {
    const told = this.root.dataset.session || location.pathname.match(/sessions\/(\d+)\//)?.[1];
    return Number(told);
  },

  address(session) {
    const start = `${offlinePack.root.dataset.base}${session}`;
    return { pack: `${start}/pack/`, upload: `${start}/upload/` };
  },

  // From the server, and kept for when there is none. False where the line is away, and where the
  // register was closed by the last save: such a page has nothing to keep.
  async fetch() {
    if (!this.root) return false;
    if (!this.session) return false; // The empty register, opened by its own address.
    const told = await offlineQueue.ask(this.address(this.session).pack).catch(() => ({}));
    if (!told.isOurs || told.isGone) return false;
    offlineKeys.isFor(told.owner);
    this.pack = { ...told, at: Date.now() };
    await offlineStore.keepPack(this.pack).catch(() => {
      offlineQueue.isFull = true;
    });
    return true;
  },

  async load() {
    this.pack ??= await offlineStore.pack(this.session).catch(() => null);
  },

  person(pk) {
    return this.pack?.people.find((one) => one.pk === pk);
  },

  choice(code) {
    return this.pack?.choices.find((one) => one.code === code);
  },

  // One mark as it was chosen on a screen; what is chosen in one step has one moment.
  async note({ pk, code, remark, minutes }, at) {
    const { seen } = this.person(pk);
    const told = { kind: "set", at, place: pk, code, seen, opened: this.pack.now };
    if (remark) told.remark = remark;
    if (/^\d{1,4}$/.test(minutes)) told.minutes = Number(minutes);
    await offlineQueue.add(this.session, told);
  },

  // As the server reads a code, whatever keyboard it was typed with.
  fold(typed) {
    const from = "АВЕКМНОРСТХУЗІЈҮOILZSBU";
    const to = "A8EKMH0PCTXY31JY011258V";
    const letters = [...typed.normalize("NFKC").toUpperCase()];
    const folded = letters.map((letter) => to[from.indexOf(letter)] ?? letter);
    return folded.filter((letter) => /[\p{L}\p{N}]/u.test(letter)).join("");
  },

  async personOf(value) {
    const text = `${this.pack.session.salt} ${this.fold(value)}`;
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    const digits = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0"));
    return this.pack.people.find((one) => one.digest === digits.join(""));
  },

  // The status of who comes in then: the first whose time is not over, else the last.
  arrival(at) {
    const timed = this.pack.choices.filter((one) => one.until !== null);
    timed.sort((one, other) => one.until - other.until);
    const start = this.pack.session.starts_at;
    return timed.find((one) => at <= start + one.until * 60000) ?? timed.at(-1);
  },

  // In words: who, what and how it stands.
  describe({ item, state, answer }) {
    const say = this.root.dataset;
    const about = item && this.person(answer?.place ?? item.place);
    const what = { entry: say.textEntry, exit: say.textExit, undo: say.textUndo };
    const mark = item && (what[item.kind] ?? this.choice(item.code)?.word ?? say.textNoMark);
    const stands = { waiting: say.textWaits, dropped: say.textDropped }[state];
    const became = { saved: say.textUp, conflict: say.textConflict, forced: say.textForced };
    return {
      name: about?.name ?? (item?.value || say.textSomebody),
      what: mark ?? "",
      stands: stands ?? became[answer?.what] ?? say.textRefused,
      text: answer?.text ?? "",
      isGood: state === "sent" && answer?.what === "saved",
      isBad: state === "dropped" || answer?.what === "refused",
    };
  },

  time(at) {
    const zone = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.pack?.session.zone };
    return new Intl.DateTimeFormat(document.documentElement.lang, zone).format(at);
  },
};
