// The one poll of a page: <body data-live="/address" data-live-versions='{"log": 17}'>. It learns which topics have
// changed and says so ("live:changed"); panels.js fetches them. It rests while hidden and slows down without a net.
// With data-live-beside nothing of the page's own lives, only the lines above it: it asks seldom, and takes nobody away.
(() => {
  const { live, liveVersions, liveBeside } = document.body.dataset;
  if (!live) return;
  const texts = JSON.parse(document.querySelector('meta[name="texts"]').content);
  const isBeside = liveBeside !== undefined;
  const EVERY = isBeside ? 20000 : 2000, SLOWEST = isBeside ? 60000 : 15000, PATIENCE = 8000, RELOAD_APART = 60000;
  const known = JSON.parse(document.getElementById("banners")?.dataset.standing || "{}");
  Object.assign(known, JSON.parse(liveVersions || "{}"));
  let etag = null, pause = EVERY, timer = null, busy = false, over = false, seen = new Date();

  const say = (text) => {
    const line = document.getElementById("connection");
    line.hidden = !text;
    if (line.textContent !== text) line.textContent = text;
  };
  const clock = (moment) => `${moment.getHours()}.${String(moment.getMinutes()).padStart(2, "0")}`;

  const accessEnded = () => {
    if (isBeside) return (over = true);
    const last = Number(sessionStorage.getItem("live-reload") || 0);
    if (Date.now() - last < RELOAD_APART) return say(texts.stale);
    sessionStorage.setItem("live-reload", Date.now());
    location.reload(); // keep.js has what was half-typed
  };
  const tell = (topics) => {
    const changed = Object.keys(topics).filter((name) => topics[name] !== known[name]);
    Object.assign(known, topics);
    document.dispatchEvent(new CustomEvent("live:changed", { detail: changed }));
  };
  const ask = async () => {
    const headers = etag ? { "If-None-Match": etag } : {};
    const answer = await fetch(live, { headers, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return accessEnded();
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
    const topics = answer.status === 304 ? {} : (await answer.json()).topics;
    etag = answer.headers.get("ETag");
    [pause, seen] = [EVERY, new Date()];
    say("");
    tell(topics);
  };
  const round = async () => {
    if (busy || over || document.hidden) return;
    busy = true;
    clearTimeout(timer);
    try {
      await ask();
    } catch {
      pause = Math.min(pause * 2, SLOWEST);
      say(texts.offline.replace("{time}", clock(seen)));
    }
    busy = false;
    timer = setTimeout(round, pause);
  };

  document.addEventListener("visibilitychange", round);
  addEventListener("online", round);
  timer = setTimeout(round, EVERY);
})();
