// A form that looks up an article: suggests some while one types, and starts at the first that was found.

import { element } from "./made.js";

const isFrench = document.documentElement.lang !== "en";

document.querySelector("[data-found] input")?.focus();

for (const field of document.querySelectorAll("[data-articles]")) {
  const list = field.list;
  const kinds = field.dataset.articles.split(" ");
  let asked = "";

  field.addEventListener("input", async () => {
    const typed = field.value.trim();
    if (typed.length < 2 || typed === asked) return;
    asked = typed;
    const items = await find(typed);
    // Somebody typed on meanwhile: that answer is on its way.
    if (asked !== typed) return;
    list.replaceChildren(...items.map(({ code, name_fr: french, name_en: english }) =>
      element("option", { value: code }, isFrench ? french : english)));
  });

  // Without an answer nothing is suggested: the button finds it all the same.
  async function find(typed) {
    try {
      const response = await fetch(`/api/v1/products?${new URLSearchParams({ q: typed })}`, { headers: { Accept: "application/json" } });
      if (!response.ok) return [];
      const { items } = await response.json();
      return items.filter(({ kind }) => kinds.includes(kind));
    } catch {
      return [];
    }
  }
}
