/* What is sent once is sent once, and what is shown once is not there for whoever comes back. */
(function () {
  "use strict";
  var sent = false;
  document.addEventListener("submit", function (event) {
    if (sent) { event.preventDefault(); }
    sent = true;
  });
  /* A browser may keep a page it has left as it stood: it is emptied on the way out. */
  window.addEventListener("pagehide", function () { document.documentElement.textContent = ""; });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
}());
