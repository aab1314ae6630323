// The till: what a scan, a key and a touch do.

import { ask, noAnswer, sendForm, tellVoid } from "./api.js";
import { desk, forgive, mayChange, open, queue, refuse, toast } from "./desk.js";
import { by, say } from "./dom.js";
import { askClosing, askFloat, drawerIsClosed, openWhenClosed, prepareDrawer, readDrawer } from "./drawer.js";
import { find, prepareFind } from "./find.js";
import { digits, listenToKeys } from "./keys.js";
import { deliver, payCard, payCash, payCheque, payGift, renderPay } from "./pay.js";
import { findTicket, prepareRefund, refund, refundKeys } from "./refund.js";
import { codeIn, listen, repair } from "./scanner.js";
import { bare, changeSeat, isBadge, isLocked, lock, prepareSeat, scanBadge } from "./seat.js";
import { no, sounds } from "./sound.js";
import { addDevice, addOffer, changeQuantity, offerAt, preview, readOffers, removeLine, renderLines, select } from "./what.js";
import { meet, meetAgain, part, renderWho } from "./who.js";

const main = by("main");

let shown = "";

desk.renderPreview = () => {
  renderLines();
  renderPay();
};
desk.render = () => {
  renderWho();
  renderLines();
  renderPay();
  const asked = JSON.stringify(desk.ticket.asked());
  if (asked !== shown) desk.previewing = preview();
  shown = asked;
};

/** One scan channel: the code itself says whether it is a voucher, a machine, a person, a receipt or a badge. */
function scanned(text) {
  const { code, repaired } = repair(codeIn(text));
  if (repaired) {
    console.warn("scanner set to another keyboard layout");
    toast(say("till_scanner_wrong"), null, { path: "/scanner", icon: "scan", words: say("till_menu_scanner") });
  }
  const dialog = document.querySelector("dialog:modal");
  if (dialog && !isLocked()) {
    if (dialog.id === "ask-dialog" || dialog.id === "gift-dialog") {
      toast(say("till_finish_first"));
      no();
      return;
    }
    dialog.close();
  }
  queue(() => lookUp(code));
}

async function lookUp(code) {
  if (isLocked() || isBadge(code)) {
    await scanBadge(code);
    return;
  }
  const { value, refusal, status } = await ask("GET", `/scan/${encodeURIComponent(code)}`);
  if (!value) {
    if (status === 401) lock();
    else refuse(refusal ?? noAnswer());
    return;
  }
  if (value.kind === "voucher") meet({ voucher: value.code, standing: value.standing });
  else if (value.kind === "completion") meet({ completion: code, standing: value.standing });
  else if (value.kind === "person") meet({ person: value.standing.person.id, standing: value.standing });
  else if (value.kind === "device") addDevice(value.device);
  else if (value.kind === "product") addOffer(value.product);
  else if (value.kind === "receipt" && mayChange()) await refund(value.sale_id);
}

/** A lone character outside a field: a digit adds its offer, + and − change the quantity. */
function typed(key) {
  if (!digits.on || document.querySelector("dialog:modal")) return;
  if (key === "+") changeQuantity(1);
  else if (key === "-") changeQuantity(-1);
  else if (/[1-9]/.test(key)) {
    queue(() => {
      const offer = offerAt(Number(key));
      if (offer) addOffer(offer);
    });
  }
}

async function showMenu() {
  await readDrawer();
  renderMenu();
  open(by("menu-dialog"), by(drawerIsClosed() ? "menu-open-drawer" : "menu-refund"));
}

/** One step back, and never a line lost. */
function back() {
  if (forgive()) return;
  if (desk.done) {
    desk.done = null;
    desk.render();
  } else if (by("given").value) {
    by("given").value = "";
    by("given").blur();
  } else if (!desk.ticket.lines.length) part();
  document.activeElement?.blur?.();
}

function print() {
  if (!desk.lastReceipt) return false;
  window.open(`${desk.lastReceipt}?print`, "_blank");
  return true;
}

function abandon() {
  if (!mayChange()) return;
  by("menu-dialog").close();
  const { lines, who, key, right, payments } = desk.ticket;
  const keep = lines.length ? tellVoid(lines, true) : () => {};
  desk.ticket.clear();
  desk.preview = null;
  toast(say("till_abandoned"), () => {
    keep();
    Object.assign(desk.ticket, { lines, who, key, right, payments });
    desk.ticket.keep();
    desk.render();
  });
  desk.render();
}

function renderMenu() {
  const set = (id, on) => by(id).setAttribute("aria-pressed", String(on));
  by("menu-open-drawer").hidden = !drawerIsClosed();
  by("menu-close-drawer").hidden = drawerIsClosed();
  by("menu-abandon").hidden = !desk.ticket.lines.length && !desk.ticket.who;
  set("menu-sounds", sounds.on);
  by("menu-sounds").querySelector(".icon").className = `icon icon-${sounds.on ? "sound" : "silent"}`;
  set("menu-digits", digits.on);
  set("menu-help", main.classList.contains("first-day"));
}

function prepareMenu() {
  by("menu-open").addEventListener("click", () => queue(showMenu));
  by("menu-open-drawer").addEventListener("click", askFloat);
  by("menu-close-drawer").addEventListener("click", () => queue(askClosing));
  by("close-open").addEventListener("click", () => queue(askClosing));
  by("menu-refund").addEventListener("click", () => queue(async () => {
    if (mayChange()) await findTicket();
  }));
  by("menu-abandon").addEventListener("click", abandon);
  by("menu-reprint").addEventListener("click", () => print() || toast(say("till_no_last_receipt")));
  by("menu-switch").addEventListener("click", changeSeat);
  by("menu-lock").addEventListener("click", lock);
  by("menu-sounds").addEventListener("click", () => {
    sounds.on = !sounds.on;
    renderMenu();
  });
  by("menu-digits").addEventListener("click", () => {
    digits.on = !digits.on;
    renderMenu();
  });
  by("menu-help").addEventListener("click", async () => {
    const on = main.classList.toggle("first-day");
    renderMenu();
    await sendForm("/account", { language: document.documentElement.lang, first_day: on ? "yes" : "" });
  });
}

const scanner = listen(window, { gap: Number(main.dataset.gap), onScan: scanned, onKey: typed });
listenToKeys(window, {
  actions: {
    F2: find,
    F4: () => queue(showMenu),
    "Shift+F4": () => queue(askClosing),
    F8: payCash,
    F9: payCard,
    Escape: () => queue(back),
    Delete: () => queue(() => removeLine()),
    ArrowUp: () => select(-1),
    ArrowDown: () => select(1),
    print,
  },
  inDialog: (id) => ({ "refund-dialog": refundKeys, "menu-dialog": { "Shift+F4": () => queue(askClosing) } })[id],
  flush: scanner.flush,
});

for (const [id, action] of [["find-open", find], ["pay-cash", payCash], ["pay-card", payCard], ["pay-cheque", payCheque], ["pay-gift", payGift]]) {
  by(id).addEventListener("click", action);
}
by("given").addEventListener("keydown", (event) => {
  if (event.key === "Enter") payCash();
});
for (const button of document.querySelectorAll("dialog [data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
// Enter in a list of choices goes on, as it does in a field.
for (const list of document.querySelectorAll("dialog form select")) {
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    list.form.requestSubmit(list.form.querySelector("button[value=yes]") ?? undefined);
  });
}
prepareFind(scanned);
prepareDrawer();
prepareRefund(scanned);
prepareSeat(Number(main.dataset.idle));
prepareMenu();

// On a telephone a refusal stands just above the payment, under the seller's eyes.
const beside = matchMedia("(min-width: 1024px)");
const placeRefusal = () => (beside.matches ? by("refusal-place") : by("pay-foot")).prepend(by("refusal"));
beside.addEventListener("change", placeRefusal);
placeRefusal();

document.addEventListener("drawer-closed", () => queue(openWhenClosed));

// A sale that nobody confirmed yet keeps the seller here.
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") !== "/sign-out" || !desk.ticket.sent) return;
  event.preventDefault();
  toast(say("till_sign_out_pending"));
  no();
}, true);
window.addEventListener("beforeunload", (event) => {
  if (desk.ticket.sent && !bare) event.preventDefault();
});
navigator.storage?.persist?.();

// What was scanned on the first page comes in the address's fragment, which no server and no history keeps.
function takeBrought() {
  const brought = new URLSearchParams(location.hash.slice(1)).get("scan");
  if (!brought) return;
  history.replaceState(null, "", location.pathname);
  scanned(brought);
}

// A till that is locked shows nobody's ticket; once unlocked the page is drawn anew.
if (!isLocked()) {
  desk.render();
  queue(readOffers);
  queue(() => meetAgain());
  if (desk.ticket.sent) deliver();
  else queue(openWhenClosed);
  takeBrought();
}
