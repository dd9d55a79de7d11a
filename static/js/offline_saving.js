// The register from the server, when the line goes away just as it is saved: what was chosen goes
// into the queue of this device. Should the browser show another page instead, that page finds it
// in this tab. Load after offline_panel.js.
{
  const name = `ustod-saving:${location.pathname}`;
  const queued = new Map(); // by person, so that pressing Save again adds nothing
  let saving = [];
  sessionStorage.removeItem(name);

  const isChosen = (radio) => radio.checked;
  const wasChosen = (radio) => radio.defaultChecked;

  // What was touched; pressing "the rest present", or absent, touches whoever has no mark.
  const rowOf = (register, pk, rest) => {
    const radios = [...register.querySelectorAll(`[type=radio][name="mark-${pk}"]`)];
    const remark = register.elements[`remark-${pk}`];
    const minutes = register.elements[`minutes-${pk}`];
    const code = radios.find(isChosen)?.value || rest;
    const isTouched =
      code !== (radios.find(wasChosen)?.value ?? "") ||
      [remark, minutes].some((field) => field && field.value !== field.defaultValue);
    if (!isTouched) return null;
    return { pk, code, remark: remark?.value.trim() ?? "", minutes: minutes?.value ?? "" };
  };

  document.addEventListener(
    "submit",
    ({ target, submitter }) => {
      if (!target.matches("[data-register]")) return;
      const seen = [...target.querySelectorAll("[name^=seen-]")];
      const steps = submitter?.value.split(" ") ?? [];
      const { full, missed } = offlinePack.pack ?? {};
      const rest = (steps.includes("rest") && full) || (steps.includes("absent") && missed) || "";
      const rows = seen.map((field) => rowOf(target, Number(field.name.slice(5)), rest));
      saving = rows.filter(Boolean);
      sessionStorage.setItem(name, JSON.stringify(saving));
    },
    true,
  );

  const keep = async () => {
    if (!offlinePack.pack || offlineQueue.isOnLine) return;
    const rows = saving.filter((row) => queued.get(row.pk) !== JSON.stringify(row));
    const now = Date.now();
    for (const row of rows) {
      queued.set(row.pk, JSON.stringify(row));
      await offlinePack.note(row, now);
    }
    sessionStorage.removeItem(name);
    await sayKept();
  };

  // It goes up by itself: nobody is asked to save it once more.
  const sayKept = async () => {
    const all = await offlineQueue.rows(offlinePack.session);
    const waiting = all.filter(({ state }) => state === "waiting").length;
    const away = document.querySelector("form[data-register] [data-away]");
    if (waiting) away.textContent = away.dataset.textKept.replace("%n", waiting);
  };

  // Taken back: what was tapped is on the page and unsaved, as before it was pressed.
  document.addEventListener("offline-withdrawn", () => {
    queued.clear();
    document.querySelector("form[data-register] [data-away]").hidden = true;
  });

  const isAway = () => document.querySelector("form[data-register] [data-away]")?.hidden === false;

  // The page's own script says "No connection" by showing this.
  new MutationObserver(async (changes) => {
    if (!isAway() || !changes.some(({ target }) => target.matches("[data-away]"))) return;
    await offlinePack.fetch();
    await keep();
  }).observe(document.body, { attributes: true, attributeFilter: ["hidden"], subtree: true });

  // All is up: the page saves itself once more, and so shows what the server has.
  document.addEventListener("offline-sent", () => {
    if (isAway()) document.querySelector("form[data-register]").requestSubmit();
  });

  // Or it has put the answer in the place of the page: everything is saved.
  new MutationObserver(() => {
    sessionStorage.removeItem(name);
    queued.clear();
    offlinePanel.refresh();
  }).observe(document.body, { childList: true });
}
