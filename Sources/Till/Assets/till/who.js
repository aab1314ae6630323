// Qui: the person in front, what opened their rights, and what is left of them.

import { ask, noAnswer } from "./api.js";
import { alarm, desk, forgive, mayChange, queue, refusalCard, refuse } from "./desk.js";
import { by, counted, dayWords, euros, h, icon, say, tag, tell } from "./dom.js";
import { yes } from "./sound.js";

const place = by("who");

/** Sets who is in front: {voucher | completion | person, chosen?, standing}. */
export function meet(who) {
  if (!mayChange()) return;
  desk.done = null;
  desk.ticket.who = who;
  desk.ticket.right = null;
  desk.ticket.keep();
  const { standing } = who;
  forgive();
  if (standing.refusal) {
    alarm();
    tell([standing.refusal.what, standing.refusal.why, standing.refusal.now].join(" "));
  } else {
    yes();
    if (standing.person) tell(say("till_who_ready", { name: standing.person.name }));
  }
  desk.render();
}

/** Takes the person away; the lines stay. */
export function part() {
  if (!desk.ticket.who || !mayChange()) return false;
  desk.ticket.who = null;
  desk.ticket.right = null;
  desk.ticket.keep();
  forgive();
  desk.render();
  return true;
}

/** Asks again for the standing of who was there before a reload. */
export async function meetAgain() {
  const { who } = desk.ticket;
  if (!who || who.standing) return;
  const code = who.voucher ?? who.completion;
  const query = who.chosen ? `?person=${encodeURIComponent(who.chosen)}` : "";
  const path = code ? `/scan/${encodeURIComponent(code)}${query}` : `/persons/${encodeURIComponent(who.person)}/standing`;
  const { value } = await ask("GET", path);
  const standing = value?.standing ?? (code ? undefined : value);
  if (standing) desk.ticket.who = { ...who, standing };
  desk.render();
}

function choose(person) {
  queue(async () => {
    const { who } = desk.ticket;
    const { value, refusal } = await ask("GET", `/scan/${encodeURIComponent(who.voucher)}?person=${encodeURIComponent(person)}`);
    if (value) meet({ ...who, chosen: person, standing: value.standing });
    else refuse(refusal ?? noAnswer());
  });
}

function chooseRight(id) {
  if (!mayChange()) return;
  desk.ticket.right = id;
  desk.ticket.keep();
  desk.render();
}

export function renderWho() {
  const standing = desk.ticket.who?.standing;
  if (!standing) {
    place.replaceChildren(h(
      "div", { class: "empty" }, icon("voucher"),
      h("h3", {}, say("till_who_empty")), h("p", {}, say("till_who_empty_help")),
    ));
    return;
  }
  const parts = [];
  if (standing.person) parts.push(person(standing));
  if (standing.persons?.length > 1 && !desk.ticket.who.chosen) parts.push(persons(standing.persons));
  const proof = origin(standing);
  if (proof) parts.push(proof);
  if (standing.refusal) parts.push(refusalCard(standing.refusal));
  if (standing.quotas?.length) parts.push(quotas(standing.quotas));
  parts.push(rights(standing.rights ?? []));
  parts.push(h("button", { class: "button quiet", type: "button", onclick: part }, icon("close"), say("till_who_clear")));
  place.replaceChildren(...parts);
}

function person(standing) {
  const { name, code, household_size: size } = standing.person;
  return h(
    "div", { class: "person" },
    h("p", { class: "person-name" }, name),
    h("p", { class: "hint" }, h("span", { class: "code" }, code ?? ""), size ? ` · ${counted("till_who_household", size)}` : ""),
    standing.allowed === false ? tag("refused", "refused", say("till_not_allowed")) : tag("done", "done", say("till_allowed")),
  );
}

function persons(list) {
  return h(
    "fieldset", { class: "field" },
    h("legend", {}, say("till_who_choose")),
    h("p", { class: "hint" }, say("till_who_choose_help")),
    list.map(({ id, name }) => h("button", { class: "button wide", type: "button", onclick: () => choose(id) }, icon("person"), name)),
  );
}

function origin({ voucher, completion }) {
  if (voucher) {
    return h(
      "p", { class: "origin" }, icon("voucher"),
      h("span", {}, say("till_who_voucher", { day: dayWords(voucher.valid_until) }), h("br"),
        h("span", { class: "hint" }, say("till_who_from", { structure: voucher.structure }))),
    );
  }
  return completion ? h("p", { class: "origin" }, icon("course"), h("span", {}, say("till_who_completion"))) : null;
}

function rights(list) {
  if (!list.length) return h("p", { class: "notice warning" }, icon("warning"), say("till_who_no_rights"));
  const several = (right) => list.filter(({ category }) => category === right.category).length > 1;
  const chosen = (right) => desk.ticket.right === right.id
    || (!list.some(({ id, category }) => id === desk.ticket.right && category === right.category)
      && list.find(({ category }) => category === right.category) === right);
  return h(
    "div", { class: "rights" },
    h("h3", {}, say("till_who_rights")),
    h("ul", {}, list.map((right) => h(
      "li", {},
      h("p", {}, h("strong", {}, right.category_words), ` ${say(right.origin === "completion" ? "till_right_completion" : "till_right_voucher")}`),
      h("p", { class: "hint" }, say("till_right_until", { day: dayWords(right.valid_until) }),
        right.uses_left === null || right.uses_left === undefined ? "" : ` · ${right.uses_left > 0 ? counted("till_right_uses", right.uses_left) : say("till_right_spent")}`),
      several(right)
        ? h("button", { class: "button", type: "button", "aria-pressed": String(chosen(right)), onclick: () => chooseRight(right.id) },
          icon(chosen(right) ? "done" : "voucher"), say(chosen(right) ? "till_right_chosen" : "till_right_choose"))
        : null,
    ))),
  );
}

function quotas(list) {
  return h(
    "div", { class: "rights" },
    h("h3", {}, say("till_quotas")),
    h("ul", {}, list.map((quota) => {
      const amount = (count) => (quota.unit === "cents" ? euros(count) : String(count));
      const full = quota.used >= quota.limit;
      return h(
        "li", {},
        h("p", {}, quota.words),
        h("p", { class: "quota" }, say("till_quota_used", { used: amount(quota.used), limit: amount(quota.limit) }), " ",
          full ? tag("refused", "refused", say("till_quota_full")) : tag("done", "done", say("till_quota_open"))),
        full && quota.next_on ? h("p", { class: "hint" }, say("till_quota_next", { day: dayWords(quota.next_on) })) : null,
      );
    })),
  );
}
