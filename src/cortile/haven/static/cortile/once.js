/* What is sent is sent once, and what is shown once takes no place of its own in history: the answer stands where the form stood. */
(function () {
  "use strict";
  var sent = false;
  function shown(text) {
    var answer = new DOMParser().parseFromString(text, "text/html");
    document.body.replaceWith(answer.body);
    window.scrollTo(0, 0);
    document.getElementById("contenuto").focus();
    sent = false;
  }
  document.addEventListener("submit", function (event) {
    event.preventDefault();
    if (sent) { return; }
    sent = true;
    fetch(location.href, { method: "POST", body: new URLSearchParams(new FormData(event.target)) })
      .then(function (answer) { return answer.text(); })
      .then(shown)
      .catch(function () { sent = false; });
  });
  /* A browser may keep a page it has left as it stood: it is emptied on the way out. */
  window.addEventListener("pagehide", function () { document.documentElement.textContent = ""; });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { location.reload(); } });
}());
