// Signing out: the names go from this device, and their key with them. What waits holds no name
// and stays locked until the same person signs in here again. Load after offline_store.js.
document.querySelector("[data-signs-out] form")?.addEventListener("submit", () => {
  const owner = offlineKeys.owner();
  if (!owner) return;
  offlineKeys.forget("roster", owner);
  localStorage.removeItem(offlineKeys.ownerName);
  offlineStore.tidy().catch(() => {});
});
