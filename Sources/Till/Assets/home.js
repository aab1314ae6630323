// A code that is scanned on the first page opens the till with it.

import { codeIn, listen, repair } from "./till/scanner.js";

listen(window, {
  gap: Number(document.getElementById("home-script").dataset.gap),
  onScan: (text) => {
    const { code } = repair(codeIn(text));
    location.assign(`/till#${new URLSearchParams({ scan: code })}`);
  },
  onKey: () => {},
});
