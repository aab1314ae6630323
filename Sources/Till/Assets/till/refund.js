// A refund: scan the receipt, choose the reason, F8 or F9. The original is never touched.

import { ask, noAnswer } from "./api.js";
import { desk, forgive, open, refuse } from "./desk.js";
import { by, euros, h, icon, say, tell, wrong } from "./dom.js";
import { no, sold } from "./sound.js";
import { uuid7 } from "./ticket.js";

let sale = null;
let key = null;
let sending = false;

/** Opens the refund of a sale; its line is chosen already when there is one. */
export async function refund(saleID) {
  const { value, refusal } = await ask("GET", `/sales/${encodeURIComponent(saleID)}`);
  if (!value) {
    refuse(refusal ?? noAnswer());
    return;
  }
  sale = value.sale ?? value;
  key = uuid7();
  by("refund-title").textContent = say("till_refund_title", { number: sale.number });
  by("refund-reason").value = "";
  wrong(by("refund-reason"), by("refund-error"), "");
  wrong(by("refund-what"), by("refund-lines-error"), "");
  forgive(by("refund-refusal"));
  const left = sale.lines.filter((line) => line.units_left > 0);
  by("refund-lines").replaceChildren(...sale.lines.map((line) => row(line, left.length === 1 && left[0] === line)));
  renderMeans();
  renderTotal();
  open(by("refund-dialog"), by("refund-reason"));
}

/** How it was paid comes first, and says so; a cheque is given back to who gave one; a gift gives nothing back. */
function renderMeans() {
  const isGift = sale.kind === "gift";
  const paid = (sale.payments ?? []).map(({ means }) => means);
  by("refund-gift").hidden = !isGift;
  by("refund-cash").hidden = isGift;
  by("refund-card").hidden = isGift;
  by("refund-cheque").hidden = isGift || !paid.includes("cheque");
  const first = isGift ? "gift" : paid[0] ?? "cash";
  for (const means of ["cash", "card", "cheque", "gift"]) by(`refund-${means}`).classList.toggle("primary", means === first);
  by("refund-paid").textContent = isGift ? say("till_refund_was_gift") : (sale.payments ?? [])
    .map(({ means, amount_cents: cents }) => say(`till_refund_paid_${means}`, { amount: euros(cents) })).join(" · ");
}

function row(line, chosen) {
  const id = `refund-line-${line.position}`;
  const gone = line.units_left < 1;
  return h(
    "div", { class: "check" },
    h("input", { type: "checkbox", id, value: String(line.position), checked: chosen, disabled: gone, onchange: renderTotal }),
    h("label", { for: id }, h("span", { class: "refund-words" }, line.description, line.quantity > 1 ? ` × ${line.quantity}` : ""),
      h("strong", {}, gone ? say("till_refund_gone") : euros(amount(line)))),
    line.units_left > 1
      ? h("input", { type: "number", class: "minutes", min: "1", max: String(line.units_left), value: String(line.units_left), "aria-label": say("till_line_quantity", { count: line.units_left }), "data-units": String(line.position), oninput: renderTotal })
      : null,
  );
}

/** What the person paid for units of a line: each unit the same, the last takes the cents that remain. */
function amount(line, units = line.units_left) {
  if (units === line.quantity) return line.person_cents;
  return Math.floor(line.person_cents / line.quantity) * units;
}

function chosen() {
  return sale.lines.filter((line) => by(`refund-line-${line.position}`)?.checked).map((line) => {
    const units = document.querySelector(`[data-units="${line.position}"]`);
    return { line, units: units ? Math.max(1, Math.min(Number(units.value) || 1, line.units_left)) : line.units_left };
  });
}

function renderTotal() {
  by("refund-total").textContent = euros(chosen().reduce((sum, { line, units }) => sum + amount(line, units), 0));
}

async function give(means) {
  if (!sale || sending) return;
  const lines = chosen();
  const reason = by("refund-reason").value;
  wrong(by("refund-what"), by("refund-lines-error"), lines.length ? "" : say("till_refund_nothing"));
  wrong(by("refund-reason"), by("refund-error"), reason ? "" : say("till_refund_missing"));
  if (!lines.length || !reason) {
    no();
    (lines.length ? by("refund-reason") : by("refund-lines").querySelector("input:not([disabled])"))?.focus();
    return;
  }
  sending = true;
  const { value, refusal } = await ask("POST", "/refunds", {
    key,
    sale: sale.id,
    lines: lines.map(({ line, units }) => ({ position: line.position, units })),
    reason,
    means: sale.kind === "gift" ? "none" : means,
  });
  sending = false;
  if (!value) {
    const card = refusal ?? { what: say("till_unknown"), why: say("till_lost_why"), now: say("till_retry"), reference: "E-LOST" };
    refuse(card, by("refund-refusal"));
    return;
  }
  const made = value.refund ?? value;
  by("refund-dialog").close();
  const isGift = sale.kind === "gift";
  desk.done = {
    ...made, words: "till_refunded", printed: true,
    change_cents: means === "cash" && !isGift ? made.total_cents : 0,
    back: isGift ? say("till_refund_gift_back") : say(`till_refund_back_${means}`),
  };
  desk.lastReceipt = made.receipt_url;
  sold();
  tell(`${say("till_refunded")}. ${euros(made.total_cents)}`);
  desk.render();
}

/** The dialog's own keys. */
export const refundKeys = { F8: () => give("cash"), F9: () => by("refund-card").hidden || give("card") };

export function prepareRefund(scanned) {
  by("refund-form").addEventListener("submit", (event) => event.preventDefault());
  for (const means of ["cash", "card", "cheque"]) by(`refund-${means}`).addEventListener("click", () => give(means));
  by("refund-gift").addEventListener("click", () => give("cash"));
  by("tickets-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = by("tickets-text").value.trim();
    wrong(by("tickets-text"), by("tickets-error"), typed ? "" : say("till_tickets_missing"));
    if (!typed) {
      no();
      by("tickets-text").focus();
      return;
    }
    by("tickets-dialog").close();
    scanned(typed);
  });
}

/** The shop's clock: 15:05. */
const clock = (at) => new Date(at).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Paris" });

/** Where a refund begins without a ticket in hand: a field, and what this till sold today. */
export async function findTicket() {
  by("tickets-text").value = "";
  wrong(by("tickets-text"), by("tickets-error"), "");
  by("tickets-list").replaceChildren(h("li", { class: "hint" }, say("till_tickets_reading")));
  open(by("tickets-dialog"), by("tickets-text"));
  const { value } = await ask("GET", `/receipts?${new URLSearchParams({ till: "here", day: "today", limit: "20" })}`);
  const tickets = (value?.items ?? []).filter(({ kind }) => kind !== "refund");
  by("tickets-list").replaceChildren(...tickets.map((ticket) => h("li", {}, h(
    "button", { class: "button wide", type: "button", onclick: () => {
      by("tickets-dialog").close();
      refund(ticket.sale);
    } },
    icon(ticket.kind === "gift" ? "gift" : "receipt"),
    h("span", { class: "refund-words" }, h("strong", {}, ticket.number), h("span", { class: "hint" }, ` ${[clock(ticket.at), ticket.what].filter(Boolean).join(" · ")}`)),
    h("strong", {}, euros(ticket.kind === "gift" ? ticket.value_cents : ticket.total_cents)),
  ))));
  if (!tickets.length) by("tickets-list").replaceChildren(h("li", { class: "hint" }, say(value ? "till_tickets_none" : "till_lost")));
}
