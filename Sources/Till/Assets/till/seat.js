// Who sits at the till: a badge or a PIN changes it, the ticket stays. A till left alone locks itself. The service holds
// the lock: until it is undone no page of this browser opens, and this one only shows that it is so.

import { ask, noAnswer, renew } from "./api.js";
import { desk, open, toast } from "./desk.js";
import { by, h, say, tell, wrong } from "./dom.js";
import { no, yes } from "./sound.js";

const dialog = by("lock-dialog");
const pin = by("lock-pin");
/** Locked when it was opened: nothing of the ticket was drawn. */
export const bare = "locked" in by("main").dataset;
let locked = false;
let sealing = null;

export const isLocked = () => locked;

/** Locks the till; nothing but a badge, a PIN or a password takes it away. */
export function lock() {
  locked = true;
  by("main").classList.add("locked");
  show("till_lock_title", "till_lock_help");
  seal();
}

/** Tells the service, as often as it takes. */
async function seal() {
  clearTimeout(sealing);
  if (!locked) return;
  const { value, refusal } = await ask("POST", "/sign-ins/lock");
  if (!value && !refusal && locked) sealing = setTimeout(seal, 3000);
}

/** Asks who takes over; Escape goes back to the sale. */
export function changeSeat() {
  if (!locked) show("till_switch_title", "till_lock_help");
}

function show(title, help) {
  by("lock-title").textContent = say(title);
  by("lock-help").textContent = say(help);
  by("lock-cancel").hidden = locked;
  readColleagues();
  pin.value = "";
  wrong(pin, by("lock-error"), "");
  open(dialog, pin);
}

/** Who may take over at this till; whoever is at work stays chosen. */
async function readColleagues() {
  const { value } = await ask("GET", "/sign-ins/colleagues");
  if (!value) return;
  const chosen = by("lock-user").value || desk.user;
  by("lock-user").replaceChildren(...value.items.map(({ id, name }) => h("option", { value: id, selected: id === chosen }, name)));
}

/** What is printed on a badge. */
export const isBadge = (code) => /^BG\d{16}$/i.test(code);

/** A badge that was scanned. */
export const scanBadge = (code) => sit({ badge: code });

async function sit(proof) {
  const help = by("lock-help").textContent;
  if (dialog.open) by("lock-help").textContent = say("till_lock_checking");
  const { value, refusal } = await ask("POST", "/sign-ins/switch", proof);
  by("lock-help").textContent = help;
  if (!value) {
    const { what, why, now } = refusal?.code === "sign_in_wrong" && proof.pin
      ? { what: say("till_lock_wrong"), why: "", now: say("till_lock_again") }
      : refusal ?? noAnswer();
    if (!dialog.open) show("till_switch_title", "till_lock_help");
    wrong(pin, by("lock-error"), [what, why, now].join(" "));
    pin.value = "";
    pin.focus();
    no();
    return;
  }
  locked = false;
  clearTimeout(sealing);
  by("main").classList.remove("locked");
  renew(value.csrf);
  if (bare) {
    location.reload();
    return;
  }
  if (proof.user) desk.user = proof.user;
  dialog.close();
  for (const name of document.querySelectorAll(".account-name, .account-panel strong")) name.textContent = value.name;
  by("main").classList.toggle("first-day", value.first_day);
  yes();
  tell(say("till_switched", { name: value.name }));
  toast(say("till_switched", { name: value.name }));
}

export function prepareSeat(idleMinutes) {
  by("lock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (pin.value) sit({ user: by("lock-user").value, pin: pin.value });
    else pin.focus();
  });
  dialog.addEventListener("cancel", (event) => {
    if (locked) event.preventDefault();
  });
  document.addEventListener("signed-out", lock);
  if (bare) {
    lock();
    return;
  }
  readColleagues();

  let idle = null;
  const awake = () => {
    clearTimeout(idle);
    idle = setTimeout(lock, idleMinutes * 60_000);
  };
  for (const event of ["keydown", "pointerdown"]) document.addEventListener(event, awake, { capture: true, passive: true });
  awake();
}
