// A file of codes with its slip: looked at first, then taken in under one key, so that sending it again does nothing twice.

import { element, newKey } from "./made.js";

const csrf = document.querySelector('meta[name="csrf"]').content;
const form = document.querySelector("[data-recharges]");

if (form) {
  const words = JSON.parse(form.dataset.words);
  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key]);
  const result = document.querySelector("[data-recharges-result]");
  const isFrench = document.documentElement.lang !== "en";
  const euros = new Intl.NumberFormat(isFrench ? "fr-FR" : "en-GB", { style: "currency", currency: "EUR" });
  const money = (cents) => euros.format(cents / 100);
  const day = (iso) => new Date(`${iso}T12:00:00`).toLocaleDateString(isFrench ? "fr-FR" : "en-GB");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  // What was looked at is no longer what is typed.
  form.addEventListener("input", () => { result.hidden = true; });

  function asked(options = {}) {
    const values = new FormData(form);
    const file = values.get("file");
    const query = new URLSearchParams({ name: file.name, shop: form.dataset.shop, ...options });
    for (const name of ["product", "format", "slip", "units", "value", "fingerprint"]) query.set(name, values.get(name) ?? "");
    return { file, query };
  }

  async function look() {
    const { file, query } = asked({ preview: "yes" });
    wait("recharge_import_reading");
    const seen = await send(file, query);
    if (seen) draw(seen);
  }

  async function take(key) {
    const { file, query } = asked();
    wait("recharge_import_working");
    const made = await send(file, query, key);
    if (made) location.assign(`/recharges/${made.batch}?done=imported`);
  }

  async function send(file, query, key) {
    const headers = { "X-CSRF-Token": csrf, "Content-Type": "application/octet-stream", Accept: "application/json" };
    if (key) headers["Idempotency-Key"] = key;
    const response = await fetch(`/api/v1/recharge-batches?${query}`, { method: "POST", headers, body: file }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (answer && response.ok) return answer;
    if (answer?.refusal) refuse(answer.refusal.what, answer.refusal.why, answer.refusal.now);
    else refuse(say(response ? "recharge_import_unread" : "recharge_import_cut"));
    return null;
  }

  function wait(key) {
    result.hidden = false;
    result.replaceChildren(element("p", { role: "status" }, say(key)));
  }

  function refuse(...lines) {
    const notice = element("div", { className: "notice warning", role: "alert" });
    const text = element("div", { className: "stack-tight" });
    for (const line of lines.filter(Boolean)) text.append(element("p", {}, line));
    notice.append(element("span", { className: "icon icon-warning" }), text);
    result.hidden = false;
    result.replaceChildren(notice);
  }

  function draw(seen) {
    const title = element("h2", { tabIndex: -1 }, say("recharge_import_seen"));
    const facts = element("dl", { className: "facts" });
    const fact = (name, value) => facts.append(element("dt", {}, say(name)), element("dd", {}, value));
    fact("recharge_import_units", String(seen.units));
    fact("recharge_import_face", money(seen.face_value_cents));
    fact("recharge_import_total", money(seen.total_cents));
    if (seen.first_expiry) fact("recharge_import_expiry", [...new Set([day(seen.first_expiry), day(seen.last_expiry)])].join(" – "));
    const button = element("button", { type: "button", className: "button primary", id: "take" }, say("recharge_import_take"));
    const key = newKey();
    button.addEventListener("click", () => take(key));
    result.hidden = false;
    result.replaceChildren(element("section", { className: "panel stack" }, title, facts, element("p", {}, say("recharge_import_then")), element("p", {}, button)));
    title.focus();
  }
}
