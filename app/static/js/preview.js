// How a text will read, shown while it is typed: #preview with data-preview stands in the form that the address takes.
(() => {
  const preview = document.getElementById("preview");
  const form = preview?.closest("form");
  if (!form) return;
  const PAUSE = 500;
  let timer, asked = 0;
  const show = async () => {
    const mine = ++asked;
    const answer = await fetch(preview.dataset.preview, { method: "POST", body: new FormData(form) }).catch(() => null);
    if (answer?.ok && !answer.redirected && mine === asked) preview.innerHTML = await answer.text();
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
})();
