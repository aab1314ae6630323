// What the zones share: the ticket, what is shown about it, and one queue for what the seller asks.

import { by, counted, h, icon, say, tell } from "./dom.js";
import { no } from "./sound.js";
import { Ticket } from "./ticket.js";

const main = by("main");

export const desk = {
  ticket: new Ticket(main.dataset.till),
  /** Recharges and accessories of this shop, as the service lists them. */
  offers: [],
  /** The position of the line that keys act on. */
  selected: 0,
  /** What the service said of each line, in the ticket's order; null until it did. */
  preview: null,
  /** Settles once the service said it. */
  previewing: null,
  /** The sale that was just done, until the next one starts. */
  done: null,
  lastReceipt: null,
  sending: false,
  user: main.dataset.user,
  /** Draws all zones again; till.js sets it. */
  render() {},
};

/** Whether the ticket may change: not while it is sent, nor while nobody knows whether it was recorded. */
export function mayChange() {
  if (!desk.ticket.sent) return true;
  tell(say("till_locked_ticket"));
  no();
  return false;
}

// One thing at a time, in the order asked: F8 pressed right after a scan waits for that scan. What was asked
// before the seller could see a refusal is not done.
let last = Promise.resolve();
let refusals = 0;

export function queue(work) {
  const seen = refusals;
  last = last.then(() => (refusals === seen ? work() : undefined)).catch((fault) => console.error(fault));
  return last;
}

/** The card of a refusal: what, why, what now, and a reference for whoever is asked for help. */
export function refusalCard(refusal) {
  return h(
    "section", { class: "refusal", "data-code": refusal.code ?? "" },
    h("p", { class: "refusal-what" }, icon("refused"), refusal.what),
    h("p", { class: "refusal-why" }, refusal.why),
    h("p", { class: "refusal-now" }, icon("next"), h("span", { class: "visually-hidden" }, say("till_refusal_now")), refusal.now),
    h("p", { class: "refusal-reference" }, `${say("till_refusal_reference")} `, h("code", {}, refusal.reference)),
  );
}

/** Sounds a refusal that is shown elsewhere, and stops what was asked before it could be seen. */
export function alarm() {
  refusals += 1;
  no();
}

/** Shows a refusal above the lines, or in another place, with a sound. */
export function refuse(refusal, place = by("refusal")) {
  const card = refusalCard(refusal);
  card.append(h("button", { class: "button quiet refusal-close", type: "button", onclick: () => forgive(place) }, icon("close"), say("till_refusal_close")));
  place.replaceChildren(card);
  alarm();
}

/** Takes a refusal away; true when there was one. */
export function forgive(place = by("refusal")) {
  const shown = place.hasChildNodes();
  place.replaceChildren();
  return shown;
}

/**
 * Says no: to what is refused on the screen already, by showing it there; else by a card above the lines. Nothing is
 * said twice, and nothing that is refused is out of sight.
 */
export function pointAt(refusal) {
  const shown = [...document.querySelectorAll("#lines .refusal, #who .refusal")]
    .find(({ dataset }) => dataset.code === refusal.code);
  if (!shown) {
    refuse(refusal);
    return;
  }
  forgive();
  const place = shown.closest(".line") ?? shown;
  place.scrollIntoView({ block: "nearest" });
  place.classList.remove("flash");
  // Read between the two, or the browser would see no change to begin again with.
  void place.offsetWidth;
  place.classList.add("flash");
  tell([refusal.what, refusal.why, refusal.now].join(" "));
  alarm();
}

/** A message that passes, with what undoes it. The next thing that is done takes it away. */
export function toast(text, undo, link) {
  const box = h("div", { class: "toast" }, h("span", {}, text));
  const gone = setTimeout(() => box.remove(), 10_000);
  if (undo) {
    box.append(h("button", {
      class: "button", type: "button",
      onclick: () => {
        clearTimeout(gone);
        box.remove();
        undo();
      },
    }, icon("undo"), say("till_undo")));
  }
  if (link) box.append(h("a", { class: "button", href: link.path }, icon(link.icon), link.words));
  by("toasts").replaceChildren(box);
}

// A click, not the press before it: what moves between the two would lose the click.
for (const kind of ["click", "keydown"]) {
  document.addEventListener(kind, (event) => {
    const away = kind === "click" || !["Tab", "Shift", "Control", "Alt"].includes(event.key);
    if (away && !by("toasts").contains(event.target)) by("toasts").replaceChildren();
  }, true);
}

export const lineCount = (count) => counted("till_line_count", count);

/** Opens a dialog, its first field under the seller's hands. */
export function open(dialog, field) {
  for (const other of document.querySelectorAll("dialog:modal")) other.close();
  dialog.showModal();
  field?.focus();
  field?.select?.();
}
