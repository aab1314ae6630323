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
  lookForTwins(who);
}

/** Other files that may be the same person's: looked for beside the standing, and never waited for. */
async function lookForTwins(who) {
  const id = who.standing.person?.id;
  if (!id) return;
  const { value } = await ask("GET", `/persons/${encodeURIComponent(id)}/likely`);
  if (!value?.items?.length || desk.ticket.who !== who) return;
  who.twins = value.items.length;
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

/** Asks again for the standing of who was there before a reload, or, `anew`, of who is there. */
export async function meetAgain(anew = false) {
  const { who } = desk.ticket;
  if (!who || (who.standing && !anew)) return;
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
  const more = [];
  const proof = origin(standing);
  if (proof) more.push(proof);
  more.push(rights(standing));
  const limits = applying(standing);
  if (limits.length) more.push(quotas(limits));
  const parts = [];
  if (standing.person) parts.push(person(standing));
  if (standing.persons?.length > 1 && !desk.ticket.who.chosen) parts.push(persons(standing.persons));
  if (standing.refusal) parts.push(refusalCard(standing.refusal));
  parts.push(h("details", { class: "who-more", open: unfolded() },
    h("summary", {}, icon("voucher"), say("till_who_more")), more));
  if (!standing.person) parts.push(clear());
  place.replaceChildren(...parts);
}

// Beside the lines there is room for all of it; above them it is folded once the person is known.
const beside = matchMedia("(min-width: 1024px)");
const unfolded = () => beside.matches || !desk.ticket.who?.standing.person;
beside.addEventListener("change", () => desk.render());

const clear = () => h("button", { class: "button quiet", type: "button", id: "who-clear", "aria-label": say("till_who_clear"), title: say("till_who_clear"), onclick: part }, icon("close"), say("till_who_clear_short"));

/** What may be asked for at a counter; course and help are not on a ticket. */
const onTickets = ["equipment", "connection"];

const open = (standing, category) => (standing.rights ?? []).some((right) => right.category === category);

/** Limits of what a right opens: another one would promise what no right allows. */
const applying = (standing) => (standing.quotas ?? []).filter(({ category }) => open(standing, category));

function person(standing) {
  const { name, code, household_size: size } = standing.person;
  return h(
    "div", { class: "person" },
    h("p", { class: "person-name" }, name),
    clear(),
    h("p", { class: "hint" }, h("span", { class: "code" }, code ?? ""), size ? ` · ${counted("till_who_household", size)}` : ""),
    twins(standing.person.id),
    standing.allowed === false ? tag("refused", "refused", say("till_not_allowed")) : tag("done", "done", say("till_allowed")),
  );
}

function twins(id) {
  const count = desk.ticket.who.twins;
  if (!count) return null;
  return h("p", { class: "hint" }, icon("people"), " ", h("a", { href: `/persons/${encodeURIComponent(id)}` }, counted("till_who_twins", count)));
}

function persons(list) {
  return h(
    "fieldset", { class: "field" },
    h("legend", {}, say("till_who_choose")),
    h("p", { class: "hint" }, say("till_who_choose_help")),
    list.map(({ id, name }) => h("button", { class: "button wide", type: "button", onclick: () => choose(id) }, icon("person"), name)),
  );
}

function origin({ voucher, completion, refusal }) {
  if (voucher) {
    const until = { day: dayWords(voucher.valid_until) };
    const words = voucher.revoked_on ? say("till_who_voucher_revoked", { day: dayWords(voucher.revoked_on) })
      : refusal?.code === "voucher_lapsed" ? say("till_who_voucher_lapsed", until)
        : say("till_who_voucher", until);
    const holds = !voucher.revoked_on && !refusal;
    return h(
      "p", { class: `origin${holds ? "" : " over"}` }, icon(holds ? "voucher" : "refused"),
      h("span", {}, words, h("br"),
        h("span", { class: "hint" }, say("till_who_from", { structure: voucher.structure }))),
    );
  }
  return completion ? h("p", { class: "origin" }, icon("course"), h("span", {}, say("till_who_completion"))) : null;
}

function rights(standing) {
  const list = standing.rights ?? [];
  // A card beside it says why nothing is open; and before it is known who is there, nothing is said of them.
  if (!list.length && (standing.refusal || !standing.person)) return null;
  if (!list.length) return h("p", { class: "notice warning" }, icon("warning"), say("till_who_no_rights"));
  const absent = onTickets.filter((category) => !open(standing, category));
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
    )), absent.map((category) => h(
      "li", {},
      h("p", {}, tag("", "absent", say(`till_right_none_${category}`))),
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
        quota.override_until ? h("p", {}, tag("warning", "key", say("till_quota_override", { day: dayWords(quota.override_until) }))) : null,
        full && quota.next_on ? h("p", { class: "hint" }, say("till_quota_next", { day: dayWords(quota.next_on) })) : null,
      );
    })),
  );
}
