// The attendance grid by keyboard: up and down go from person to person, a letter says how they were there. All of it works
// by tap and without script too.
const keys = { p: "seen", r: "late", l: "late", e: "excused", a: "noshow" };

for (const grid of document.querySelectorAll("[data-attendance]")) {
  const rows = [...grid.querySelectorAll(".presences")];
  const chosen = (row) => row.querySelector("input:checked") ?? row.querySelector("input");

  for (const [index, row] of rows.entries()) {
    const missed = row.querySelector(".minutes");
    const late = row.querySelector('input[value="late"]');
    row.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const value = event.target === missed ? null : keys[event.key.toLowerCase()];
      if (event.ctrlKey || event.metaKey || event.altKey || !(step || value)) return;
      event.preventDefault();
      if (value) {
        const choice = row.querySelector(`input[value="${value}"]`);
        choice.checked = true;
        choice.focus();
        if (choice === late) missed.focus();
      } else if (rows[index + step]) {
        chosen(rows[index + step]).focus();
      }
    });
    late.addEventListener("click", () => missed.focus());
    missed.addEventListener("input", () => {
      if (missed.value) late.checked = true;
    });
  }
}
