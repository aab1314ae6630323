// F2: a code typed by hand, or a person searched for.

import { ask, noAnswer } from "./api.js";
import { open, queue, refuse } from "./desk.js";
import { by, h, icon, say } from "./dom.js";
import { meet } from "./who.js";

const text = by("find-text");
const results = by("find-results");
let waiting = null;
let asked = 0;

export function find() {
  text.value = "";
  results.replaceChildren();
  open(by("find-dialog"), text);
}

/** Codes have a digit in them; names have none. */
const isCode = (typed) => /\d|^P[- ]/i.test(typed) || typed.includes("://");

export function prepareFind(scanned) {
  by("find-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = text.value.trim();
    if (!typed) return;
    if (isCode(typed)) {
      by("find-dialog").close();
      scanned(typed);
      return;
    }
    const first = results.querySelector("button");
    if (first && results.dataset.of === typed) first.click();
    else search(typed);
  });
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    const typed = text.value.trim();
    if (typed.length >= 3 && !isCode(typed)) waiting = setTimeout(() => search(typed), 200);
    else results.replaceChildren();
  });
}

async function search(typed) {
  if (typed.length < 3) {
    results.replaceChildren(h("li", { class: "hint" }, say("till_find_few")));
    return;
  }
  asked += 1;
  const number = asked;
  const { value } = await ask("POST", "/persons/search", { q: typed });
  if (number !== asked) return;
  results.dataset.of = typed;
  const items = value?.items ?? [];
  if (!value) results.replaceChildren(h("li", { class: "hint" }, say("till_lost")));
  else if (!items.length) results.replaceChildren(h("li", { class: "hint" }, say("till_find_none")));
  else results.replaceChildren(...items.map(row));
}

function row(person) {
  const details = [person.code, person.birth_year && say("till_find_born", { year: person.birth_year }), person.structure];
  return h("li", {}, h(
    "button", { class: "button wide", type: "button", onclick: () => choose(person.id) },
    icon("person"), h("span", {}, h("strong", {}, person.name), h("span", { class: "hint" }, ` ${details.filter(Boolean).join(" · ")}`)),
  ));
}

function choose(id) {
  by("find-dialog").close();
  queue(async () => {
    const { value, refusal } = await ask("GET", `/persons/${encodeURIComponent(id)}/standing`);
    if (value) meet({ person: id, standing: value.standing ?? value });
    else refuse(refusal ?? noAnswer());
  });
}
