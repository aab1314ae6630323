// Quoi: the lines of the ticket, and the recharges and accessories that a touch or a digit adds.

import { ask, tellVoid } from "./api.js";
import { desk, forgive, mayChange, queue, refusalCard, refuse, toast } from "./desk.js";
import { by, euros, h, icon, say, tag, tell } from "./dom.js";
import { overrideButton } from "./override.js";
import { no, yes } from "./sound.js";
import { meetAgain } from "./who.js";

const list = by("lines");

/** Puts a machine on the ticket, or says why not. */
export function addDevice(device) {
  if (!mayChange()) return;
  if (device.refusal || !device.sellable) {
    refuse(device.refusal);
    return;
  }
  add({
    label: device.label,
    name: [device.maker, device.model].filter(Boolean).join(" "),
    memory_mb: device.memory_mb, storage_words: device.storage_words,
    grade: device.grade,
    wiped: device.wiped,
    price_cents: device.price_cents,
  });
}

/** Puts one unit of a product on the ticket. */
export function addOffer(offer) {
  if (!mayChange()) return;
  add({ product: offer.code, name: offer.name, details: offerDetails(offer), price_cents: offer.price_cents });
}

function add(line) {
  desk.done = null;
  forgive();
  const name = line.label ?? line.name;
  if (desk.ticket.add(line)) {
    yes();
    tell(say("till_line_added", { name, price: euros(line.price_cents) }));
  } else {
    no();
    toast(say("till_line_twice", { name }));
  }
  desk.selected = desk.ticket.lines.findIndex((other) => (line.label ? other.label === line.label : other.product === line.product));
  desk.render();
  showSelected();
}

/** The line that was just added or chosen is in sight, and not under the payment. */
function showSelected() {
  list.children[desk.selected]?.scrollIntoView({ block: "nearest" });
}

/** Takes a line away; ten seconds to put it back. */
export function removeLine(position = desk.selected) {
  if (!desk.ticket.lines[position] || !mayChange()) return;
  const line = desk.ticket.remove(position);
  const keep = tellVoid([line], false);
  desk.selected = Math.max(0, Math.min(desk.selected, desk.ticket.lines.length - 1));
  forgive();
  tell(say("till_line_removed"));
  toast(`${say("till_line_removed")} ${line.label ?? line.name}`, () => {
    if (!mayChange()) return;
    keep();
    desk.ticket.putBack(line, Math.min(position, desk.ticket.lines.length));
    desk.render();
  });
  desk.render();
}

export function changeQuantity(step, position = desk.selected) {
  if (!mayChange() || !desk.ticket.changeQuantity(position, step)) return;
  tell(say("till_line_quantity", { count: desk.ticket.lines[position].quantity }));
  desk.render();
}

export function select(step) {
  const { length } = desk.ticket.lines;
  if (!length) return;
  desk.selected = Math.max(0, Math.min(desk.selected + step, length - 1));
  const line = desk.ticket.lines[desk.selected];
  tell(`${line.label ?? line.name}, ${euros(line.price_cents * line.quantity)}`);
  renderLines();
  showSelected();
}

export function renderLines() {
  const { lines } = desk.ticket;
  by("lines-empty").hidden = lines.length > 0;
  list.hidden = lines.length === 0;
  list.replaceChildren(...lines.map(row));
}

function row(line, position) {
  const refusal = desk.preview?.lines?.[position]?.refusal;
  const selected = position === desk.selected;
  return h(
    "li", { class: `line${selected ? " selected" : ""}${refusal ? " refused" : ""}`, "aria-current": selected ? "true" : null,
      onclick: () => { desk.selected = position; renderLines(); } },
    h("div", { class: "line-words" },
      h("p", {}, h("strong", {}, line.name), line.label ? h("span", { class: "code line-label" }, line.label) : null),
      h("p", { class: "line-details" }, h("span", {}, details(line)),
        line.grade ? tag("", "label", say("till_line_grade", { grade: line.grade })) : null,
        line.wiped ? tag("done", "done", say("till_line_wiped")) : null)),
    line.label ? null : h("div", { class: "line-quantity" },
      button("minus", say("till_line_less"), () => changeQuantity(-1, position), line.quantity < 2),
      h("span", { class: "quantity" }, `× ${line.quantity}`),
      button("plus", say("till_line_more"), () => changeQuantity(1, position))),
    h("p", { class: "line-price" }, euros(line.price_cents * line.quantity)),
    button("remove", say("till_line_remove"), () => removeLine(position)),
    refusal ? lineRefusal(refusal, desk.preview.lines[position].override) : null,
  );
}

/** The refusal of a line, with what a second person may do about it where they may. */
function lineRefusal(refusal, need) {
  const card = refusalCard(refusal);
  if (need) {
    card.append(overrideButton(need, () => {
      desk.previewing = preview();
      queue(() => meetAgain(true));
    }));
  }
  return card;
}

/** Gigabytes of a machine in the language of this page, or what the offer says of itself. */
function details(line) {
  if (!line.label) return line.details ?? "";
  const gigabytes = say("till_gigabytes", { count: "" }).trim();
  const memory = line.memory_mb ? say("till_gigabytes", { count: String(Math.round(line.memory_mb / 1024)) }) : null;
  return [memory, line.storage_words?.replaceAll("Go", gigabytes)].filter(Boolean).join(" · ");
}

function button(sign, words, onclick, disabled = false) {
  return h("button", {
    class: "button quiet line-button", type: "button", disabled, "aria-label": words, title: words,
    onclick: (event) => { event.stopPropagation(); onclick(); },
  }, icon(sign));
}

function offerDetails(offer) {
  const count = String(Math.round((offer.volume_mb / 1000) * 10) / 10).replace(".", say("till_decimal"));
  const gigabytes = offer.volume_mb ? say("till_gigabytes", { count }) : null;
  const days = offer.valid_days ? say("till_offer_days", { days: offer.valid_days }) : null;
  return [gigabytes, days].filter(Boolean).join(" · ");
}

/** Reads the price list of the shop; what is left changes with each sale. */
export async function readOffers() {
  const { value } = await ask("GET", "/offers");
  if (!value) return;
  desk.offers = value.items;
  renderOffers();
  rename();
}

/** A line that was begun in another language says its name in this one. */
function rename() {
  let changed = false;
  for (const line of desk.ticket.lines) {
    const offer = desk.offers.find(({ code }) => code === line.product);
    if (!offer || offer.name === line.name) continue;
    Object.assign(line, { name: offer.name, details: offerDetails(offer) });
    changed = true;
  }
  if (!changed) return;
  desk.ticket.keep();
  renderLines();
}

function renderOffers() {
  const place = by("offers");
  if (!desk.offers.length) {
    place.replaceChildren(h("p", { class: "hint" }, say("till_offers_none")));
    return;
  }
  place.replaceChildren(...desk.offers.map((offer) => {
    const out = offer.free !== null && offer.free !== undefined && offer.free < 1;
    return h(
      "button", { class: "button offer", type: "button", disabled: out, "data-offer": offer.code, onclick: () => queue(() => addOffer(offer)) },
      h("span", { class: "offer-name" }, offer.name, offer.digit ? h("kbd", {}, String(offer.digit)) : null),
      h("span", { class: "offer-details" }, offerDetails(offer)),
      h("span", { class: "offer-price" }, euros(offer.price_cents),
        h("span", { class: "offer-details" }, out ? say("till_offer_out") : offer.free === undefined || offer.free === null ? "" : say("till_offer_free", { count: offer.free }))),
    );
  }));
}

/** The offer of a digit key, if one has it and some are left. */
export const offerAt = (digit) => desk.offers.find((offer) => offer.digit === digit && (offer.free ?? 1) > 0);

// What the service says of the ticket as it stands; an older answer never overwrites a newer one.
let asked = 0;

export async function preview() {
  const { ticket } = desk;
  asked += 1;
  const number = asked;
  desk.preview = null;
  if (!ticket.lines.length || ticket.sent) return;
  const { value } = await ask("POST", "/sales/preview", ticket.asked());
  if (number !== asked || !value) return;
  desk.preview = value;
  value.lines?.forEach((line, position) => {
    if (line.price_cents !== undefined && ticket.lines[position]) ticket.lines[position].price_cents = line.price_cents;
  });
  desk.renderPreview();
}
