// Says at the field, while it is typed, what looks like a person, a car or a number: [data-lint]. The patterns are the
// server's own (app/lib/personal_data.py), which looks again at what is sent. Nothing leaves the page.
(() => {
  const meta = document.querySelector('meta[name="lint"]');
  if (!meta) return;
  const { patterns, numbered, texts } = JSON.parse(meta.content);
  const number = new RegExp(numbered, "i");
  const kinds = Object.entries(patterns).map(([kind, pattern]) => [kind, new RegExp(pattern, "g")]);

  const isDay = (day, month, year) => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  };
  const isBirthDate = ([, day, month, year, serial]) =>
    +serial > 0 && [1900, 2000, 1800].some((century) => isDay(+day, +month, century + +year));
  const meansIt = (kind, match) =>
    kind === "cpr" ? isBirthDate(match) : kind !== "phone" || !number.test(match.input.slice(0, match.index));

  const find = (text) => {
    const found = [];
    for (const [kind, pattern] of kinds)
      for (const match of text.matchAll(pattern)) {
        const [start, end] = [match.index, match.index + match[0].length];
        if (meansIt(kind, match) && !found.some((one) => start < one.end && one.start < end)) found.push({ kind, start, end });
      }
    return found.sort((a, b) => a.start - b.start);
  };

  const sentence = (text, { start, end }) => {
    const stop = [...text.slice(0, start).matchAll(/[.!?]\s+|\n/g)].pop();
    const from = stop ? stop.index + stop[0].length : 0;
    const rest = text.slice(end).search(/[.!?](\s|$)|\n/);
    const quote = document.createElement("q");
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    quote.append(text.slice(from, start), mark, text.slice(end, rest < 0 ? text.length : end + rest));
    return quote;
  };
  const note = (field) => {
    const id = `${field.id}-lint`;
    return document.getElementById(id) || field.insertAdjacentElement("afterend", Object.assign(document.createElement("div"), { id, className: "lint" }));
  };
  const tell = (form) => {
    const warned = form?.elements.warned;
    if (!warned) return;
    const seen = [...form.querySelectorAll(".lint")].flatMap((one) => (one.dataset.kinds || "").split(" "));
    warned.value = [...new Set(seen.filter(Boolean))].join(" ");
  };
  const look = (field) => {
    const found = find(field.value);
    const said = document.getElementById(`${field.id}-lint`);
    if (!found.length && !said) return;
    const place = said || note(field);
    place.dataset.kinds = found.map((one) => one.kind).join(" ");
    place.setAttribute("role", "status");
    const firsts = found.filter((one, at) => found.findIndex((other) => other.kind === one.kind) === at);
    place.replaceChildren(...firsts.map((one) => {
      const line = document.createElement("p");
      line.append(texts[one.kind], " ", sentence(field.value, one));
      return line;
    }));
    tell(field.form);
  };

  document.addEventListener("input", (event) => event.target.matches?.("[data-lint]") && look(event.target));
  const lookAtAll = () => document.querySelectorAll("[data-lint]").forEach((field) => field.value && look(field));
  document.addEventListener("htmx:after:swap", lookAtAll);
  lookAtAll();
})();
