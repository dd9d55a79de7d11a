// The keys that lock what is kept for a day without a line. The server gives them in two cookies
// when somebody is signed in and keeps no copy; without its cookie nothing kept can be read again.
const offlineKeys = {
  ownerName: "ustod-register-owner",

  owner() {
    return localStorage.getItem(this.ownerName);
  },

  isFor(owner) {
    localStorage.setItem(this.ownerName, owner);
  },

  // "roster" leaves with signing out and after 36 hours, "queue" after 14 days. Null when gone.
  async key(kind, owner = this.owner()) {
    const told = document.cookie.match(`(?:^|; )ustod_${kind}_${owner}=([\\w-]{43})(?:;|$)`)?.[1];
    if (!told) return null;
    const letters = atob(told.replaceAll("-", "+").replaceAll("_", "/") + "=");
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  },

  async seal(key, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
  },

  // Null where the key is not the one it was sealed with.
  async open(key, { iv, data }) {
    try {
      const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data);
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return null;
    }
  },

  forget(kind, owner) {
    document.cookie = `ustod_${kind}_${owner}=; Max-Age=0; Path=/; SameSite=Strict`;
  },
};
