// Says how this page stands without a line: ready, what waits, what went up, what was forced.
// On a page that came by the line it makes the device ready. Load after offline_pack.js and
// names_still.js.
const offlinePanel = {
  FILES: "ustod-register-files",
  isReady: false,

  async show() {
    const { root } = offlinePack;
    if (!root) return;
    const rows = await offlineQueue.rows(offlinePack.session);
    keepNamesStill(() => this.tell(root, rows));
  },

  tell(root, rows) {
    const say = root.dataset;
    const waiting = rows.filter((row) => row.state === "waiting").length;
    const { trouble, isFull } = offlineQueue;
    let text = this.isReady ? say.textReady : "";
    const lost = rows.filter((row) => row.state === "dropped").length;
    if (rows.length && !waiting) text = lost ? `${say.textDropped}: ${lost}` : say.textAllUp;
    if (waiting) text = say.textWaiting.replace("%n", waiting);
    if (trouble === "sign-in" && waiting) text = `${say.textSignIn} ${text}`;
    if (isFull) text = `${say.textFull} ${text}`;
    const state = root.querySelector("[data-offline-state]");
    state.textContent = text;
    state.className = `offline-state${waiting || isFull || lost ? " is-late" : ""}`;
    root.querySelector("[data-offline-sign-in]").hidden = trouble !== "sign-in";
    const list = root.querySelector("[data-offline-list]");
    list.hidden = !rows.length;
    const lines = rows.toReversed().map((row) => this.line(row));
    list.querySelector("ul").replaceChildren(...lines);
  },

  line(row) {
    const told = offlinePack.describe(row);
    const line = document.createElement("li");
    const who = document.createElement("strong");
    who.textContent = told.name;
    const what = document.createElement("small");
    const parts = [told.what, offlinePack.time(row.noted), told.stands, told.text];
    what.textContent = parts.filter(Boolean).join(" · ");
    line.dataset.stands = row.state === "sent" ? row.answer.what : row.state;
    line.className = told.isBad ? "is-decide" : told.isGood ? "" : "is-late";
    line.append(who, " ", what);
    return line;
  },

  // The files of the empty register, so that it can be shown without a line.
  async makeReady({ shell, worker }) {
    await navigator.serviceWorker.register(worker);
    const page = await (await fetch(shell)).text();
    const parts = new DOMParser().parseFromString(page, "text/html");
    const dressed = parts.querySelectorAll("link[rel=stylesheet], script[src], use");
    const files = [...dressed].map((one) => one.getAttribute("src") ?? one.getAttribute("href"));
    const decoder = parts.querySelector("[data-decoder]").dataset.decoder;
    const own = "BarcodeDetector" in window ? [] : [decoder, decoder.replace(/[^/]+$/, "index.js")];
    const cache = await caches.open(this.FILES);
    await cache.addAll([shell, ...new Set([...files.map((file) => file.split("#")[0]), ...own])]);
    navigator.storage?.persist?.();
    this.isReady = true;
  },

  // The marks as the server has them now.
  async refresh() {
    await offlinePack.fetch();
    offlineQueue.tell();
  },

  async tryAgain() {
    if (!offlinePack.root) return;
    await this.refresh();
    await offlineQueue.flush(offlinePack.address);
  },

  async begin() {
    const { root } = offlinePack;
    await offlineStore.tidy().catch(() => {});
    if (!(await offlinePack.fetch())) await offlinePack.load();
    document.dispatchEvent(new CustomEvent("offline-pack"));
    await this.show();
    await offlineQueue.flush(offlinePack.address);
    if (offlinePack.pack && root.dataset.isAway === undefined) {
      await this.makeReady(root.dataset);
      await this.show();
    }
  },
};

function tryAfter(delay) {
  setTimeout(() => offlineQueue.isOnLine || offlinePanel.tryAgain(), delay);
}

if (window.isSecureContext && "serviceWorker" in navigator && "indexedDB" in window) {
  document.addEventListener("offline-queue", () => offlinePanel.show());
  document.addEventListener("offline-noted", () => offlineQueue.flush(offlinePack.address));
  // A browser says so before its line carries anything.
  addEventListener("online", () => [0, 2000, 8000].forEach(tryAfter));
  addEventListener("offline", () => (offlineQueue.isOnLine = false));
  document.addEventListener("offline-sent", () => offlinePanel.refresh());
  setInterval(tryAfter, 30000, 0);
  offlinePanel.begin().catch(() => {});
}
