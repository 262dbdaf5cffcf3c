// The activation form answers at once: the type fills "hvad", the way says who is called and what the button does,
// and types that the way cannot have are out of reach. Without it the server does the same.
(() => {
  const form = document.querySelector("form[data-activation]");
  if (!form) return;
  const { submit, categories } = JSON.parse(form.dataset.activation);
  const { category, what } = form.elements;
  const preview = document.getElementById("preview");
  const button = form.querySelector("button[type=submit] span");
  const words = preview?.textContent;
  const standard = new Set(Object.values(categories).map((kind) => kind.what));
  const way = () => form.querySelector("[name=way]:checked")?.value;

  const show = () => {
    const chosen = way();
    const kind = categories[category.value];
    for (const part of form.querySelectorAll("[data-way]")) part.hidden = part.dataset.way !== chosen;
    for (const option of category.options) {
      const fits = !chosen || !option.value || chosen in categories[option.value].ways;
      option.hidden = option.disabled = !fits;
    }
    if (preview) preview.textContent = kind?.ways[chosen] || words;
    if (button && preview && chosen) button.textContent = submit[chosen];
  };
  form.addEventListener("change", ({ target }) => {
    if (target === category && (what.value.trim() === "" || standard.has(what.value.trim())))
      what.value = categories[category.value]?.what || "";
    if (target.name === "way" && category.value && !(way() in categories[category.value].ways)) category.value = "";
    show();
  });
  addEventListener("pageshow", show);
  show();
})();
