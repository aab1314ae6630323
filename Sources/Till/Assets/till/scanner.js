// A scanner is a keyboard that types a burst. Scans and typing are two channels: a scan works from any
// state of the screen, needs no focus, and never changes a field.

// What a scanner set to an American keyboard types on a French one. Its marks give it away: no code of
// ours holds one of & é " ' ( è _ ç à.
const marks = /[&é"'(è_çà]/;
const american = new Map(Object.entries({
  "&": "1", "é": "2", '"': "3", "'": "4", "(": "5", "-": "6", "è": "7", "_": "8", "ç": "9", "à": "0", ")": "-",
  a: "q", q: "a", z: "w", w: "z", A: "Q", Q: "A", Z: "W", W: "Z", ",": "m", "?": "M",
}));

/** The code put right, and whether it had to be. */
export function repair(text) {
  if (text.includes("://") || !marks.test(text)) return { code: text, repaired: false };
  const code = [...text].map((mark) => american.get(mark) ?? mark).join("");
  // An address: “://” came as “M!!”, and each stroke as “!”.
  const isAddress = /^https?M!!/i.test(code);
  return { code: isAddress ? code.replace(/M!!/i, "://").replaceAll("!", "/") : code, repaired: true };
}

/** The code itself: out of an address when a label holds one for telephones. */
export function codeIn(text) {
  const trimmed = text.trim();
  if (!trimmed.includes("://")) return trimmed;
  try {
    const parts = new URL(trimmed).pathname.split("/").filter(Boolean);
    return parts.length ? decodeURIComponent(parts.at(-1)) : trimmed;
  } catch {
    return trimmed;
  }
}

const isField = (node) => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;

// Outside a field nobody types words, so a slow scanner (wireless ones are) has more time there: so long after
// its first character, and so long after a later one.
const slow = 150;
const slowest = 300;

/**
 * Listens to a window's keys. A burst of at least six characters, ended by Enter or Tab, is one scan; in a field
 * none comes more than `gap` milliseconds after the last. Characters outside a field that were no scan go to
 * `onKey`, one by one.
 */
export function listen(target, { gap, onScan, onKey }) {
  let burst = "";
  let last = 0;
  let field = null;
  let before = "";
  let timer = null;

  const patience = () => (field ? gap : Math.max(gap, burst.length > 1 ? slowest : slow));

  // No scan after all: what was typed outside a field are single keys.
  const typed = () => {
    clearTimeout(timer);
    const keys = field ? "" : burst;
    burst = "";
    for (const key of keys) onKey(key);
  };

  target.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift") return;
    const inTime = event.timeStamp - last < patience();
    if (event.key === "Enter" || event.key === "Tab") {
      const code = burst;
      if (code.length >= 6 && inTime) {
        clearTimeout(timer);
        burst = "";
        event.preventDefault();
        event.stopImmediatePropagation();
        if (field) {
          field.value = before;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }
        onScan(code);
        return;
      }
      typed();
      return;
    }
    if (event.key.length !== 1) {
      typed();
      return;
    }
    if (event.repeat) return;
    if (!burst || !inTime) {
      typed();
      field = isField(event.target) ? event.target : null;
      before = field ? field.value : "";
    }
    burst += event.key;
    last = event.timeStamp;
    clearTimeout(timer);
    if (!field) {
      timer = setTimeout(typed, patience());
      // A space inside a scan must not press the button that has the focus.
      if (burst.length > 1 && event.key === " ") event.preventDefault();
    }
  }, true);

  // What was typed just before a shortcut is done before it.
  return { flush: typed };
}
