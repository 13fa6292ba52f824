// The page of an attempt that is not over: shows each event, and the whole page when it is over.
// Where a stream cannot be had, the page is asked again every two seconds.
(() => {
  "use strict";
  const POLL = 2000;
  const live = document.querySelector("[data-events]");
  if (!live) return;
  let source = null, timer = null, failures = 0;

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  async function look() {
    clearTimeout(timer);
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
      if (answer.ok) {
        const page = parsed(await answer.text());
        const still = page.querySelector("[data-events]");
        if (!still) return finish(page);
        live.innerHTML = still.innerHTML;
      }
    } catch (_) { /* the network is away: ask again */ }
    timer = setTimeout(look, POLL);
  }

  function finish(page) {
    if (source) source.close();
    const main = document.getElementById("main");
    const unfocused = document.activeElement === document.body || main.contains(document.activeElement);
    main.innerHTML = page.getElementById("main").innerHTML;
    document.title = page.title;
    if (unfocused) main.focus({ preventScroll: true });
  }

  function follow() {
    source = new EventSource(live.dataset.events);
    source.addEventListener("progress", (event) => {
      failures = 0;
      live.innerHTML = event.data;
    });
    source.addEventListener("over", () => { source.close(); look(); });
    source.onerror = () => {
      failures += 1;
      if (source.readyState === EventSource.CLOSED || failures > 3) { source.close(); look(); }
    };
  }

  if (window.EventSource) follow(); else look();
})();
