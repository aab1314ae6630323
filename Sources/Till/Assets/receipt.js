// The paper is as long as the slip: a roll is cut where the ticket ends. A ticket goes on paper only once its print is recorded, and
// an address that is opened again, or came in somebody's message, prints nothing.

const slip = document.querySelector(".slip");
const millimetres = Math.ceil((slip.getBoundingClientRect().height / 96) * 25.4) + 12;
const sheet = [...document.styleSheets].find(({ href }) => href?.endsWith("/assets/receipt.css"));
sheet.insertRule(`@page { size: 80mm ${millimetres}mm; margin: 3mm; }`, sheet.cssRules.length);

const asked = new URLSearchParams(location.search);
const form = document.querySelector("[data-receipt-print]");
const isOurs = document.referrer.startsWith(location.origin);
if (!form && asked.has("print")) window.print();
if (form && asked.has("copy") && "printed" in form.dataset) {
  history.replaceState(null, "", location.pathname);
  window.print();
} else if (form && asked.has("print")) {
  if (isOurs) form.requestSubmit();
  else form.querySelector("button").focus();
}
