/* The map of services on tiles, in place of the drawn one: the same numbers lead to the same lines. Where no tile comes it stays drawn. */
(function () {
  "use strict";
  var place = document.getElementById("mappa"), drawn = place && place.querySelector("svg"), L = window.L;
  if (!drawn || !L) { return; }
  var said = place.dataset, PATIENCE = 8000, TURNS = 900, SIDE = place.clientWidth < 480 ? 30 : 36, CORNER = { x: 78, y: 120 };
  var shown = false, box = document.createElement("div");
  var still = matchMedia("(prefers-reduced-motion: reduce)").matches, finger = matchMedia("(pointer: coarse)").matches;
  function plain(text) { var span = document.createElement("span"); span.textContent = text; return span.innerHTML; }

  box.dir = "ltr";
  box.style.visibility = "hidden";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", drawn.getAttribute("aria-label"));
  place.append(box);
  /* A wheel and one finger move the page, as elsewhere; two fingers, the buttons and the keys move the map. */
  var map = L.map(box, {
    zoomControl: false, attributionControl: false, scrollWheelZoom: false, dragging: !finger,
    fadeAnimation: false, zoomAnimation: !still, markerZoomAnimation: !still, inertia: !still
  });
  /* The drawn pins, one by one: their numbers, names and lines. Only where each is, in millionths of a degree, is said apart. */
  var places = JSON.parse(said.places), pins = [].map.call(drawn.querySelectorAll("a"), function (pin, n) {
    var link = document.createElement("a"), icon = L.divIcon({ html: link, className: "pin", iconSize: [SIDE, SIDE] });
    var found = { at: L.latLng(places[n][0] / 1e6, places[n][1] / 1e6) };
    found.marker = L.marker(found.at, { icon: icon, interactive: false, keyboard: false });
    link.href = pin.getAttribute("href");
    link.textContent = pin.querySelector("text").textContent;
    link.title = pin.getAttribute("aria-label");
    link.setAttribute("aria-label", link.title);
    L.DomEvent.disableClickPropagation(link);
    link.addEventListener("focus", function () {
      if (link.matches(":focus-visible")) { map.panInside(found.marker.getLatLng(), { padding: [SIDE, SIDE] }); }
    });
    return found;
  });

  /* Two services of one house are two pins to tap: each goes to the nearest free spot, round and round from where it should be; those
     in view stay clear of the edge and of the buttons too. On a full map a pin stays over another. */
  function inside(spot) {
    var at = map.layerPointToContainerPoint(spot), size = map.getSize(), half = SIDE / 2;
    return at.x > half && at.y > half && at.x < size.x - half && at.y < size.y - half && (at.x > CORNER.x || at.y > CORNER.y);
  }
  function part() {
    var taken = [];
    pins.forEach(function (pin) {
      var wanted = map.latLngToLayerPoint(pin.at), spot = wanted, seen = map.getBounds().contains(pin.at), turn, far;
      function over(other) { return other.distanceTo(spot) < SIDE; }
      for (turn = 1; turn < TURNS && (taken.some(over) || (seen && !inside(spot))); turn += 1) {
        far = SIDE / 3 * Math.sqrt(turn);
        spot = wanted.add([far * Math.cos(turn * 2.4), far * Math.sin(turn * 2.4)]);
      }
      taken.push(spot);
      pin.marker.setLatLng(map.layerPointToLatLng(spot));
    });
  }
  map.fitBounds(pins.map(function (pin) { return pin.at; }), { padding: [SIDE, SIDE], maxZoom: 16, animate: false });
  pins.forEach(function (pin) { pin.marker.addTo(map); });
  map.on("zoomend", part);
  part();
  L.control.zoom({ zoomInTitle: said.closer, zoomOutTitle: said.farther }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (said.credit) { L.control.attribution({ prefix: false }).addTo(map); }

  function stay() { if (!shown && box.isConnected) { map.remove(); box.remove(); } }
  function show() {
    shown = true;
    drawn.style.visibility = "hidden";
    box.style.visibility = "";
  }
  /* Whoever gives tiles is told no address of ours. */
  var tiles = L.tileLayer(said.tiles, { referrerPolicy: "no-referrer", maxZoom: 18, attribution: plain(said.credit) });
  tiles.once("tileload", show);
  tiles.once("load", function () { setTimeout(stay, 0); });
  setTimeout(stay, PATIENCE);
  tiles.addTo(map);
}());
