/* The desk's keys: n records a contact, / searches. */
(function () {
  "use strict";
  document.addEventListener("keydown", function (event) {
    if (/INPUT|TEXTAREA|SELECT/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var target = document.querySelector('[data-key="' + (event.key === "/" ? "slash" : event.key) + '"]');
    if (!target) { return; }
    event.preventDefault();
    if (target.tagName === "INPUT") { target.focus(); } else { target.click(); }
  });
}());
