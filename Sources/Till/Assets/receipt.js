// The paper is as long as the slip: a roll is cut where the ticket ends.

const slip = document.querySelector(".slip");
const millimetres = Math.ceil((slip.getBoundingClientRect().height / 96) * 25.4) + 12;
const sheet = [...document.styleSheets].find(({ href }) => href?.endsWith("/assets/receipt.css"));
sheet.insertRule(`@page { size: 80mm ${millimetres}mm; margin: 3mm; }`, sheet.cssRules.length);

if (new URLSearchParams(location.search).has("print")) window.print();
