// What a device keeps of registers: packs (a session and its people) and items (what was noted).
// Both are sealed; in clear is only whose a row is, of which session, and how it stands.
// Load after offline_keys.js.
const offlineStore = {
  PACK_LASTS: 36 * 3600 * 1000,
  ITEM_LASTS: 14 * 24 * 3600 * 1000,
  base: null,

  open() {
    this.base ??= new Promise((done, failed) => {
      const wish = indexedDB.open("ustod-register", 1);
      wish.onupgradeneeded = () => {
        wish.result.createObjectStore("packs", { keyPath: ["owner", "session"] });
        wish.result.createObjectStore("items", { keyPath: "nonce" });
      };
      wish.onsuccess = () => done(wish.result);
      wish.onerror = () => failed(wish.error);
    });
    return this.base;
  },

  async run(store, mode, work) {
    const base = await this.open();
    return new Promise((done, failed) => {
      const step = base.transaction(store, mode);
      const wish = work(step.objectStore(store));
      step.oncomplete = () => done(wish?.result);
      step.onabort = () => failed(step.error);
    });
  },

  all(store) {
    return this.run(store, "readonly", (rows) => rows.getAll());
  },

  // Rejects with a QuotaExceededError when the disk is full; then nothing was changed.
  put(store, row) {
    return this.run(store, "readwrite", (rows) => rows.put(row));
  },

  remove(store, key) {
    return this.run(store, "readwrite", (rows) => rows.delete(key));
  },

  // What is noted and still there, each in one step with whatever another tab does to it.
  each(nonces, work) {
    return this.run("items", "readwrite", (items) => {
      for (const nonce of nonces) {
        items.get(nonce).onsuccess = ({ target: { result } }) => {
          try {
            if (result) work(items, result);
          } catch {
            // No room to change it: it stays as it is.
          }
        };
      }
    });
  },

  async keepPack(pack) {
    const owner = offlineKeys.owner();
    const sealed = await offlineKeys.seal(await offlineKeys.key("roster", owner), pack);
    const row = { owner, session: pack.session.pk, at: Date.now(), ...sealed };
    await this.put("packs", row);
  },

  async pack(session) {
    const key = await offlineKeys.key("roster");
    if (!key) return null;
    const rows = await this.all("packs");
    const row = rows.find((one) => one.owner === offlineKeys.owner() && one.session === session);
    return row ? offlineKeys.open(key, row) : null;
  },

  // A roster goes after its time, or with its key. What was sent goes after the same time; what
  // waits stays, and when its own key is gone it can be read by nobody.
  async tidy() {
    const isOld = (row, lasts) => Math.abs(Date.now() - row.at) > lasts;
    for (const row of await this.all("packs")) {
      const isLocked = !(await offlineKeys.key("roster", row.owner));
      const key = [row.owner, row.session];
      if (isLocked || isOld(row, this.PACK_LASTS)) await this.remove("packs", key);
    }
    for (const row of await this.all("items")) {
      const isWaiting = row.state === "waiting";
      const isLost = isWaiting && !(await offlineKeys.key("queue", row.owner));
      const lasts = isWaiting ? this.ITEM_LASTS : this.PACK_LASTS;
      if (isLost || isOld({ at: row.noted }, lasts)) await this.remove("items", row.nonce);
    }
  },
};
