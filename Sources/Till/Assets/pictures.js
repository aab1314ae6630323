// Pictures of a machine: taken or chosen, looked at, captioned, then sent one by one. Each has a key of its own, so that
// pressing again after a cut connection makes nothing twice.

import { element, newKey } from "./made.js";

const csrf = document.querySelector('meta[name="csrf"]').content;
const side = 160;

for (const place of document.querySelectorAll("[data-pictures]")) {
  const words = JSON.parse(place.dataset.words);
  const captions = JSON.parse(place.dataset.captions);
  const room = Number(place.dataset.room);
  const heaviest = Number(place.dataset.bytes);
  const state = place.querySelector("[data-pictures-state]");
  const form = place.querySelector("[data-pictures-chosen]");
  const inputs = [...place.querySelectorAll('input[type="file"]')];
  const chosen = [];
  let isSending = false;

  const say = (key, values = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key]);

  for (const input of inputs) {
    input.addEventListener("change", () => {
      add([...input.files]);
      // The same file may be chosen again after it was left out.
      input.value = "";
    });
  }

  function add(files) {
    const said = [];
    for (const file of files) {
      if (file.size > heaviest) said.push(say("picture_too_heavy", { file: file.name, most: heaviest / 1024 / 1024 }));
      else if (chosen.length >= room) said.push(say("picture_too_many", { count: room }));
      else chosen.push({ file, key: newKey(), caption: "", look: look(file), refusal: null });
    }
    draw([...new Set(said)].join(" "));
    form.querySelector("select")?.focus();
  }

  // Drawn small: a picture of a telephone is too large to show several of them. What the browser cannot read, such as HEIC,
  // the service may.
  function look(file) {
    const canvas = element("canvas", { className: "picture-look", width: side, height: side });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", file.name);
    createImageBitmap(file, { resizeWidth: side * 2, resizeQuality: "medium" }).then(
      (bitmap) => {
        const scale = Math.min(side / bitmap.width, side / bitmap.height);
        canvas.width = Math.max(1, Math.round(bitmap.width * scale));
        canvas.height = Math.max(1, Math.round(bitmap.height * scale));
        canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        bitmap.close();
      },
      () => canvas.replaceWith(element("p", { className: "hint" }, say("picture_no_preview"))),
    );
    return element("div", {}, canvas);
  }

  function draw(told = "") {
    state.textContent = told;
    form.hidden = chosen.length === 0;
    if (chosen.length === 0) return form.replaceChildren();
    const list = element("ul", { className: "pictures" });
    chosen.forEach((one, index) => list.append(line(one, index)));
    const send = element("button", { className: "button primary", disabled: isSending }, say(chosen.length === 1 ? "picture_send_one" : "picture_send_several", { count: chosen.length }));
    form.replaceChildren(element("h3", {}, say("picture_chosen")), list, element("p", {}, send));
  }

  function line(one, index) {
    const id = `picture-caption-${index}`;
    const select = element("select", { id, disabled: isSending }, element("option", { value: "" }, say("picture_none")));
    for (const [value, name] of captions) select.append(element("option", { value, selected: value === one.caption }, name));
    select.addEventListener("change", () => (one.caption = select.value));
    const leave = element("button", { type: "button", className: "button quiet", disabled: isSending }, say("picture_leave_out"));
    leave.setAttribute("aria-label", `${say("picture_leave_out")} ${one.file.name}`);
    leave.addEventListener("click", () => {
      chosen.splice(chosen.indexOf(one), 1);
      draw();
      (form.querySelector("select") ?? inputs[0]).focus();
    });
    const field = element("div", { className: "field" }, element("label", { htmlFor: id }, say("picture_caption")), select);
    const item = element("li", { className: "picture" }, one.look, field, leave);
    if (one.refusal) {
      const why = element("div", { className: "notice refused", role: "alert" });
      why.append(element("span", { className: "icon icon-refused" }), element("span", {}, element("strong", {}, one.refusal.what), ` ${one.refusal.why} ${one.refusal.now}`));
      item.append(why);
    }
    return item;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    for (const input of inputs) input.disabled = true;
    const all = [...chosen];
    for (const [index, one] of all.entries()) {
      draw(say("picture_sending", { number: index + 1, count: all.length }));
      one.refusal = await send(one);
      if (!one.refusal) chosen.splice(chosen.indexOf(one), 1);
    }
    isSending = false;
    for (const input of inputs) input.disabled = false;
    // What was refused stays, and says why; what was kept is on the page once it is read anew.
    if (chosen.length === 0) location.assign(place.dataset.done);
    else draw();
  });

  async function send(one) {
    const query = one.caption ? `?${new URLSearchParams({ caption: one.caption })}` : "";
    try {
      const response = await fetch(place.dataset.path + query, {
        method: "POST",
        headers: { "X-CSRF-Token": csrf, "Idempotency-Key": one.key, "Content-Type": "application/octet-stream", Accept: "application/json" },
        body: one.file,
      });
      if (response.ok) return null;
      return (await response.json()).refusal;
    } catch {
      return { what: one.file.name, why: say("picture_cut"), now: "" };
    }
  }
}
