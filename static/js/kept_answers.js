// Answers the server does not have yet, kept in this browser by whose they are, attempt and place.
// On its own it only forgets: what is somebody else's, what is handed in, all on signing out.
const keptAnswers = {
  prefix: "ustod-answer:",

  keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
    } catch {
      return []; // The browser keeps nothing for this site.
    }
  },

  keyOf(owner, attempt, place) {
    return `${this.prefix}${owner}:${attempt}:${place}`;
  },

  put(key, entry) {
    try {
      localStorage.setItem(key, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  },

  // By place, what was typed first coming first.
  of(owner, attempt) {
    const start = this.keyOf(owner, attempt, "");
    const found = this.keys().filter((key) => key.startsWith(start));
    const entries = found.map((key) => [key.slice(start.length), this.read(key)]);
    return entries.filter(([, entry]) => entry).sort(([, one], [, other]) => one.at - other.at);
  },

  read(key) {
    try {
      const entry = JSON.parse(localStorage.getItem(key));
      return Array.isArray(entry?.values) && Number.isInteger(entry.sequence) ? entry : null;
    } catch {
      return null;
    }
  },

  forget(isGone) {
    this.keys().filter(isGone).forEach((key) => localStorage.removeItem(key));
  },
};

// What a tab put aside is for when the line is away; this page came by the line.
if (!document.querySelector("[data-is-back]")) {
  const pages = Object.keys(sessionStorage).filter((key) => key.startsWith("ustod-page:"));
  pages.forEach((key) => sessionStorage.removeItem(key));
}
const sheet = document.querySelector("[data-owner]");
if (sheet) {
  const mine = `${keptAnswers.prefix}${sheet.dataset.owner}:`;
  keptAnswers.forget((key) => !key.startsWith(mine));
}
const handedIn = document.querySelector("[data-handed-in]")?.dataset.handedIn;
if (handedIn) keptAnswers.forget((key) => key.split(":")[2] === handedIn);
const signOut = document.querySelector("[data-signs-out] form");
signOut?.addEventListener("submit", () => keptAnswers.forget(() => true));
