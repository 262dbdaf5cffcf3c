// Half-typed text survives a reload, a dead session and a wrong tap on back: <form data-keep="name">.
// It is let go when the form was sent and answered by a redirect (not to a sign-in: those pages say data-keep-texts),
// or at sign-out. A lost answer, an error page or the form with errors lets nothing go.
(() => {
  const SAFE = 'textarea, input[type="text"], input[type="tel"], input[type="email"], input[type="search"]';
  const SENT = "sent:";
  const key = (form) => `keep:${form.dataset.keep}:${form.getAttribute("action") || location.pathname}`;
  const typed = (form) => [...form.querySelectorAll(SAFE)].filter((f) => f.name && f.autocomplete !== "off");

  const save = (form) => {
    const values = Object.fromEntries(typed(form).filter((f) => f.value !== f.defaultValue).map((f) => [f.name, f.value]));
    if (Object.keys(values).length) sessionStorage.setItem(key(form), JSON.stringify(values));
    else sessionStorage.removeItem(key(form));
  };
  const restore = (form) => {
    const values = JSON.parse(sessionStorage.getItem(key(form)) || "{}");
    for (const field of typed(form)) if (field.name in values && field.value === "") field.value = values[field.name];
  };
  const settle = (succeeded) => {
    const sent = Object.keys(sessionStorage).filter((name) => name.startsWith(SENT));
    for (const name of sent) {
      if (succeeded) sessionStorage.removeItem(sessionStorage.getItem(name));
      sessionStorage.removeItem(name);
    }
  };

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-keep]")) save(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-forgets]")) sessionStorage.clear();
    if (event.target.matches("[data-keep]")) sessionStorage.setItem(SENT + event.target.dataset.keep, key(event.target));
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail.ctx.request.method === "POST") settle(event.detail.ctx.response.status < 400);
    document.querySelectorAll("form[data-keep]").forEach(restore);
  });
  const redirected = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  settle(redirected && !document.body.hasAttribute("data-keep-texts"));
  document.querySelectorAll("form[data-keep]").forEach(restore);
})();
