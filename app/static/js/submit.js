// One tap, one act: the button says that it is sending and takes no second tap. Also leads the eye to the error summary.
(() => {
  const texts = JSON.parse(document.querySelector('meta[name="texts"]')?.content || "{}");
  const LONGEST_WAIT = 15000; // the server refuses doubles by itself; a lost answer must not lock the button for good
  const sending = new Map();

  const release = (form) => {
    const held = sending.get(form);
    if (!held) return;
    clearTimeout(held.timer);
    if (held.button) {
      held.button.disabled = false;
      if (held.label) held.label.textContent = held.words;
    }
    sending.delete(form);
  };

  const hold = (form, button) => {
    const label = button?.querySelector("span:not(.sr-only)");
    const wait = form.hasAttribute("data-download") ? 3000 : LONGEST_WAIT;
    sending.set(form, { button, label, words: label?.textContent, timer: setTimeout(() => release(form), wait) });
    if (!button) return;
    // After this event, so that the button's own name and value still go along.
    setTimeout(() => {
      if (!sending.has(form)) return;
      button.disabled = true;
      if (label) label.textContent = texts.sending;
    });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (!sending.has(form)) return hold(form, event.submitter);
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true); // before htmx sees it
  document.addEventListener("htmx:finally:request", (event) => release(event.detail.ctx.request.form || event.target));
  addEventListener("pageshow", () => [...sending.keys()].forEach(release));

  const toSummary = (root) => root.querySelector?.("[data-error-summary]")?.focus();
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.request.method === "POST") toSummary(document);
  });
  toSummary(document);
})();
