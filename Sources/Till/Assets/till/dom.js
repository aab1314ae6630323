// Elements, and the words that the page came with.

const main = document.getElementById("main");
const table = JSON.parse(main.dataset.words);
const language = document.documentElement.lang;

/** The element of this id. */
export const by = (id) => document.getElementById(id);

/** A new element. Attributes that are null or false are left out; `on…` are listeners; texts are never markup. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const icon = (name) => h("span", { class: `icon icon-${name}` });

/** A word with its sign: kind is done, warning, refused or nothing. */
export const tag = (kind, sign, text) => h("span", { class: `tag ${kind}` }, icon(sign), text);

/** The words under a key, each `{name}` replaced. */
export function say(key, values = {}) {
  let text = table[key];
  if (text === undefined) throw new Error(`no words under ${key}`);
  for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{${name}}`, value);
  return text;
}

const plural = new Intl.PluralRules(language);

/** The words for a count, from key_one, key_many or key_other. */
export function counted(key, count) {
  const form = plural.select(count);
  return say(`${key}_${table[`${key}_${form}`] === undefined ? "other" : form}`, { count: String(count) });
}

const group = language === "fr" ? "\u202F" : ",";

/** Whole cents as people read them: 1 234,50 €, €1,234.50. */
export function euros(cents) {
  const count = Math.abs(cents);
  const whole = String(Math.floor(count / 100)).replace(/\B(?=(\d{3})+$)/g, group);
  const rest = String(count % 100).padStart(2, "0");
  const sign = cents < 0 ? "\u2212" : "";
  return language === "fr" ? `${sign}${whole},${rest}\u00A0€` : `${sign}€${whole}.${rest}`;
}

/** 2026-11-12 as 12/11/2026. */
export const dayWords = (iso) => String(iso).slice(0, 10).split("-").reverse().join("/");

/** Tells everybody: shown to those who listen. A message said twice is heard twice. */
export function tell(text) {
  const said = by("said");
  said.textContent = said.textContent === text ? `${text}\u00A0` : text;
}

/** Shows an error beside its field, or takes it away when there is none. */
export function wrong(field, error, text) {
  error.hidden = !text;
  error.replaceChildren(...(text ? [icon("warning"), text] : []));
  field.toggleAttribute("aria-invalid", Boolean(text));
  field.closest(".field").classList.toggle("wrong", Boolean(text));
}
