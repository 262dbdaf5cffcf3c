// Moves the server's words on, each second: time since, time left, how late. Follows the server's clock, not the phone's.
(() => {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
  const texts = JSON.parse(meta("texts") || "{}");
  const ahead = new Date(meta("server-time") || Date.now()) - Date.now();
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const two = (n) => String(n).padStart(2, "0");

  // The same words as templating.span.
  const span = (seconds) => {
    const minutes = Math.floor(Math.abs(seconds) / 60);
    if (minutes < 1) return texts.soon;
    if (minutes < 60) return fill(texts.minutes, { n: minutes });
    if (minutes < 48 * 60) return fill(texts.hours, { h: Math.floor(minutes / 60), m: two(minutes % 60) });
    return fill(texts.days, { n: Math.floor(minutes / (24 * 60)) });
  };
  const stopwatch = (seconds) => {
    const s = Math.max(0, Math.floor(seconds));
    return [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60].map(two).join(":");
  };
  const show = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  const tick = () => {
    const now = Date.now() + ahead;
    for (const e of document.querySelectorAll("[data-elapsed]")) show(e, stopwatch((now - new Date(e.dateTime)) / 1000));
    for (const e of document.querySelectorAll("[data-countdown]")) {
      const left = (new Date(e.dateTime) - now) / 1000;
      e.classList.toggle("is-late", left < 0);
      show(e, fill(left < 0 ? texts.late : texts.in, { span: span(left) }));
    }
  };
  if (texts.in) {
    setInterval(tick, 1000);
    tick();
  }
})();
