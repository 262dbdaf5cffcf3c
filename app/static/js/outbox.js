// What was noted outdoors without a net waits on the phone: each note lies there under its once-only key until the
// server has said that it arrived, so none is lost and none comes twice. #outbox says how many wait; it stands on the
// walk's pages with data-outbox='{"who", "list", "needs", "texts"}', and form[data-outbox-form] fills it.
(() => {
  const box = document.getElementById("outbox");
  if (!box) return;
  const { who, list, needs = [], texts } = JSON.parse(box.dataset.outbox);
  const form = document.querySelector("form[data-outbox-form]");
  const PREFIX = `outbox:${who}:`, PATIENCE = 15000, AGAIN = 20000;
  let busy = false, barred = false, said = "";

  const keyOf = (once) => PREFIX + once;
  const all = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
    .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) })).sort((a, b) => a.at - b.at);
  const put = ({ key, ...item }) => localStorage.setItem(key, JSON.stringify(item));
  const newOnce = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24)))).replace(/\W/g, "x");

  const line = (text, look = "") => {
    const made = Object.assign(document.createElement("p"), { textContent: text, className: look });
    box.append(made);
    return made;
  };
  const tap = (at, text, act) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-secondary", textContent: text });
    made.addEventListener("click", act);
    at.append(" ", made);
  };
  const show = () => {
    const waiting = all().filter((item) => !item.refused);
    box.replaceChildren();
    if (said) line(said, "outbox-said");
    if (waiting.length) line(texts.waiting.replace("{n}", waiting.length), "outbox-waiting");
    if (waiting.length && barred) line(texts.barred);
    for (const item of all().filter((one) => one.refused)) {
      const made = line(`${texts.refused} ${item.refused}`, "outbox-refused");
      if (form) tap(made, texts.mend, () => mend(item));
      tap(made, texts.drop, () => confirm(texts.sure) && (localStorage.removeItem(item.key), show()));
    }
    box.hidden = !box.childElementCount;
  };

  const refresh = async () => {
    const old = document.getElementById("noted");
    const answer = old && list && await fetch(list, { cache: "no-store" }).catch(() => null);
    if (answer?.ok && !answer.redirected) old.outerHTML = await answer.text();
  };
  // "saved" and "refused" are the server's own words; anything else means that it waits on.
  const send = async (item) => {
    const body = new URLSearchParams(item.fields);
    body.set("csrf_token", document.querySelector('meta[name="csrf-token"]').content);
    const answer = await fetch(item.url, {
      method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE),
    });
    const word = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    barred = [400, 401, 403, 404].includes(answer.status);
    if (word.saved && keyOf(word.saved) === item.key) localStorage.removeItem(item.key);
    else if (word.errors) put({ ...item, refused: word.errors.join(" ") });
    else return false;
    return word;
  };
  const flush = async () => {
    if (busy) return;
    busy = true;
    let arrived = 0, next;
    const tried = new Set();
    while ((next = all().find((item) => !item.refused && !tried.has(item.key)))) {
      tried.add(next.key);
      const word = await send(next).catch(() => false);
      if (!word) break;
      arrived += word.saved ? 1 : 0;
    }
    busy = false;
    if (arrived) said = texts.arrived.replace("{n}", arrived);
    show();
    if (arrived) await refresh();
  };

  const empty = () => {
    for (const field of form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else if (field.type !== "hidden" && field.tagName !== "BUTTON" && field.tagName !== "FIELDSET") field.value = "";
    }
    form.elements.once.value = newOnce();
    for (const wrong of form.querySelectorAll(".form-error-message")) wrong.remove();
    for (const wrong of form.querySelectorAll(".form-error")) wrong.classList.remove("form-error");
    form.elements.note.dispatchEvent(new Event("input", { bubbles: true })); // keep.js lets go of the typed text
  };
  const mend = (item) => {
    empty();
    for (const [name, value] of item.fields) {
      const field = form.elements[name];
      if (field && name !== "csrf_token") field instanceof RadioNodeList || field.type !== "checkbox" ? (field.value = value) : (field.checked = true);
    }
    for (const word of form.querySelectorAll("[data-outbox-word]")) word.hidden = false;
    form.elements.note.focus();
  };
  const lacks = () => needs.some((names) => !names.some((name) => new FormData(form).get(name)?.trim()));

  // On the document, so that it is asked before submit.js holds the button.
  document.addEventListener("submit", (event) => {
    if (!form || event.target !== form) return;
    const once = form.elements.once.value;
    if (!lacks()) {
      try {
        const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
        put({ key: keyOf(once), url: form.getAttribute("action"), fields, at: Date.now() });
      } catch {
        return; // no room on the phone, or it may not keep anything: sent as any form
      }
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    said = lacks() ? texts.lacks : "";
    if (!lacks()) empty();
    show();
    scrollTo(0, 0);
    if (!said) flush();
  }, true);
  addEventListener("online", flush);
  addEventListener("pageshow", () => (show(), flush()));
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  setInterval(() => all().length && flush(), AGAIN);
})();
