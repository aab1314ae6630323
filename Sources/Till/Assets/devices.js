// The stock page's drop zone: files are read and shown first, then taken in, one request a file.
// Sending a file again is safe: the service knows it by its content.

import { element, tag } from "./made.js";

const csrf = document.querySelector('meta[name="csrf"]').content;

for (const zone of document.querySelectorAll("[data-import]")) {
  const words = JSON.parse(zone.dataset.words);
  const say = (key, values = {}) =>
    Object.entries(values).reduce(
      (text, [name, value]) => text.replaceAll(`{${name}}`, value),
      words[key],
    );
  const input = zone.querySelector('input[type="file"]');
  const result = zone.querySelector("[data-import-result]");
  input.addEventListener("change", () => preview([...input.files]));

  async function preview(files) {
    if (files.length === 0) return;
    const rows = files.map((file) => ({ file, answer: null }));
    draw(rows, say("device_import_reading"));
    for (const row of rows) {
      row.answer = await send(row.file, { preview: "yes" });
      row.chosen = row.answer.outcome === "new" && !row.answer.virtual;
      draw(rows, say("device_import_reading"));
    }
    draw(rows, null, true);
    result.querySelector("button")?.focus();
  }

  async function takeIn(rows, isPublic) {
    for (const row of rows) {
      if (row.answer.outcome !== "new") continue;
      if (!row.chosen) {
        row.left = true;
        continue;
      }
      const options = { ...(isPublic && { public: "yes" }), ...(row.answer.virtual && { virtual: "yes" }) };
      row.answer = await send(row.file, options);
      row.done = true;
      draw(rows, say("device_import_working"));
    }
    // A log may be of a disk that came with the machines of the same drop.
    for (const row of rows) {
      if (!waits(row)) continue;
      row.answer = await send(row.file, {});
      row.done = row.answer.outcome === "new";
      draw(rows, say("device_import_working"));
    }
    draw(rows, null, false, true);
  }

  // A log, or a disk's report, that tells nothing of a machine that is here already.
  function waits(row) {
    return ["file_erases_nothing", "file_health_of_nothing"].includes(row.answer?.refusal?.code);
  }

  // A cut connection is no answer: the file stays in the list, and may be sent again.
  async function send(file, options) {
    const query = new URLSearchParams({ name: file.name, ...(zone.dataset.shop && { shop: zone.dataset.shop }), ...(zone.dataset.batch && { batch: zone.dataset.batch }), ...options });
    try {
      const response = await fetch(`/api/v1/hardware-files?${query}`, {
        method: "POST",
        headers: { "X-CSRF-Token": csrf, "Content-Type": "application/octet-stream", Accept: "application/json" },
        body: file,
      });
      const answer = await response.json();
      if (response.ok) return answer;
      return { outcome: "refused", reason: answer.refusal.why, refusal: answer.refusal };
    } catch {
      return { outcome: "refused", reason: say("device_import_cut"), refusal: { what: file.name, now: say("device_import_cut_now") } };
    }
  }

  function draw(rows, working, mayTake = false, isDone = false) {
    result.hidden = false;
    const parts = [element("h2", { tabIndex: -1 }, say(isDone ? "device_import_done" : "device_import_title"))];
    const table = element("table", { className: "list" });
    const head = element("tr");
    for (const words of [say("device_import_take"), say("device_import_file"), say("device_import_device"), say("device_import_outcome")]) {
      head.append(element("th", { scope: "col" }, words));
    }
    table.append(element("thead", {}, head));
    const body = element("tbody");
    let count = () => {};
    const machines = rows.some((row) => row.answer?.outcome === "new");
    for (const row of rows) body.append(line(row, mayTake, () => count(), mayTake && machines && waits(row)));
    table.append(body);
    parts.push(element("div", { className: "panel flush" }, table));
    if (working) {
      const read = rows.filter((row) => row.answer).length;
      const progress = element("progress", { max: rows.length, value: read });
      progress.setAttribute("aria-label", working);
      parts.push(element("div", { className: "working" }, element("p", { role: "status" }, working), progress));
    }
    const taken = rows.filter((row) => row.answer && row.answer.outcome === "new");
    if (mayTake && taken.length > 0) {
      const check = element("input", { type: "checkbox", id: "import-public" });
      const label = element("label", { htmlFor: "import-public" }, say("device_import_public"));
      const button = element("button", { type: "button", className: "button primary" });
      count = () => {
        const chosen = rows.filter((row) => row.chosen).length;
        button.textContent = chosen === 1 ? say("device_import_take_one") : say("device_import_take_several", { count: chosen });
        button.disabled = chosen === 0;
      };
      count();
      button.addEventListener("click", () => {
        button.disabled = true;
        takeIn(rows, check.checked);
      });
      // A lot says by its donor whether the law caps the price.
      if (!zone.dataset.batch) parts.push(element("div", { className: "check" }, check, label));
      parts.push(element("p", {}, button));
    } else if (mayTake) {
      parts.push(element("p", { className: "notice" }, say("device_import_nothing")));
    }
    if (isDone) {
      parts.push(element("p", {}, element("a", { className: "button", href: "/devices" }, say("device_import_see"))));
    }
    result.replaceChildren(...parts);
    if (isDone) parts[0].focus();
  }

  function line(entry, mayTake, changed, isLater) {
    const { file, answer, done, left } = entry;
    const row = element("tr");
    const choice = element("td");
    if (mayTake && answer?.outcome === "new") {
      const box = element("input", { type: "checkbox", checked: entry.chosen });
      box.setAttribute("aria-label", `${say("device_import_take")} ${file.name}`);
      box.addEventListener("change", () => {
        entry.chosen = box.checked;
        changed();
      });
      choice.dataset.label = say("device_import_take");
      choice.append(element("label", { className: "check" }, box));
    }
    row.append(choice, element("th", { scope: "row" }, file.name));
    const device = element("td");
    device.dataset.label = say("device_import_device");
    const outcome = element("td");
    outcome.dataset.label = say("device_import_outcome");
    if (answer?.device) device.append(summary(answer.device));
    for (const note of answer?.notes ?? []) device.append(element("p", { className: "hint" }, note));
    if (answer) outcome.append(...(isLater ? later(answer) : told(answer, done, left)));
    row.append(device, outcome);
    return row;
  }

  function summary(device) {
    const disks = device.disks.map((disk) => `${disk.kind.toUpperCase()} ${disk.size_gb ?? "?"} ${say("device_import_gb")}`);
    const memory = device.memory_mb ? `${Math.round(device.memory_mb / 102.4) / 10} ${say("device_import_gb")}` : null;
    const name = [device.maker, device.model].filter(Boolean).join(" ");
    return [name, device.serial, memory, ...disks].filter(Boolean).join(" · ");
  }

  function later(answer) {
    return [tag("", "clock", say("device_import_later")), element("p", { className: "hint" }, answer.reason)];
  }

  // A sheet of many machines: how many of each, and why a row is left out.
  function rowsOf(answer, done) {
    const count = (outcome) => answer.rows.filter((row) => row.outcome === outcome).length;
    const list = element("ul", { className: "stack-tight" });
    for (const row of answer.rows) {
      const line = element("li", {}, `${say("device_import_row", { line: row.line })} `);
      if (row.label) line.append(element("a", { href: `/devices/${row.label}`, className: "code" }, row.label), " ");
      line.append(row.outcome === "refused" ? `${row.refusal.what} ${row.refusal.why}` : row.device ? summary(row.device) : row.reason);
      list.append(line);
    }
    const counts = say("device_import_rows", { new: count("new"), known: count("known"), refused: count("refused") });
    const fold = element("details", {}, element("summary", {}, counts));
    fold.append(list);
    return [tag(done ? "done" : "", done ? "done" : "info", done ? say("device_import_taken") : say("device_import_new")), fold];
  }

  function told(answer, done, left) {
    if (answer.rows?.length && answer.outcome === "new" && !left) return rowsOf(answer, done);
    if (left) return [tag("", "info", say("device_import_left"))];
    if (answer.outcome === "refused") {
      return [tag("refused", "refused", say("device_import_refused")), element("p", {}, answer.reason), element("p", { className: "hint" }, answer.refusal.now)];
    }
    const link = answer.label ? [element("a", { href: `/devices/${answer.label}`, className: "code" }, answer.label)] : [];
    if (answer.outcome === "known") {
      return [tag("", "info", say("device_import_known")), element("p", {}, answer.reason), ...link];
    }
    if (!done && answer.virtual) return [tag("warning", "warning", say("device_import_virtual"))];
    return [tag("done", "done", done ? say("device_import_taken") : say("device_import_new")), " ", ...link];
  }
}
