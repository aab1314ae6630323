// A signature: strokes of whole points in the box of the drawing, sent as the path that draws them. Nothing is recorded
// before the form is sent, and without script the act is signed on paper.

const strokesMost = 200;
const pointsMost = 5000;

for (const form of document.querySelectorAll("[data-pad]")) {
  const pad = form.querySelector("svg");
  const ink = pad.querySelector("[data-ink]");
  const field = form.elements.strokes;
  const { width, height } = pad.viewBox.baseVal;
  let strokes = read(field.value);
  let stroke = null;
  let points = strokes.reduce((sum, { length }) => sum + length, 0);

  form.hidden = false;
  draw();

  function draw() {
    field.value = strokes.map((line) => `M${line.map(({ x, y }) => `${x} ${y}`).join(" ")}`).join("");
    ink.setAttribute("d", field.value);
  }

  /** The point of the box under a finger that may have left it. */
  function at({ clientX, clientY }) {
    const box = pad.getScreenCTM().inverse();
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(box);
    const within = (value, most) => Math.min(Math.max(Math.round(value), 0), most);
    return { x: within(x, width), y: within(y, height) };
  }

  /** Adds a point that lies at least two units further: a hand that trembles fills no box. */
  function add(event) {
    const point = at(event);
    const last = stroke.at(-1);
    if (points >= pointsMost || (last && Math.hypot(point.x - last.x, point.y - last.y) < 2)) return;
    stroke.push(point);
    points += 1;
  }

  pad.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || stroke || strokes.length >= strokesMost || points >= pointsMost) return;
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    stroke = [];
    stroke.pointer = event.pointerId;
    strokes.push(stroke);
    add(event);
    draw();
  });
  pad.addEventListener("pointermove", (event) => {
    if (stroke?.pointer !== event.pointerId) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const each of passed.length ? passed : [event]) add(each);
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    pad.addEventListener(end, (event) => {
      if (stroke?.pointer === event.pointerId) stroke = null;
    });
  }
  form.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    stroke = null;
    points = 0;
    draw();
  });
}

/** What was drawn before the page came back with a refusal. */
function read(path) {
  return path.split("M").filter(Boolean).map((line) => {
    const numbers = line.split(" ").map(Number);
    return Array.from({ length: numbers.length / 2 }, (_, place) => ({ x: numbers[2 * place], y: numbers[2 * place + 1] }));
  });
}
