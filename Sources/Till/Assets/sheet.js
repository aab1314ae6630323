// Sends a signed sheet as it is; the page then shows the attendance that it froze.
const csrf = document.querySelector('meta[name="csrf"]').content;

for (const form of document.querySelectorAll("[data-sheet]")) {
  const told = form.querySelector("[data-sheet-told]");
  const button = form.querySelector("button");
  const say = (text) => {
    told.textContent = text;
    told.hidden = false;
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [file] = form.querySelector('input[type="file"]').files;
    if (!file) return;
    button.disabled = true;
    try {
      const response = await fetch(form.dataset.sheet, {
        method: "POST",
        headers: {
          "X-CSRF-Token": csrf,
          "Idempotency-Key": form.dataset.key,
          "Content-Type": "application/octet-stream",
          Accept: "application/json",
        },
        body: file,
      });
      if (response.ok) {
        location.assign(form.dataset.then);
        return;
      }
      const { refusal } = await response.json();
      say(`${refusal.what} ${refusal.why} ${refusal.now}`);
    } catch {
      say(form.dataset.cut);
    }
    button.disabled = false;
  });
}
