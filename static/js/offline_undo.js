// The step marked last on this device, be it one tap or "the rest", can be taken back while nothing
// of it has left. Load after offline_pack.js. Constants, as a function in a block would be the page's.
{
  // Asked anew each time: the register's script may put another page in the place of this one.
  const part = (name) => document.querySelector(`[data-step${name}]`);
  // Only what is marked after this: pressed twice, it must not take two steps back.
  let since = 0;

  const lastStep = async () => {
    const rows = await offlineQueue.rows(offlinePack.session);
    const marks = rows.filter(({ item }) => item?.kind === "set");
    const step = marks.filter(({ noted }) => noted === marks.at(-1).noted);
    const isHere = step.every((row) => row.state === "waiting" && !row.hasLeft);
    return isHere && step[0]?.noted > since ? step : [];
  };

  const words = (step) => {
    const { name, what } = offlinePack.describe(step[0]);
    if (step.length === 1) return `${name}: ${what}.`;
    const isRest = step.every(({ item }) => item.code === offlinePack.pack.full);
    const text = isRest ? part("").dataset.textRest : offlinePack.root.dataset.textWaiting;
    return text.replace("%n", step.length);
  };

  const tell = (text, hasWay) => {
    part("").hidden = !text;
    part("").firstElementChild.textContent = text;
    part("-back").hidden = !hasWay;
  };

  const show = async () => {
    if (!part("") || !offlinePack.pack) return;
    const step = await lastStep();
    if (!step.length) {
      if (!part("-back").hidden) tell("");
      return;
    }
    const tapped = document.querySelector("[data-tapped]");
    if (tapped) tapped.hidden = true;
    tell(words(step), true);
  };

  const takeBack = async () => {
    const step = await lastStep();
    since = Date.now();
    if (!step.length) return show();
    tell(part("").dataset.textBack);
    part("").focus({ preventScroll: true });
    await offlineQueue.withdraw(step);
    document.dispatchEvent(new CustomEvent("offline-withdrawn"));
  };

  document.addEventListener("offline-queue", show);
  document.addEventListener("offline-pack", show);
  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-step-back]")) takeBack();
  });
  // On a page that has a Save, the newest tap has its own way back.
  document.addEventListener("change", ({ target }) => {
    if (!target.closest("form[data-register]")) return;
    since = Date.now();
    tell("");
  });
}
