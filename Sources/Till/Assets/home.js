// A code that is scanned on the first page opens the till with it.

import { codeIn, listen, repair } from "./till/scanner.js";

listen(window, {
  gap: 60,
  onScan: (text) => {
    const { code } = repair(codeIn(text));
    location.assign(`/till#${new URLSearchParams({ scan: code })}`);
  },
  onKey: () => {},
});
