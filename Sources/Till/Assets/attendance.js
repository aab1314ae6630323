// The attendance grid: a tap says present or absent and fills in the minutes; arrows go from person to person.
for (const grid of document.querySelectorAll("[data-attendance]")) {
  const length = document.querySelector('input[name="delivered_minutes"]');
  const whole = () => length?.value.trim() || grid.dataset.minutes;
  const boxes = [...grid.querySelectorAll('input[name="present"]')];
  const minutesOf = (box) => box.closest("tr").querySelector(".minutes");

  for (const [index, box] of boxes.entries()) {
    const minutes = minutesOf(box);
    box.addEventListener("change", () => {
      minutes.value = box.checked ? whole() : "0";
    });
    minutes.addEventListener("input", () => {
      box.checked = Number.parseInt(minutes.value, 10) > 0;
    });
    for (const [field, next] of [[box, (at) => boxes[at]], [minutes, (at) => boxes[at] && minutesOf(boxes[at])]]) {
      field.addEventListener("keydown", (event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const target = step && next(index + step);
        if (!target) return;
        event.preventDefault();
        target.focus();
        target.select?.();
      });
    }
  }

  // A session whose length changes changes it for everybody who was there for all of it.
  let before = whole();
  length?.addEventListener("input", () => {
    for (const box of boxes) {
      const minutes = minutesOf(box);
      if (box.checked && minutes.value === before) minutes.value = whole();
    }
    before = whole();
  });
}
