/* The page without a network, and nothing else: no page with a name in it, nothing that is sent, no other address. */
"use strict";
var SHELF = "casa", DAY = 864e5, PAGE = "/casa/senza-rete/" + self.location.search.slice(1) + "/";
var SHELL = [PAGE, "/static/cortile/casa.js", "/static/cortile/casa-192.png"], left = false;
function fill() {
  return caches.open(SHELF).then(function (shelf) {
    return Promise.all(SHELL.map(function (address) {
      return fetch(address, { credentials: "omit", cache: "no-cache" }).then(function (answer) {
        return answer.ok ? shelf.put(address, answer) : null;
      });
    }));
  });
}
function found(address) { return caches.match(address, { ignoreVary: true }).then(function (answer) { return answer || Response.error(); }); }
function freshen() {
  if (left) { return Promise.resolve(); }
  return caches.match(PAGE, { ignoreVary: true }).then(function (answer) {
    return !answer || Date.now() - Date.parse(answer.headers.get("Last-Modified")) > DAY ? fill() : null;
  }).catch(function () { /* another time */ });
}
self.addEventListener("install", function (event) { event.waitUntil(fill().then(function () { return self.skipWaiting(); })); });
self.addEventListener("activate", function (event) {
  event.waitUntil(caches.open(SHELF).then(function (shelf) {
    return shelf.keys().then(function (all) {
      return Promise.all(all.map(function (one) { return SHELL.indexOf(new URL(one.url).pathname) < 0 ? shelf.delete(one) : null; }));
    });
  }).then(function () { return self.clients.claim(); }));
});
/* «Esci subito»: the shelf is emptied and the worker goes, though the page that asked is already gone. */
self.addEventListener("message", function (event) {
  if (event.data !== "leave") { return; }
  left = true;
  event.waitUntil(Promise.all([caches.delete(SHELF), self.registration.unregister()]));
});
self.addEventListener("fetch", function (event) {
  var asked = event.request, path = new URL(asked.url).pathname;
  if (asked.method !== "GET") { return; }
  if (asked.mode === "navigate") {
    event.respondWith(fetch(asked).catch(function () { return found(PAGE); }));
    event.waitUntil(freshen());
  } else if (SHELL.indexOf(path) >= 0) {
    event.respondWith(fetch(asked).catch(function () { return found(path); }));
  }
});
