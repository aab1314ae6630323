// Asking the service. Every answer is one of: {value}, {refusal}, {offline: true} when nothing was sent,
// {lost: true} when nobody knows whether it arrived.

import { say } from "./dom.js";
import { uuid7 } from "./ticket.js";

const token = document.querySelector('meta[name="csrf"]');

/** The journal notes what was taken off a ticket before it was one. Nobody waits for it, and nothing hangs on it. */
export function tellVoid(lines, all) {
  const cents = lines.reduce((sum, line) => sum + line.price_cents * (line.quantity ?? 1), 0);
  const told = { key: uuid7(), all, lines: lines.length, cents };
  // As long as it can be undone it has not happened.
  const soon = setTimeout(async () => {
    const { value } = await ask("POST", "/voids", told);
    if (!value) setTimeout(() => ask("POST", "/voids", told), 60_000);
  }, 10_000);
  return () => clearTimeout(soon);
}

/** How long an answer is waited for. */
const patience = 15_000;

export async function ask(method, path, body) {
  if (navigator.onLine === false) return { offline: true };
  let response;
  let answer;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(method === "GET" ? {} : { "X-CSRF-Token": token.content }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(patience),
    });
    answer = response.status === 204 ? {} : await response.json();
  } catch {
    return { lost: true };
  }
  if (response.ok) return { value: answer };
  if (answer?.refusal?.code === "till_locked") document.dispatchEvent(new CustomEvent("signed-out"));
  if (answer?.refusal) return { refusal: answer.refusal, status: response.status };
  return { lost: true };
}

/** Sends a form of another page without leaving this one. */
export async function sendForm(path, fields) {
  const body = new URLSearchParams({ csrf: token.content, ...fields });
  await fetch(path, { method: "POST", body, credentials: "same-origin", redirect: "manual" }).catch(() => null);
}

/** The token of a new sign-in at this till. */
export function renew(csrf) {
  token.content = csrf;
}

/** What to show when there was no answer to a question that changes nothing. */
export function noAnswer() {
  return { what: say("till_lost"), why: say("till_lost_why"), now: say("till_lost_now"), reference: "E-LOST" };
}
