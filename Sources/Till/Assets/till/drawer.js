// Opening the drawer, and its counted closing in the till's menu. Both need the service: neither is ever queued.

import { ask, noAnswer } from "./api.js";
import { desk, open, toast } from "./desk.js";
import { by, euros, h, icon, say, tell, wrong } from "./dom.js";
import { amounts as listed, parse, plain } from "./money.js";
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
  readOn = new Date().toDateString();
  show(value.open);
}

/** The day on which the service was last asked: past midnight it is asked again before anything is paid. */
let readOn = "";
export const isOfToday = () => readOn === new Date().toDateString();

/** Whether the open drawer is of a day that is over: it is counted and closed first, and the lines stay. */
export const dayIsOver = () => Boolean(drawer.open && drawer.over);

/** A closed drawer is said on the screen as long as it is closed, with what opens it. */
function show(isOpen) {
  document.body.dataset.drawer = isOpen ? "open" : "closed";
  by("closed").hidden = isOpen;
  by("over").hidden = !(isOpen && drawer.over);
  if (drawer.business_on) {
    by("over-words").textContent = say("till_over_strip", { day: drawer.business_on.split("-").reverse().join("/") });
  }
  renderClosing();
}

/** Closing is within reach as long as nothing is being sold. */
export function renderClosing() {
  by("close-open").hidden = !drawer.open || desk.ticket.lines.length > 0;
}

export const drawerIsClosed = () => document.body.dataset.drawer === "closed";

/** Asks for the float. */
export function askFloat() {
  by("open-float").value = "";
  wrong(by("open-float"), by("open-error"), "");
  open(by("open-dialog"), by("open-float"));
}

/** Asks for the float when the drawer is closed, as far as the service says. */
export async function openWhenClosed() {
  await readDrawer();
  if (drawerIsClosed() && !document.querySelector("dialog:modal")) askFloat();
}

/** Cents of a field; undefined, and the field says why, when there is no amount in it. */
function amount(input, error) {
  const { cents } = parse(input.value);
  const words = input.value.trim() ? "till_given_wrong" : "till_amount_missing";
  wrong(input, error, cents === undefined ? say(words) : "");
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
  by("closed-open").addEventListener("click", askFloat);
  by("over-close").addEventListener("click", askClosing);
  prepareCash();
  by("close-pieces").addEventListener("input", addPieces);
  by("close-form").addEventListener("submit", (event) => {
    event.preventDefault();
    close();
  });
  let typing = null;
  for (const id of ["close-cash", "close-card", "close-cheque"]) {
    by(id).addEventListener("change", showGap);
    by(id).addEventListener("input", () => {
      wrong(by(id), by(`${id}-error`), "");
      clearTimeout(typing);
      typing = setTimeout(showGap, 800);
    });
  }
}

/** Coins and notes add up to the cash that was counted. */
function addPieces() {
  const pieces = countedPieces();
  if (!pieces.length) return;
  by("close-cash").value = plain(pieces.reduce((sum, piece) => sum + piece.cents * piece.count, 0));
  wrong(by("close-cash"), by("close-cash-error"), "");
  showGap();
}

/** Kinds of coins and notes of which a number was typed. */
function countedPieces() {
  return [...document.querySelectorAll("[data-piece]")]
    .map((input) => ({ cents: Number(input.dataset.piece), count: /^\d{1,5}$/.test(input.value.trim()) ? Number(input.value) : 0 }))
    .filter(({ count }) => count > 0);
}

/** Cash that moves for no ticket: put in, taken out, or the drawer opened alone. */
function prepareCash() {
  const form = by("cash-form");
  const kind = () => form.querySelector("[name=cash-kind]:checked").value;
  const fit = () => {
    for (const option of by("cash-motive").options) {
      option.hidden = option.disabled = Boolean(option.value) && !option.dataset.kinds.split(" ").includes(kind());
    }
    if (by("cash-motive").selectedOptions[0]?.disabled) by("cash-motive").value = "";
    by("cash-amount-field").hidden = kind() === "opened";
  };
  for (const radio of form.querySelectorAll("[name=cash-kind]")) radio.addEventListener("change", fit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong(by("cash-motive"), by("cash-error"), by("cash-motive").value ? "" : say("till_cash_motive_missing"));
    if (!by("cash-motive").value) {
      by("cash-motive").focus();
      no();
      return;
    }
    const cents = kind() === "opened" ? 0 : amount(by("cash-amount"), by("cash-amount-error"));
    if (cents === undefined) return;
    const motive = by("cash-motive").selectedOptions[0].textContent;
    const { value, refusal } = await ask("POST", "/drawers/current/moves", {
      key: (key ??= uuid7()), kind: kind(), motive: by("cash-motive").value, amount_cents: cents,
    });
    answered(value ?? refusal);
    if (!value) {
      const isAmount = kind() !== "opened";
      sayNo(by(isAmount ? "cash-amount" : "cash-motive"), by(isAmount ? "cash-amount-error" : "cash-error"), refusal ?? noAnswer());
      return;
    }
    by("cash-dialog").close();
    drawer = value;
    yes();
    toast(say("till_cash_done", { words: kind() === "opened" ? motive : `${motive}, ${euros(cents)}` }));
  });
  by("menu-cash").addEventListener("click", async () => {
    await readDrawer();
    if (!drawer.open) {
      toast(say("till_cash_closed"));
      return;
    }
    form.reset();
    for (const id of ["cash-motive", "cash-amount"]) wrong(by(id), by(id === "cash-motive" ? "cash-error" : "cash-amount-error"), "");
    fit();
    open(by("cash-dialog"), by("cash-in"));
  });
}

/** The counted closing in a dialog of its own; a sale under way is finished first. */
export async function askClosing() {
  await readDrawer();
  const { ticket } = desk;
  const why = ticket.sent ? say("till_closing_pending", { amount: euros(ticket.total) })
    : ticket.lines.length && !dayIsOver() ? say("till_closing_busy")
      : drawer.open ? "" : say("till_closing_closed");
  by("close-why").hidden = !why;
  by("close-why").replaceChildren(icon("info"), why);
  by("close-form").hidden = Boolean(why);
  by("close-done").hidden = true;
  by("close-title").textContent = say("till_closing");
  by("close-cheque-field").hidden = !drawer.expected_cheque_cents;
  by("close-gap").hidden = true;
  by("close-pieces").open = false;
  for (const input of document.querySelectorAll("[data-piece]")) input.value = "";
  for (const id of ["close-cash", "close-card", "close-cheque"]) {
    by(id).value = "";
    wrong(by(id), by(`${id}-error`), "");
  }
  by("close-reason").value = "";
  open(by("close-dialog"), why ? null : by("close-cash"));
}

const total = (list) => list?.reduce((sum, cents) => sum + cents, 0);
const counted = (id) => (by(id).value.trim() ? (id === "close-cheque" ? total(listed(by(id).value)) : parse(by(id).value).cents) : 0);

const means = [["cash", "close-cash"], ["card", "close-card"], ["cheque", "close-cheque"]];

/** The difference appears once all is counted, so that counting is not guided by it. */
function showGap() {
  if (!by("close-cash").value.trim() || !by("close-card").value.trim()) return;
  if (!by("close-cheque-field").hidden && !by("close-cheque").value.trim()) return;
  if (drawer.expected_cash_cents === undefined) return;
  const gaps = means.map(([name, id]) => [name, counted(id) - (drawer[`expected_${name}_cents`] ?? 0)])
    .filter(([, cents]) => cents !== 0 && !Number.isNaN(cents));
  by("close-gap").hidden = gaps.length === 0;
  const words = gaps.map(([name, cents]) => `${say(`till_${name}`)} ${signed(cents)}`).join(", ");
  by("close-gap-words").replaceChildren(icon("warning"), gaps.length ? say("till_closing_gap", { gap: words }) : "");
}

const signed = (cents) => `${cents > 0 ? "+" : ""}${euros(cents)}`;

async function close() {
  const amounts = {};
  let cheques = [];
  for (const [name, id] of means) {
    if (id !== "close-cash" && !by(id).value.trim()) amounts[name] = 0;
    else if (id === "close-cheque") {
      cheques = listed(by(id).value);
      wrong(by(id), by(`${id}-error`), cheques ? "" : say("till_cheques_wrong"));
      if (!cheques) {
        by(id).focus();
        no();
        return;
      }
      amounts[name] = total(cheques);
    }
    else amounts[name] = amount(by(id), by(`${id}-error`));
    if (amounts[name] === undefined) return;
  }
  const { value, refusal } = await ask("POST", "/drawers/current/closing", {
    key: (key ??= uuid7()),
    counted_cash_cents: amounts.cash,
    counted_card_cents: amounts.card,
    counted_cheque_cents: amounts.cheque,
    pieces: countedPieces(),
    cheques_cents: cheques,
    reason: by("close-reason").value,
  });
  answered(value ?? refusal);
  if (value) {
    drawer = { open: false };
    show(false);
    yes();
    tell(say("till_closed"));
    showSums(value.closing);
  } else if (refusal?.code === "drawer_difference") {
    if (by("close-gap").hidden) by("close-gap-words").replaceChildren(icon("warning"), say("till_closing_gap_unknown"));
    by("close-gap").hidden = false;
    by("close-reason").focus();
    no();
  } else {
    sayNo(by("close-cash"), by("close-cash-error"), refusal ?? noAnswer());
  }
}

/** What was closed, in figures, and the slip to print. */
function showSums(closing) {
  by("close-form").hidden = true;
  by("close-done").hidden = false;
  by("close-title").textContent = say("till_closed");
  const row = (words, sum) => [h("dt", {}, words), h("dd", {}, sum)];
  by("close-sums").replaceChildren(...[
    row(say("till_closing_number"), closing.number),
    row(say("till_closing_tickets"), String(closing.tickets)),
    row(say("till_closing_sales"), euros(closing.sales_cents)),
    row(say("till_closing_refunds"), euros(closing.refunds_cents)),
    row(say("till_closing_gifts"), euros(closing.gifts_cents)),
    ...means.map(([name]) => {
      const sum = closing[`counted_${name}_cents`];
      const gap = sum - closing[`expected_${name}_cents`];
      return sum || gap ? row(say("till_closing_counted", { means: say(`till_${name}`) }), euros(sum) + (gap ? ` (${signed(gap)})` : "")) : [];
    }),
  ].flat());
  by("close-print").href = `${closing.url}?print`;
  by("close-print").focus();
}
