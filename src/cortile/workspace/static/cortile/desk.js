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

/* A slider writes its figure where it can also be typed. Without this file the button takes whichever was moved. */
document.addEventListener("input", function (event) {
  "use strict";
  var slid = event.target, typed = slid.type === "range" && slid.form.elements[slid.name.slice(2)];
  if (typed) { typed.value = slid.value; }
});
