// Dérogation: a second person signs here for one line beyond a limit. The till stays its seller's, and what was typed is
// forgotten with the dialog.

import { ask, noAnswer } from "./api.js";
import { open, toast } from "./desk.js";
import { by, dayWords, euros, h, icon, say, tell, wrong } from "./dom.js";
import { no, yes } from "./sound.js";
import { uuid7 } from "./ticket.js";

const dialog = by("override-dialog");
const motive = by("override-motive");
const until = by("override-until");
const login = by("override-login");
const password = by("override-password");
/** What is asked for, under which key, and what follows once it is granted. */
let asked = null;
let sending = false;

/** The button on the card of a refusal that an exception lifts. */
export function overrideButton(need, granted) {
  return h("button", {
    class: "button override-open", type: "button",
    onclick: (event) => {
      event.stopPropagation();
      askOverride(need, granted);
    },
  }, icon("key"), say("till_override"));
}

function askOverride(need, granted) {
  asked = { need, granted, key: uuid7() };
  const beyond = [need.units ? `${need.units}` : null, need.cents ? euros(need.cents) : null].filter(Boolean).join(", ");
  by("override-what").textContent = say("till_override_beyond", { beyond, rule: need.words });
  motive.value = "";
  until.value = until.min;
  forget();
  for (const [field, error] of errors) wrong(field, error, "");
  open(dialog, motive);
}

function forget() {
  login.value = "";
  password.value = "";
}

const errors = [
  [motive, by("override-motive-error")], [until, by("override-until-error")], [password, by("override-error")],
];

async function grant() {
  if (sending) return;
  const missing = !motive.value ? [0, "till_override_motive_missing"] : !login.value || !password.value ? [2, "till_override_sign"] : null;
  for (const [field, error] of errors) wrong(field, error, "");
  if (missing) {
    const [place, words] = missing;
    wrong(...errors[place], say(words));
    (place === 2 && !login.value ? login : errors[place][0]).focus();
    no();
    return;
  }
  sending = true;
  const { need, key, granted } = asked;
  by("override-yes").lastChild.textContent = say("till_override_checking");
  const { value, refusal } = await ask("POST", "/overrides", {
    key, login: login.value, password: password.value, person: need.person, rule: need.rule, units: need.units,
    cents: need.cents, motive: motive.value, expires_on: until.value || null,
  });
  by("override-yes").lastChild.textContent = say("till_override_yes");
  sending = false;
  if (!value) {
    const { what, why, now, code } = refusal ?? noAnswer();
    const place = code === "override_expiry" ? 1 : 2;
    wrong(...errors[place], [what, why, now].filter(Boolean).join(" "));
    password.value = "";
    (place === 1 ? until : password).focus();
    no();
    return;
  }
  dialog.close();
  yes();
  const words = say("till_override_done", { day: dayWords(value.expires_on) });
  tell(words);
  toast(words);
  granted();
}

by("override-form").addEventListener("submit", (event) => {
  event.preventDefault();
  grant();
});
dialog.addEventListener("close", forget);
