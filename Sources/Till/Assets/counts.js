// Scanning for a stock count: each label goes to the service by itself, in order, and waits in this browser while the network
// is away. Without script the form does the same, a page a scan.

import { element } from "./made.js";
import { no, yes } from "./till/sound.js";
import { uuid7 } from "./till/ticket.js";

const panel = document.querySelector("[data-count]");
const form = panel.querySelector("[data-scan]");
const input = form.elements.scanned;
const told = panel.querySelector("[data-told]");
const total = panel.querySelector("[data-total]");
const latest = panel.querySelector("[data-latest]");
const place = panel.querySelector("[data-place]");
const words = JSON.parse(panel.dataset.words);
const csrf = document.querySelector('meta[name="csrf"]').content;
// Whoever signs in next on this browser sends nobody else's scans.
const outbox = `count ${panel.dataset.path} ${panel.dataset.who}`;

const say = (key, values) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value ?? ""), words[key]);
const waiting = () => JSON.parse(localStorage.getItem(outbox) ?? "[]");
const keep = (scans) => localStorage.setItem(outbox, JSON.stringify(scans));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const scanned = input.value.trim();
  input.value = "";
  input.focus();
  if (!scanned) return;
  keep([...waiting(), { scanned, key: uuid7() }]);
  send();
});

let isSending = false;
async function send() {
  if (isSending) return;
  isSending = true;
  try {
    for (let scans = waiting(); scans.length > 0; scans = waiting()) {
      await post(scans[0]);
      keep(waiting().slice(1));
    }
  } catch {
    tell("warning", say("count_scan_cut", { count: waiting().length }));
    setTimeout(send, 5000);
  } finally {
    isSending = false;
  }
}

// A cut connection is no answer: the scan stays, and goes again under the same key.
async function post({ scanned, key }) {
  const response = await fetch(panel.dataset.path, {
    method: "POST",
    headers: { "X-CSRF-Token": csrf, "Content-Type": "application/json", Accept: "application/json", "Idempotency-Key": key },
    body: JSON.stringify({ scanned }),
  });
  const answer = await response.json();
  if (!response.ok) {
    // Signed out, locked, too quick, or the service is away: the scan stays. Only what can never be counted goes.
    if (![400, 404, 409, 413, 422].includes(response.status)) throw new Error(answer.refusal?.code);
    tell("refused", answer.refusal.what);
    no();
    return;
  }
  total.textContent = answer.total;
  const isPlace = answer.outcome === "place";
  if (isPlace) place.textContent = answer.name;
  const isFine = isPlace || answer.outcome === "counted";
  isFine ? yes() : no();
  tell(isFine ? "done" : "warning", say(`count_scan_${answer.outcome}`, {
    label: answer.scanned,
    name: answer.name,
    who: answer.operator_code,
  }));
  if (answer.outcome !== "counted") return;
  const link = element("a", { href: `/devices/${answer.scanned}`, className: "code" }, answer.scanned);
  latest.prepend(element("li", {}, link, ` ${answer.name}`));
  while (latest.children.length > 20) latest.lastElementChild.remove();
}

function tell(tone, text) {
  told.replaceChildren(element("span", { className: `tag ${tone}` }, text));
}

// A scan works wherever one tapped last.
document.addEventListener("keydown", (event) => {
  const isTyped = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isTyped && document.activeElement === document.body) input.focus();
});
window.addEventListener("online", send);
send();
