// Keeps an area's public page or info screen fresh: asks for its part anew, by ETag, every few seconds. Without a net it
// asks less often, greys what it shows after a while and then takes it away, for it may have been taken back meanwhile.
// What is past its time goes by itself, and the whole page is fetched anew a few times a day: it may hang for weeks.
(() => {
  const board = document.getElementById("board");
  const line = document.querySelector("[data-freshness]");
  const { board: address, every, turns } = board.dataset;
  const EVERY = every * 1000, SLOWEST = 60000, PATIENCE = 5000, STALE = 45000, LOST = 15 * 60000, ANEW = 6 * 3600000;
  const born = performance.now(), offline = line.dataset.offline;
  const said = line.firstChild.textContent, clock = line.querySelector("[data-clock]");
  let etag = null, pause = EVERY, seen = performance.now(), ahead = 0, shown = 0, timer = null, busy = false;

  const slides = () => [...board.querySelectorAll("[data-slide]")];
  const items = () => [...board.querySelectorAll("[data-until]")];
  const serverNow = () => Date.now() + ahead;

  const turn = (to) => {
    const all = slides();
    shown = all.length ? to % all.length : 0;
    all.forEach((slide, n) => (slide.hidden = n !== shown));
  };
  const tidy = () => {
    const gone = items().filter((item) => Date.parse(item.dataset.until) <= serverNow());
    const isLost = performance.now() - seen > LOST;
    (isLost ? items() : gone).forEach((item) => item.remove());
    if (gone.length || isLost) [etag, shown] = [null, 0];
    board.querySelector("[data-calm]").hidden = isLost || items().length > 0;
    const isStale = performance.now() - seen > STALE;
    board.classList.toggle("is-stale", isStale);
    line.firstChild.textContent = isStale ? `${offline} ${said}` : said;
    if (turns) turn(shown);
  };
  const take = async (answer) => {
    const moment = Date.parse(answer.headers.get("Date") || "");
    if (moment) ahead = moment - Date.now();
    const time = new Date(serverNow());
    const words = time.toLocaleTimeString("da-DK", { timeZone: "Europe/Copenhagen", hour: "2-digit", minute: "2-digit" });
    if (clock.textContent !== words) clock.textContent = words;
    line.hidden = false;
    if (answer.status === 304) return;
    const html = await answer.text();
    board.innerHTML = html;
    etag = answer.headers.get("ETag");
    shown = 0;
  };
  const ask = async () => {
    const headers = etag ? { "If-None-Match": etag } : {};
    const options = { headers, cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetch(address, options);
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
    await take(answer);
    [pause, seen] = [EVERY, performance.now()];
    if (performance.now() - born > ANEW) location.reload();
  };
  const round = async () => {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    try {
      await ask();
    } catch {
      pause = Math.min(pause * 2, SLOWEST);
    }
    busy = false;
    timer = setTimeout(round, pause);
  };

  addEventListener("online", round);
  setInterval(tidy, 1000);
  if (turns) setInterval(() => turn(shown + 1), turns * 1000);
  tidy();
  round();
})();
