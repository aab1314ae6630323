// The seller's keys. None is the browser's or a screen reader's; single characters can be turned off.

export const digits = {
  get on() {
    return localStorage.getItem("comptoir.digits") !== "off";
  },
  set on(value) {
    localStorage.setItem("comptoir.digits", value ? "on" : "off");
  },
};

const anywhere = new Set(["F2", "F4", "F8", "F9", "Escape", "Shift+F4"]);
const outsideFields = new Set(["Delete", "ArrowUp", "ArrowDown"]);

const inField = (node) => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;

/** Calls `actions[key](event)` for the keys above. A dialog that is open answers its own keys first. */
export function listenToKeys(target, { actions, inDialog, flush }) {
  target.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    const key = event.shiftKey ? `Shift+${event.key}` : event.key;
    if (event.ctrlKey) {
      if (event.key === "p" && actions.print()) event.preventDefault();
      return;
    }
    const open = document.querySelector("dialog:modal");
    if (!anywhere.has(key) && (!outsideFields.has(key) || inField(event.target) || open)) return;
    flush();
    if (open) {
      const own = inDialog(open.id)?.[key];
      if (own) {
        event.preventDefault();
        own();
      } else if (key !== "Escape") {
        event.preventDefault();
      }
      return;
    }
    event.preventDefault();
    if (!event.repeat || outsideFields.has(key)) actions[key](event);
  });
}
