// A questionnaire by keyboard: a key an answer, Enter for the next question, at the end on the button. All of it works by tap and
// without script too.
for (const form of document.querySelectorAll("[data-questionnaire]")) {
  const questions = [...form.querySelectorAll("[data-question]")];
  const save = form.querySelector("[data-save]");
  const entrance = (question) =>
    question.querySelector("input:checked:not([value=''])") ?? question.querySelector("input");

  function go(index) {
    const next = questions[index];
    if (index < 0) return;
    (next ? entrance(next) : save).focus();
    (next ?? save).scrollIntoView({ block: "nearest" });
  }

  // A scanned sheet, of which a code begins with Q, presses nothing here: what is on the screen is saved first.
  let isScanning = false;
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(".answer-number, [type=date]")) return;
    if (event.key === "q" || event.key === "Q") isScanning = true;
    if (!isScanning || event.key === "Shift") return;
    if (event.key.length > 1) isScanning = false;
    if (event.key.length > 1 && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });

  for (const [index, question] of questions.entries()) {
    question.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter") {
        event.preventDefault();
        go(event.shiftKey ? index - 1 : index + 1);
        return;
      }
      // A digit in a field is the answer itself. By the key's place too, so that a French keyboard needs no shift.
      if (event.target.matches(".answer-number")) return;
      const digit = /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
      const press = digit ?? event.key.toLowerCase();
      const option = question.querySelector(`[data-press="${CSS.escape(press)}"]`);
      if (!option) return;
      event.preventDefault();
      option.click();
      option.focus();
    });
  }

  if (!document.querySelector("[data-focus]") && questions.length) go(0);
}
