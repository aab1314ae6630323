// Payer: the amount, the tenders, and the one moment that sells. "Done" is shown on the service's word alone;
// until then the ticket is visibly not recorded, and its request key is kept.

import { ask } from "./api.js";
import { desk, forgive, lineCount, open, pointAt, queue, refuse, toast } from "./desk.js";
import { by, euros, h, icon, say, tell, wrong } from "./dom.js";
import { askClosing, dayIsOver, drawerIsClosed, isOfToday, openWhenClosed, readDrawer, renderClosing } from "./drawer.js";
import { handedOver, parse, plain } from "./money.js";
import { no, sold } from "./sound.js";
import { readOffers } from "./what.js";

const given = by("given");

/** Whether there is something to pay for; says so when there is not. */
async function ready() {
  if (desk.sending) return false;
  if (desk.ticket.sent) {
    deliver();
    return false;
  }
  if (!desk.ticket.lines.length) {
    toast(say("till_empty"));
    tell(say("till_empty"));
    no();
    return false;
  }
  if (!isOfToday()) await readDrawer();
  if (drawerIsClosed()) await openWhenClosed();
  // Found before anything is paid: a card is not charged for what cannot be sold.
  if (dayIsOver()) {
    no();
    await askClosing();
    return false;
  }
  return !drawerIsClosed();
}

/** Whether the service lets this ticket pass, as far as it said: what is refused is not paid for first. */
async function allowed() {
  await desk.previewing;
  if (!desk.preview?.refusal) return true;
  pointAt(desk.preview.refusal);
  return false;
}

/** The amount typed in cents; null when none is, undefined when it cannot be read (and the field says why). */
function typed() {
  if (!given.value.trim()) return null;
  const { cents, doubt } = parse(given.value);
  const error = doubt !== undefined
    ? say("till_given_doubt", { amount: euros(doubt), plain: plain(doubt) })
    : cents === undefined ? say("till_given_wrong") : "";
  wrong(given, by("given-error"), error);
  if (!error) return cents;
  given.focus();
  no();
  return undefined;
}

function take(payment) {
  desk.ticket.payments.push(payment);
  desk.ticket.keep();
  given.value = "";
  wrong(given, by("given-error"), "");
  if (desk.ticket.due > 0) {
    desk.render();
    return undefined;
  }
  return sell();
}

/** Cash: the exact amount, or what was typed; less than what is due is a first part of it. */
export function payCash() {
  return queue(async () => {
    if (!(await ready())) return undefined;
    const handed = typed();
    if (handed === undefined || !(await allowed())) return undefined;
    const { due } = desk.ticket;
    if (due <= 0) return sell();
    const tendered = handed === null || handed === 0 ? due : handed;
    return take({ means: "cash", amount_cents: Math.min(tendered, due), tendered_cents: tendered });
  });
}

export const payCard = () => payBy("card", "till_ask_card", "till_ask_card_help", "till_ask_card_yes");
export const payCheque = () => payBy("cheque", "till_ask_cheque", "till_ask_cheque_help", "till_ask_cheque_yes");

/** Card and cheque are accepted elsewhere, so the rules are asked first; then the seller confirms what they saw. */
function payBy(means, title, help, answer) {
  return queue(async () => {
    if (!(await ready())) return;
    const amount = typed();
    if (amount === undefined) return;
    if (!(await allowed())) return;
    const { due } = desk.ticket;
    const cents = amount ? Math.min(amount, due) : due;
    if (due <= 0) {
      sell();
      return;
    }
    by("ask-title").textContent = say(title);
    by("ask-amount").textContent = euros(cents);
    by("ask-help").textContent = say(help);
    by("ask-yes").replaceChildren(icon("done"), say(answer));
    by("ask-form").onsubmit = () => queue(() => take({ means, amount_cents: cents, tendered_cents: cents }));
    open(by("ask-dialog"), by("ask-yes"));
  });
}

/** A gift: a programme pays, the person nothing. The rules of gifts are asked before its dialog opens. */
export function payGift() {
  return queue(async () => {
    if (!(await ready())) return;
    const programme = by("gift-programme");
    if (programme) {
      const { value } = await ask("POST", "/sales/preview", { ...desk.ticket.asked(), programme: programme.value });
      if (value?.refusal) {
        pointAt(value.refusal);
        return;
      }
    }
    by("gift-value").textContent = euros(desk.ticket.total);
    by("gift-form").onsubmit = (event) => {
      if (!programme?.value || event.submitter?.value !== "yes") return;
      queue(() => {
        desk.ticket.payments = [];
        desk.ticket.send("/gifts", { ...desk.ticket.asked(), programme: programme.value });
        return deliver();
      });
    };
    open(by("gift-dialog"), programme?.length === 1 ? by("gift-yes") : programme);
  });
}

function sell() {
  desk.ticket.send("/sales", { ...desk.ticket.asked(), payments: desk.ticket.payments });
  return deliver();
}

let again = null;

/** Sends what is frozen, until the service answered. Sending it twice cannot sell it twice. */
export async function deliver() {
  if (desk.sending || !desk.ticket.sent) return;
  clearTimeout(again);
  desk.sending = true;
  forgive();
  tell(say("till_sending"));
  desk.render();
  const { path, body } = desk.ticket.sent;
  const answer = await ask("POST", path, body);
  desk.sending = false;
  if (answer.value) finish(answer.value.sale ?? answer.value.gift, path === "/gifts");
  else if (settles(answer)) refused(answer);
  else waiting(answer);
  desk.render();
}

/** A no settles a ticket: nothing was recorded. Where nobody could look (signed out, a fault) it settles nothing. */
const unsettled = new Set(["outcome_unknown", "till_locked"]);
const settles = ({ refusal, status }) => refusal && status !== 401 && status !== 500 && !unsettled.has(refusal.code);

function finish(sale, isGift) {
  const printed = desk.ticket.lines.some((line) => line.label);
  const name = desk.ticket.who?.standing?.person?.name;
  const payer = isGift ? by("gift-programme")?.selectedOptions[0]?.textContent : null;
  desk.done = { ...sale, isGift, name, payer, lines: desk.ticket.lines.length, printed };
  desk.lastReceipt = sale.receipt_url;
  desk.ticket.clear();
  desk.preview = null;
  desk.selected = 0;
  sold();
  tell(isGift ? giftWords(desk.done) : `${say("till_done")}. ${sale.change_cents ? `${say("till_change")} ${euros(sale.change_cents)}` : say("till_no_change")}`);
  readOffers();
}

const giftWords = ({ name, value_cents: value, payer }) => [
  name ? say("till_given_to", { name }) : say("till_done_gift"),
  payer ? say("till_gift_worth", { amount: euros(value), programme: payer }) : "",
].filter(Boolean).join(". ");

function refused({ refusal }) {
  desk.ticket.takeBack();
  if (refusal.code === "key_reused") desk.ticket.key = null;
  pointAt(refusal);
  if (refusal.code === "drawer_closed") document.dispatchEvent(new CustomEvent("drawer-closed"));
}

/** Nothing is sold as far as anybody knows: tell so, and try again by itself. */
function waiting(answer) {
  if (answer.status === 401) document.dispatchEvent(new CustomEvent("signed-out"));
  desk.waiting = answer.offline ? say("till_offline") : say("till_unknown");
  no();
  again = setTimeout(deliver, 5_000);
}

window.addEventListener("online", () => deliver());

/** Takes a first part of a payment back. */
function giveBack(position) {
  desk.ticket.payments.splice(position, 1);
  desk.ticket.keep();
  desk.render();
}

export function renderPay() {
  const { ticket, done, sending } = desk;
  const { due, lines, payments } = ticket;
  by("done").hidden = !done;
  by("tender").hidden = Boolean(done) || Boolean(ticket.sent);
  by("pay-bar").hidden = Boolean(done);
  by("line-count").hidden = !lines.length;
  by("line-count").textContent = lineCount(lines.length);
  const partly = payments.length && !ticket.sent;
  by("total-words").textContent = say(partly ? "till_total_left" : "till_total");
  by("total").textContent = euros(partly ? due : ticket.total);
  for (const id of ["pay-cash", "pay-card", "pay-cheque", "pay-gift"]) by(id).setAttribute("aria-busy", String(sending));
  by("payments").replaceChildren(...payments.map((payment, position) => h(
    "li", {}, icon(payment.means), h("span", {}, say(`till_paid_${payment.means}`)), h("strong", {}, euros(payment.amount_cents)),
    ticket.sent ? null : h("button", { class: "button quiet line-button", type: "button", "aria-label": say("till_payment_remove"), onclick: () => giveBack(position) }, icon("remove")),
  )));
  renderClosing();
  renderWhy();
  renderHanded();
  renderNotes(due, lines.length > 0);
  renderPending();
  if (done) renderDone(done);
  document.body.dataset.ticket = done ? "done" : sending ? "sending" : ticket.sent ? "waiting" : lines.length ? "open" : "empty";
}

/** Why the ticket cannot be paid for, under the amount; the payment stays quiet and can still be asked. */
function renderWhy() {
  const refusal = desk.ticket.sent || !desk.ticket.lines.length ? null : desk.preview?.refusal;
  const place = by("pay-why");
  document.body.dataset.allowed = refusal ? "no" : "yes";
  place.hidden = !refusal;
  place.replaceChildren(...(refusal ? [icon("refused"), refusal.what] : []));
}

/** What goes back, or what is missing, while the amount is typed. */
function renderHanded() {
  const place = by("given-change");
  const { cents } = parse(given.value);
  const { due, lines } = desk.ticket;
  const known = given.value.trim() && cents && due > 0 && lines.length;
  const short = known && cents < due;
  place.classList.toggle("short", Boolean(short));
  place.textContent = !known ? "" : short ? say("till_given_short", { amount: euros(due - cents) })
    : say("till_given_change", { amount: euros(cents - due) });
}

given.addEventListener("input", () => {
  wrong(given, by("given-error"), "");
  renderHanded();
});

function renderNotes(due, hasLines) {
  by("notes").replaceChildren(...(hasLines && due > 0 ? handedOver(due) : []).map((sum) => h(
    "button", { class: "button", type: "button", onclick: () => { given.value = plain(sum); payCash(); } },
    icon("cash"), euros(sum).replace(/[.,]00/, ""),
  )));
}

function renderPending() {
  const place = by("pending");
  const { sent } = desk.ticket;
  place.hidden = !sent;
  if (!sent) return;
  const words = desk.sending ? say("till_sending") : desk.waiting ?? say("till_unknown");
  if (place.dataset.words === words && place.childElementCount) return;
  place.dataset.words = words;
  place.replaceChildren(
    desk.sending ? h("span", { class: "spinner" }) : icon("offline"),
    h("div", { class: "stack" }, h("p", {}, words),
      desk.sending ? null : h("button", { class: "button", type: "button", onclick: () => deliver() }, icon("undo"), say("till_retry"))),
  );
}

function renderDone(done) {
  const change = done.change_cents ?? 0;
  by("done").replaceChildren(
    h("p", { class: "done-title" }, icon("done"), done.isGift && done.name ? say("till_given_to", { name: done.name }) : say(done.words ?? (done.isGift ? "till_done_gift" : "till_done"))),
    h("p", { class: "done-words" }, done.isGift
      ? (done.payer ? say("till_gift_worth", { amount: euros(done.value_cents), programme: done.payer }) : "")
      : change ? say("till_change") : done.back ?? say("till_no_change")),
    ...(change ? [h("p", { class: "done-change", id: "change" }, euros(change))] : []),
    h("p", { class: "hint" }, say("till_done_number", { number: done.number }),
      done.lines ? ` · ${lineCount(done.lines)}` : "", done.isGift || done.total_cents === undefined ? "" : ` · ${euros(done.total_cents)}`),
    h("div", { class: "stack" },
      done.hand_over_url ? h("a", { class: "button primary", href: done.hand_over_url, id: "done-sign" }, icon("edit"), say("till_done_sign")) : null,
      done.codes_url ? h("a", { class: "button primary", href: done.codes_url, target: "_blank", id: "done-codes" }, icon("lock"), say("till_done_codes")) : null,
      h("a", { class: `button${done.printed && !done.hand_over_url && !done.codes_url ? " primary" : ""}`, href: `${done.receipt_url}?print`, target: "_blank", id: "done-print" }, icon("print"), say("till_receipt_print"), h("kbd", {}, "Ctrl+P")),
      h("a", { class: "button", href: done.receipt_url, target: "_blank" }, icon("receipt"), say("till_receipt"))),
    h("p", { class: "notice done" }, icon("scan"), say("till_done_next")),
  );
}
