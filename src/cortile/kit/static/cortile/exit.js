/* «Esci subito»: the page is empty before anything else happens; then nothing of ours is left, and another site takes its place. */
(function () {
  "use strict";
  /* Read before the page is drawn: whatever can be seen can be left, and no tap comes before this. */
  var own = document.currentScript.dataset, end = own.end, away = own.away, presses = [], worker = null;
  /* Found beforehand: a page that is leaving waits for no answer, and the worker empties its own shelf after it. */
  if (navigator.serviceWorker) {
    navigator.serviceWorker.getRegistration("/casa/").then(function (one) { worker = one && one.active; }).catch(function () { /* none then */ });
  }
  function leave() {
    document.documentElement.textContent = "";
    try { localStorage.clear(); sessionStorage.clear(); } catch (e) { /* nothing is kept there then */ }
    if (worker) { worker.postMessage("leave"); }
    /* Whoever goes back faster than the beacon travels, or without it, finds the session ended all the same. */
    document.cookie = "sessione=no; path=/; max-age=1800; samesite=strict";
    try { navigator.sendBeacon(end); } catch (e) { /* whatever happens, the other site comes */ }
    location.replace(away);
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-exit], [data-stay]");
    if (!link || event.ctrlKey || event.metaKey) { return; }
    event.preventDefault();
    /* These pages take one place in history between them, so that leaving leaves none. */
    if (link.dataset.exit !== undefined) { leave(); } else { location.replace(link.href); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.repeat) { return; }
    var now = Date.now();
    presses = event.key === "Shift" ? presses.filter(function (at) { return now - at < 5000; }).concat(now) : [];
    if (presses.length > 2) { leave(); }
  });
}());
