/* The bar that saves never cuts a choice in two: where one is half hidden, the page moves up by as much. */
(function () {
  "use strict";
  var bar = document.querySelector(".save"), byHand = false;
  if (!bar) { return; }
  function settle() {
    var edge = bar.getBoundingClientRect().top, move = 0;
    document.querySelectorAll(".opt").forEach(function (choice) {
      var box = choice.getBoundingClientRect();
      if (box.height && box.top < edge && box.bottom > edge) { move = Math.max(move, box.bottom - edge); }
    });
    if (move > 0) { window.scrollBy({ top: Math.ceil(move) + 4, behavior: "instant" }); }
  }
  window.addEventListener("load", settle);
  window.addEventListener("resize", settle);
  /* Only after a scroll by hand: nothing may move under a finger that is already coming down. */
  ["wheel", "touchmove"].forEach(function (kind) {
    document.addEventListener(kind, function () { byHand = true; }, { passive: true });
  });
  document.addEventListener("scrollend", function () {
    if (byHand) { byHand = false; settle(); }
  });
  document.addEventListener("change", settle);
}());

/* Names while they are being typed. Without this file the «Cerca» button does the same. */
(function () {
  "use strict";
  var box = document.querySelector("[data-who]"), found = document.getElementById("trovati");
  var chosen = document.getElementById("scelti"), said = document.getElementById("quanti"), waiting, last;
  if (!box || !found || !window.fetch) { return; }
  last = box.value.trim();
  if (!last && window.matchMedia("(pointer: fine)").matches && !document.getElementById("errori")) { box.focus(); }

  /* Who was already picked stays, ticked, when somebody else is looked for. */
  function keep() {
    found.querySelectorAll("input:checked").forEach(function (input) {
      if (!input.value) { return; }
      input.type = "checkbox";
      input.name = "persons";
      chosen.appendChild(input.closest("label"));
    });
  }
  function show(html) {
    keep();
    found.innerHTML = html;
    found.dataset.of = last;
    chosen.querySelectorAll("input").forEach(function (input) {
      var twin = found.querySelector('input[value="' + input.value + '"]');
      if (twin) { twin.closest("label").remove(); }
    });
    var count = found.querySelector("[data-count]");
    document.dispatchEvent(new Event("change"));
    said.textContent = count ? count.textContent : "";
  }
  function look() {
    var text = box.value.trim();
    if (text === last || (text && text.length < 3)) { return; }
    last = text;
    fetch(box.dataset.who + "?q=" + encodeURIComponent(text), { credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : Promise.reject(); })
      .then(function (html) { if (text === last) { show(html); } })
      .catch(function () { last = null; /* the button still works */ });
  }
  box.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(look, 250);
  });
}());
