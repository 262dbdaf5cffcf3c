// Panels with data-topic and data-fragment are fetched again when live.js says that their topic changed, but never
// under somebody's hands: a panel that is being written in says that there is news, and takes it afterwards.
(() => {
  const meta = document.querySelector('meta[name="texts"]');
  const texts = JSON.parse(meta?.content || "{}");
  const waiting = new Set(); // ids of panels that still lack their news

  const touched = (field) => {
    if (field.options) return field.dataset.touched === "yes";
    if (field.matches("[type=radio], [type=checkbox]")) return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  };
  const inUse = (panel) => {
    const fields = [...panel.querySelectorAll("textarea, select, input:not([type=hidden])")];
    const focus = panel.contains(document.activeElement) && document.activeElement;
    return fields.some(touched) || (focus && (fields.includes(focus) || !focus.id)); // htmx gives the focus back by id
  };
  const announce = (panel) => {
    if (panel.querySelector(".news-waiting")) return;
    const note = Object.assign(document.createElement("p"), { className: "news-waiting", textContent: texts.waiting });
    note.setAttribute("role", "status");
    panel.prepend(note);
  };
  const items = (panel) => [...(panel?.querySelectorAll("[data-item]") || [])];

  const refresh = async (panel) => {
    waiting.add(panel.id);
    if (inUse(panel)) return announce(panel);
    const before = new Set(items(panel).map((item) => item.id));
    const open = [...panel.querySelectorAll("details[open][id]")].map((fold) => fold.id);
    await htmx.ajax("GET", panel.dataset.fragment, { source: panel, target: panel, swap: "outerHTML" });
    const now = document.getElementById(panel.id);
    if (now === panel) return; // it did not get through; the next round tries again
    waiting.delete(panel.id);
    open.forEach((id) => now?.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", ""));
    items(now).filter((item) => !before.has(item.id)).forEach((item) => item.classList.add("is-new"));
  };
  const retry = () => [...waiting].map((id) => document.getElementById(id) || waiting.delete(id)).filter((p) => p.id).forEach(refresh);

  document.addEventListener("live:changed", ({ detail: changed }) => {
    for (const panel of document.querySelectorAll("[data-topic]"))
      if (panel.dataset.topic.split(" ").some((name) => changed.includes(name))) waiting.add(panel.id);
    retry();
  });
  document.addEventListener("change", ({ target }) => {
    if (target.options) target.dataset.touched = "yes";
  });
  document.addEventListener("focusout", () => setTimeout(retry, 300));
})();
