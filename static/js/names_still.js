// Keeps the names where the thumb is while something appears or goes above them: a tap meant for
// one person must not mark another.
function keepNamesStill(change) {
  const names = document.querySelector(".people");
  const isSeen = Boolean(names?.offsetParent);
  const before = names?.getBoundingClientRect().top;
  change();
  if (!isSeen || !names.isConnected) return;
  scrollBy({ top: names.getBoundingClientRect().top - before, behavior: "instant" });
}
