/* «Ascolta», in a voice that lives in the device; where none speaks a text's language there is no button. */
(function () {
  "use strict";
  var synth = window.speechSynthesis, model = document.getElementById("ascolta"), on;
  if (!synth || !model) { return; }
  function rest() {
    synth.cancel();
    if (on) { on.ariaPressed = "false"; }
    on = null;
  }
  function read(button, parts, own) {
    var again = on === button;
    rest();
    if (again) { return; }
    on = button;
    on.ariaPressed = "true";
    parts.forEach(function (part, n) {
      var said = new SpeechSynthesisUtterance(part.innerText.trim());
      said.voice = own;
      said.lang = own.lang;
      said.onend = function () { if (on === button && !parts[n + 1]) { rest(); } };
      synth.speak(said);
    });
  }
  function offer(place) {
    var topic = place.tagName === "LABEL", parts = topic ? [place] : [].slice.call(place.querySelectorAll("[data-said]"));
    var code = parts[0].closest("[lang]").lang.slice(0, 2), line = document.createElement("div"), button;
    var own = synth.getVoices().find(function (v) { return v.localService && v.lang.slice(0, 2) === code; });
    if (!own || place.heard) { return; }
    place.heard = true;
    button = model.content.firstElementChild.cloneNode(true);
    button.ariaLabel = button.textContent + ": " + parts[0].innerText.trim();
    button.onclick = function () { read(button, parts, own); };
    line.className = "actions";
    if (topic) {
      line.className = "row";
      button.lastElementChild.className = "hidden";
      place.before(line);
      place.style.flex = 1;
      line.append(place);
    } else { place.append(line); }
    line.append(button);
  }
  function start() { document.querySelectorAll("[data-listen],[data-listen-each] label").forEach(offer); }
  synth.onvoiceschanged = start;
  start();
  window.onpagehide = rest;
}());
