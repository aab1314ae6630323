// Opening the drawer, and its counted closing in the till's menu. Both need the service: neither is ever queued.

import { ask, noAnswer } from "./api.js";
import { desk, open, toast } from "./desk.js";
import { by, euros, icon, say, tell, wrong } from "./dom.js";
import { parse } from "./money.js";
import { no, yes } from "./sound.js";
import { uuid7 } from "./ticket.js";

/** What the service said of the drawer last. */
let drawer = { open: false };
/** The key of the opening or closing that was sent, kept until it was answered. */
let key = null;

export async function readDrawer() {
  const { value } = await ask("GET", "/drawer");
  if (!value) return;
  drawer = value;
  document.body.dataset.drawer = value.open ? "open" : "closed";
}

/** Asks for the float when the drawer is closed. */
export async function openWhenClosed() {
  await readDrawer();
  if (document.body.dataset.drawer === "closed" && !document.querySelector("dialog:modal")) {
    by("open-float").value = "";
    open(by("open-dialog"), by("open-float"));
  }
}

/** Cents of a field; undefined, and the field says why, when there is no amount in it. */
function amount(input, error) {
  const { cents } = parse(input.value);
  wrong(input, error, cents === undefined ? say("till_given_wrong") : "");
  if (cents === undefined) {
    input.focus();
    no();
  }
  return cents;
}

/** Refusals within a dialog: beside the field that they are about. */
function sayNo(input, error, refusal) {
  wrong(input, error, [refusal.what, refusal.why, refusal.now].join(" "));
  no();
}

/** A new key is made for the next command, once this one was answered. */
function answered(answer) {
  if (answer && answer.code !== "outcome_unknown") key = null;
}

export function prepareDrawer() {
  by("open-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const cents = amount(by("open-float"), by("open-error"));
    if (cents === undefined) return;
    const { value, refusal } = await ask("POST", "/drawers", { key: (key ??= uuid7()), float_cents: cents });
    answered(value ?? refusal);
    if (!value) {
      sayNo(by("open-float"), by("open-error"), refusal ?? noAnswer());
      return;
    }
    by("open-dialog").close();
    await readDrawer();
    yes();
    toast(say("till_opened", { amount: euros(cents) }));
  });
  by("close-form").addEventListener("submit", (event) => {
    event.preventDefault();
    close();
  });
  let typing = null;
  for (const id of ["close-cash", "close-card", "close-cheque"]) {
    by(id).addEventListener("change", showGap);
    by(id).addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(showGap, 800);
    });
  }
}

/** The menu opens on the closing, the cash under the seller's hands; a sale under way is finished first. */
export function showClosing() {
  const { ticket } = desk;
  const why = ticket.sent ? say("till_closing_pending", { amount: euros(ticket.total) })
    : ticket.lines.length ? say("till_closing_busy")
      : drawer.open ? "" : say("till_closing_closed");
  by("close-why").hidden = !why;
  by("close-why").replaceChildren(icon("info"), why);
  by("close-fields").hidden = Boolean(why);
  by("close-cheque-field").hidden = !drawer.expected_cheque_cents;
  by("close-gap").hidden = true;
  by("close-error").hidden = true;
  for (const id of ["close-cash", "close-card", "close-cheque", "close-reason"]) by(id).value = "";
  return why ? by("menu-refund") : by("close-cash");
}

const counted = (id) => (by(id).value.trim() ? parse(by(id).value).cents : 0);

/** The difference appears once all is counted, so that counting is not guided by it. */
function showGap() {
  if (!by("close-cash").value.trim() || !by("close-card").value.trim()) return;
  if (!by("close-cheque-field").hidden && !by("close-cheque").value.trim()) return;
  if (drawer.expected_cash_cents === undefined) return;
  const means = [["cash", "close-cash"], ["card", "close-card"], ["cheque", "close-cheque"]];
  const gaps = means.map(([name, id]) => [name, counted(id) - (drawer[`expected_${name}_cents`] ?? 0)])
    .filter(([, cents]) => cents !== 0 && !Number.isNaN(cents));
  by("close-gap").hidden = gaps.length === 0;
  const words = gaps.map(([name, cents]) => `${say(`till_${name}`)} ${cents > 0 ? "+" : ""}${euros(cents)}`).join(", ");
  by("close-gap-words").replaceChildren(icon("warning"), gaps.length ? say("till_closing_gap", { gap: words }) : "");
}

async function close() {
  const error = by("close-error");
  const cash = amount(by("close-cash"), error);
  if (cash === undefined) return;
  const { value, refusal } = await ask("POST", "/drawers/current/closing", {
    key: (key ??= uuid7()),
    counted_cash_cents: cash,
    counted_card_cents: counted("close-card") ?? 0,
    counted_cheque_cents: counted("close-cheque") ?? 0,
    reason: by("close-reason").value,
  });
  answered(value ?? refusal);
  if (value) {
    by("menu-dialog").close();
    drawer = { open: false };
    document.body.dataset.drawer = "closed";
    yes();
    tell(say("till_closed"));
    toast(say("till_closed"));
  } else if (refusal?.code === "drawer_difference") {
    if (by("close-gap").hidden) by("close-gap-words").replaceChildren(icon("warning"), say("till_closing_gap_unknown"));
    by("close-gap").hidden = false;
    by("close-reason").focus();
    no();
  } else {
    sayNo(by("close-cash"), error, refusal ?? noAnswer());
  }
}
