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
  forgive(by("refund-refusal"));
  const left = sale.lines.filter((line) => line.units_left > 0);
  by("refund-lines").replaceChildren(...sale.lines.map((line) => row(line, left.length === 1 && left[0] === line)));
  const isGift = sale.kind === "gift";
  by("refund-card").hidden = isGift;
  by("refund-cheque").hidden = isGift;
  renderTotal();
  open(by("refund-dialog"), by("refund-reason"));
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
  const error = !lines.length ? say("till_refund_nothing") : !reason ? say("till_refund_missing") : "";
  wrong(by("refund-reason"), by("refund-error"), error);
  if (error) {
    no();
    by("refund-reason").focus();
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
  desk.done = { ...made, words: "till_refunded", change_cents: means === "cash" ? made.total_cents : 0, printed: true };
  desk.lastReceipt = made.receipt_url;
  sold();
  tell(`${say("till_refunded")}. ${euros(made.total_cents)}`);
  desk.render();
}

/** The dialog's own keys. */
export const refundKeys = { F8: () => give("cash"), F9: () => by("refund-card").hidden || give("card") };

export function prepareRefund() {
  by("refund-form").addEventListener("submit", (event) => event.preventDefault());
  by("refund-cash").addEventListener("click", () => give("cash"));
  by("refund-card").addEventListener("click", () => give("card"));
  by("refund-cheque").addEventListener("click", () => give("cheque"));
}

/** Where to start a refund without a receipt to scan. */
export function explainRefund() {
  tell(say("till_menu_refund_help"));
  by("refusal").replaceChildren(h("p", { class: "notice" }, icon("refund"), say("till_menu_refund_help")));
}
