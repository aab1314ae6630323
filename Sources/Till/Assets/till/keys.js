// The seller's keys. None is the browser's or a screen reader's; single characters can be turned off.

export const digits = {
  get on() {
    return localStorage.getItem("comptoir.digits") !== "off";
  },
  set on(value) {
    localStorage.setItem("comptoir.digits", value ? "on" : "off");
  },
};

const anywhere = new Set(["F2", "F4", "F8", "F9", "Escape"]);
const outsideFields = new Set(["Delete", "ArrowUp", "ArrowDown"]);

const inField = (node) => node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;

/** Calls `actions[key](event)` for the keys above. A dialog that is open answers its own keys first. */
export function listenToKeys(target, { actions, inDialog, flush }) {
  target.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.ctrlKey) {
      if (event.key === "p" && actions.print()) event.preventDefault();
      return;
    }
    const open = document.querySelector("dialog:modal");
    if (!anywhere.has(event.key) && (!outsideFields.has(event.key) || inField(event.target) || open)) return;
    flush();
    if (open) {
      const own = inDialog(open.id)?.[event.key];
      if (own) {
        event.preventDefault();
        own();
      } else if (event.key !== "Escape") {
        event.preventDefault();
      }
      return;
    }
    event.preventDefault();
    if (!event.repeat || outsideFields.has(event.key)) actions[event.key](event);
  });
}
