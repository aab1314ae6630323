// A file of structures: read and shown first, then taken in under one key, so that sending it again does nothing twice.

import { element, newKey, tag } from "./made.js";

const csrf = document.querySelector('meta[name="csrf"]').content;
// A page shows no more lines of one outcome than this; the document that programs read holds them all.
const MOST = 200;

for (const zone of document.querySelectorAll("[data-structures]")) {
  const words = JSON.parse(zone.dataset.words);
  const kinds = JSON.parse(zone.dataset.kinds);
  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key]);
  const input = zone.querySelector('input[type="file"]');
  const result = zone.querySelector("[data-structures-result]");
  input.addEventListener("change", () => preview(input.files[0]));

  async function preview(file) {
    if (!file) return;
    wait("structure_import_reading");
    const answer = await send(file, { preview: "yes" });
    if (answer) draw(answer, file);
  }

  async function takeIn(file, key) {
    wait("structure_import_working");
    const answer = await send(file, {}, key);
    if (answer) draw(answer);
  }

  async function send(file, options, key) {
    const query = new URLSearchParams({ name: file.name, ...options });
    const headers = { "X-CSRF-Token": csrf, "Content-Type": "application/octet-stream", Accept: "application/json" };
    if (key) headers["Idempotency-Key"] = key;
    try {
      const response = await fetch(`/api/v1/structure-files?${query}`, { method: "POST", headers, body: file });
      const answer = await response.json();
      if (response.ok) return answer;
      refuse(answer.refusal.what, `${answer.refusal.why} ${answer.refusal.now}`);
    } catch {
      refuse(say("structure_import_cut"), "");
    }
    return null;
  }

  function wait(key) {
    result.hidden = false;
    result.replaceChildren(element("p", { role: "status" }, say(key)));
  }

  function refuse(what, why) {
    result.hidden = false;
    const notice = element("div", { className: "notice warning", role: "alert" }, element("p", {}, what));
    if (why) notice.append(element("p", { className: "hint" }, why));
    result.replaceChildren(notice);
    // The same file may be chosen again once it is corrected.
    input.value = "";
  }

  // A preview has a file to take in; what was taken in has none.
  function draw(answer, file) {
    const title = element("h2", { tabIndex: -1 }, say(file ? "structure_import_preview" : "structure_import_done"));
    const counts = element("dl", { className: "facts" });
    for (const kind of ["new", "known", "changed", "refused"]) {
      counts.append(element("dt", {}, say(`structure_import_count_${kind}`)), element("dd", {}, String(answer[kind])));
    }
    const parts = [title, counts];
    if (file && answer.new + answer.changed > 0) {
      const button = element("button", { type: "button", className: "button primary" }, say("structure_import_take"));
      const key = newKey();
      button.addEventListener("click", () => takeIn(file, key));
      parts.push(element("p", {}, button));
    } else if (file) {
      parts.push(element("p", { className: "notice" }, say("structure_import_nothing")));
    }
    for (const kind of ["refused", "changed", "new"]) {
      const rows = answer.rows.filter((row) => row.outcome === kind);
      if (rows.length > 0) parts.push(...table(rows));
    }
    result.hidden = false;
    result.replaceChildren(...parts);
    title.focus();
  }

  function table(rows) {
    const head = element("tr");
    for (const key of ["line", "what", "outcome", "why"]) head.append(element("th", { scope: "col" }, say(`structure_import_${key}`)));
    const body = element("tbody");
    for (const row of rows.slice(0, MOST)) body.append(line(row));
    const shown = element("div", { className: "panel flush" }, element("table", { className: "list" }, element("thead", {}, head), body));
    return rows.length > MOST ? [shown, element("p", { className: "hint" }, say("structure_import_more", { count: rows.length - MOST }))] : [shown];
  }

  function line(row) {
    const tones = { new: ["done", "done"], known: ["", "info"], changed: ["warning", "edit"], refused: ["refused", "refused"] };
    const [tone, icon] = tones[row.outcome];
    const name = row.structure ? element("a", { href: `/structures/${row.structure}` }, row.name) : (row.name ?? "–");
    const why = element("td", {}, ...reasons(row));
    const cells = [
      element("td", { className: "code" }, String(row.line)),
      element("th", { scope: "row" }, name),
      element("td", {}, tag(tone, icon, say(`structure_import_${row.outcome}`))),
      why,
    ];
    for (const [place, key] of [[0, "line"], [2, "outcome"], [3, "why"]]) cells[place].dataset.label = say(`structure_import_${key}`);
    return element("tr", {}, ...cells);
  }

  function changed({ field, from, to }) {
    const shown = (value) => (field === "kind" ? kinds[value] : value) || say("structure_import_nothing_there");
    return { field: say(`structure_import_field_${field}`), from: shown(from), to: shown(to) };
  }

  function reasons(row) {
    if (row.refusal) {
      const { field, value } = row;
      return [
        element("p", {}, value ? say("structure_import_at", { field, value }) : say("structure_import_at_empty", { field })),
        element("p", {}, `${row.refusal.what} ${row.refusal.why}`),
        element("p", { className: "hint" }, row.refusal.now),
      ];
    }
    return (row.changes ?? []).map((change) => element("p", {}, say("structure_import_change", changed(change))));
  }
}
