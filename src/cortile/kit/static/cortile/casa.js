/* On somebody's own device: the page without a network, and, for who switches it on, number, state and date of what is open. */
(function () {
  "use strict";
  var mine = document.currentScript.dataset, KEY = "casa", WEEK = 7 * 864e5;
  function keep(kept) { try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch (e) { /* private mode keeps nothing */ } }
  function forget() { try { localStorage.removeItem(KEY); } catch (e) { /* as above */ } }
  function kept() {
    try {
      var found = JSON.parse(localStorage.getItem(KEY));
      if (found && mine.mark && found.of !== mine.mark) { forget(); return null; }
      if (found && found.until < Date.now()) { found.rows = []; keep(found); }
      return found;
    } catch (e) { return null; }
  }
  var list = document.querySelector("[data-keep]"), choice = document.querySelector("[data-device]"), shown = document.querySelector("[data-kept]");
  if (list && list.dataset.keep === "no") { forget(); }
  var now = kept();
  if (list && list.dataset.keep === "yes" && now) {
    now.until = Date.now() + WEEK;
    now.rows = [].map.call(document.querySelectorAll("[data-keep-number]"), function (card) {
      return [card.dataset.keepNumber, card.dataset.keepState, card.dataset.keepDate];
    });
    keep(now);
  }
  if (shown && now && now.rows.length) {
    now.rows.forEach(function (row) {
      var line = document.createElement("li");
      line.textContent = shown.dataset.kept + " " + row.filter(Boolean).join(" · ");
      shown.querySelector("ul").append(line);
    });
    shown.hidden = false;
  }
  if (choice) {
    var on = choice.querySelector("[data-device-on]"), off = choice.querySelector("[data-device-off]");
    var show = function () { on.hidden = !!kept(); off.hidden = !kept(); };
    on.addEventListener("click", function () { keep({ of: mine.mark, until: Date.now() + WEEK, rows: [] }); show(); off.focus(); });
    off.addEventListener("click", function () { forget(); show(); on.focus(); });
    choice.hidden = false;
    show();
  }
  if (mine.shell && navigator.serviceWorker) {
    window.addEventListener("load", function () {
      navigator.serviceWorker.register("/static/cortile/worker.js?" + mine.shell, { scope: "/casa/" }).catch(function () { /* none then */ });
    });
  }
}());
