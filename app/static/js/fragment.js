// What htmx needs from us: the CSRF token on every change, and a plain answer when a change did not get through.
(() => {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = event.detail.ctx;
    if (request.method !== "GET") request.headers["X-CSRFToken"] = meta("csrf-token");
  });
  const failed = (event) => {
    const { ctx } = event.detail;
    if (!ctx || ctx.request.method === "GET") return;
    if (ctx.response && [401, 403, 404].includes(ctx.response.status)) return location.reload();
    if (ctx.response && [409, 422].includes(ctx.response.status)) return; // the form comes back with the reason
    const line = document.getElementById("connection");
    line.textContent = JSON.parse(meta("texts")).failed;
    line.hidden = false;
  };
  document.addEventListener("htmx:response:error", failed);
  document.addEventListener("htmx:error", failed);
})();
