// What was noted waits here until the server has it, each piece with a nonce and its own time.
// Load after offline_store.js. Tells "offline-queue" on the document whenever something changed.
const offlineQueue = {
  loose: [], // What the disk had no room for; it lives as long as this page.
  trouble: "", // "away", "sign-in" or ""
  isFull: false, // The disk took something no more.
  isOnLine: false, // as of the last try
  settled: new Map(), // by nonce: answers the disk had no room for
  left: new Set(), // by nonce: on its way once, so that the server may have it
  turn: Promise.resolve(),
  CHUNK: 100,

  tell() {
    document.dispatchEvent(new CustomEvent("offline-queue"));
  },

  device() {
    let device = localStorage.getItem("ustod-register-device");
    if (!device) localStorage.setItem("ustod-register-device", (device = crypto.randomUUID()));
    return device;
  },

  async add(session, told) {
    const item = { nonce: crypto.randomUUID(), at: Date.now(), ...told };
    const owner = offlineKeys.owner();
    const row = { nonce: item.nonce, owner, session, noted: item.at, state: "waiting" };
    try {
      const key = await offlineKeys.key("queue", owner);
      Object.assign(row, await offlineKeys.seal(key, item));
      await offlineStore.put("items", row);
    } catch {
      // Full, or the browser keeps nothing: said plainly, and sent from here if a line comes.
      this.loose.push({ ...row, item });
      this.isFull = true;
    }
    this.tell();
    return item;
  },

  // Mine of one session, the first noted first, opened; `item` is null where the key is gone.
  async rows(session) {
    const key = await offlineKeys.key("queue");
    const stored = await offlineStore.all("items").catch(() => []);
    const mine = stored.filter((row) => row.owner === offlineKeys.owner());
    const wanted = mine.filter((row) => session === undefined || row.session === session);
    const opened = wanted.map(async (row) => ({
      ...row,
      ...this.settled.get(row.nonce),
      hasLeft: row.hasLeft || this.left.has(row.nonce),
      item: key && row.data ? await offlineKeys.open(key, row) : null,
    }));
    const loose = this.loose.filter((row) => session === undefined || row.session === session);
    for (const row of loose) row.hasLeft = this.left.has(row.nonce);
    const rows = [...(await Promise.all(opened)), ...loose];
    return rows.sort((one, other) => one.noted - other.noted);
  },

  async settle(row, state, answer) {
    Object.assign(row, { state, answer });
    if (this.loose.includes(row)) return;
    const { item, ...kept } = row;
    await offlineStore.put("items", kept).catch(() => this.settled.set(row.nonce, { state, answer }));
  },

  // What goes now, without what another tab took back. Whether the server has it is known again
  // when it answers.
  async leave(rows) {
    const there = new Set(this.loose.map(({ nonce }) => nonce));
    const nonces = rows.map(({ nonce }) => nonce);
    const note = (items, row) => {
      there.add(row.nonce);
      items.put({ ...row, hasLeft: true });
    };
    // Where the disk cannot say, everything goes: the server takes nothing twice.
    await offlineStore.each(nonces, note).catch(() => nonces.forEach((nonce) => there.add(nonce)));
    const going = rows.filter(({ nonce }) => there.has(nonce));
    for (const { nonce } of going) this.left.add(nonce);
    return going;
  },

  // Takes back what never left this device; nothing else, whatever another tab is sending.
  async withdraw(rows) {
    const nonces = rows.map(({ nonce }) => nonce).filter((nonce) => !this.left.has(nonce));
    this.loose = this.loose.filter(({ nonce }) => !nonces.includes(nonce));
    await offlineStore.each(nonces, (items, row) => {
      if (row.state === "waiting" && !row.hasLeft) items.delete(row.nonce);
    });
    this.isFull &&= this.loose.some((row) => row.state === "waiting");
    this.tell();
  },

  // One upload at a time; what is noted meanwhile goes with the next.
  flush(address) {
    this.turn = this.turn.then(() => this.send(address)).catch(() => this.stop("away"));
    return this.turn;
  },

  stop(trouble) {
    this.trouble = trouble;
    this.tell();
    return false;
  },

  async send(address) {
    const rows = (await this.rows()).filter((row) => row.state === "waiting" && row.item);
    for (const session of new Set(rows.map((row) => row.session))) {
      const mine = rows.filter((row) => row.session === session);
      for (let from = 0; from < mine.length; from += this.CHUNK) {
        const isOn = await this.post(address(session), mine.slice(from, from + this.CHUNK));
        if (!isOn) return;
      }
    }
    this.trouble = "";
    this.isFull = this.loose.some((row) => row.state === "waiting");
    this.tell();
    if (rows.length) document.dispatchEvent(new CustomEvent("offline-sent"));
  },

  // True when the server has answered each; false when the rest must wait, too.
  async post({ pack, upload }, rows) {
    const fresh = await this.ask(pack); // A fresh token, and whether somebody is signed in.
    if (!fresh.isOurs) return this.stop(fresh.isRefused ? "sign-in" : "away");
    if (!fresh.isGone) rows = await this.leave(rows);
    const told = fresh.isGone ? fresh : await this.ask(upload, this.body(rows));
    if (!told.isOurs) return this.stop(told.isRefused ? "sign-in" : "away");
    for (const row of rows) {
      const answer = told.answers?.find((one) => one.nonce === row.nonce);
      if (answer) await this.settle(row, "sent", answer);
      else if (told.isGone) await this.settle(row, "dropped", { text: told.message });
    }
    this.tell();
    return true;
  },

  body(rows) {
    const items = rows.map((row) => row.item);
    return JSON.stringify({ device: this.device(), sent_at: Date.now(), items });
  },

  // Only our own words are an answer: the page of a hotel's network is none.
  async ask(address, body) {
    const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? "";
    const headers = { "X-CSRFToken": token, "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(30000);
    const wish = body ? { method: "POST", body, headers, signal } : { signal };
    this.isOnLine = false;
    const reply = await fetch(address, { ...wish, cache: "no-store", redirect: "manual" });
    const told = await reply.json().catch(() => ({}));
    const isGone = [404, 409].includes(reply.status) && Boolean(told.message);
    const isOurs = isGone || (reply.ok && Boolean(told.owner ?? told.answers));
    this.isOnLine = isOurs;
    return { ...told, isGone, isOurs, isRefused: [401, 403].includes(reply.status) };
  },
};
