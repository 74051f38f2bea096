/* Help for those who have it on; every page works without. Saves drafts, says when the network is gone, leaves the glass. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  var summary = document.getElementById("errori");
  if (summary) { summary.focus(); }
  var here = document.querySelector(".tabs [aria-current]");
  if (here && !summary) { here.scrollIntoView({ block: "nearest", inline: "center" }); }

  function say(form, text) {
    var place = form.querySelector(".saved");
    if (place) { place.textContent = text; }
  }
  /* The end of a draft's token is its signature: it names no page and no topic, and another person's page has another. */
  function local(form) { var token = form.elements.bozza; return "bozza:" + (token ? token.value.slice(-20) : ""); }
  var left = false;
  function forget() { left = true; try { sessionStorage.clear(); localStorage.clear(); } catch (e) { /* nothing is kept there then */ } }
  function data(form) {
    var found = new FormData(form), clean = new FormData();
    found.forEach(function (value, name) { if (typeof value === "string") { clean.append(name, value); } });
    return clean;
  }
  function remember(form) {
    var kept = {};
    if (left) { return; }
    form.querySelectorAll("textarea").forEach(function (t) { kept[t.name] = t.value; });
    try { sessionStorage.setItem(local(form), JSON.stringify(kept)); } catch (e) { /* private mode: the server has it */ }
  }
  function recall(form) {
    try {
      var kept = JSON.parse(sessionStorage.getItem(local(form)) || "{}");
      Object.keys(kept).forEach(function (name) {
        var t = form.elements[name];
        if (t && t.tagName === "TEXTAREA" && !t.value) { t.value = kept[name]; }
      });
    } catch (e) { /* nothing kept */ }
  }
  function send(form) {
    form.waiting = null;
    touch();
    fetch("/bozza/", { method: "POST", body: data(form), credentials: "same-origin", keepalive: true })
      .then(function (r) { return r.ok ? r.json() : Promise.reject(); })
      .then(function (r) {
        form.unsent = false;
        say(form, (form.dataset.saved || "") + " " + r.saved);
        try { sessionStorage.removeItem(local(form)); } catch (e) { /* as above */ }
      })
      .catch(function () {
        form.unsent = true;
        say(form, form.dataset.offline || "");
        if (!form.hasAttribute("data-private")) { remember(form); }
      });
  }
  function typed(form) {
    form.unsent = true;
    if (!form.waiting) { form.waiting = setTimeout(function () { send(form); }, 1200); }
  }
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    recall(form);
    form.addEventListener("input", function () { typed(form); });
    form.addEventListener("submit", function (event) {
      if (navigator.onLine === false) {
        event.preventDefault();
        form.asked = event.submitter || form.querySelector("button");
        say(form, form.dataset.offline || "");
        return;
      }
      clearTimeout(form.waiting);
      form.waiting = null;
      form.unsent = false;
      try { sessionStorage.removeItem(local(form)); } catch (e) { /* as above */ }
    });
  });
  window.addEventListener("online", function () {
    document.querySelectorAll("form[data-draft]").forEach(function (form) {
      if (form.asked) { form.requestSubmit(form.asked); } else if (form.unsent) { send(form); }
    });
  });
  window.addEventListener("pagehide", function () {
    document.querySelectorAll("form[data-draft]").forEach(function (form) {
      if (form.unsent && form.waiting) { navigator.sendBeacon("/bozza/", data(form)); }
    });
  });

  /* A page nobody touches leaves the glass. Its tabs share one clock; the server's has run out a moment before. */
  var rule = document.body.dataset, rest = rule.lockMinutes * 60000 + 5000, touched = 0, alarm;
  function last() {
    try { return Math.max(touched, Number(localStorage.getItem("toccata")) || 0); } catch (e) { return touched; }
  }
  function leave() {
    document.querySelectorAll("form[data-draft]").forEach(function (form) {
      if (form.unsent && navigator.sendBeacon("/bozza/", data(form))) { form.unsent = false; }
    });
    document.body.textContent = "";
    location.replace(rule.lockTo);
  }
  function watch() {
    var left = last() + rest - Date.now();
    clearTimeout(alarm);
    if (left <= 0) { leave(); } else { alarm = setTimeout(watch, left); }
  }
  function touch() {
    if (!rule.lockMinutes || Date.now() - touched < 1000) { return; }
    if (touched && last() + rest <= Date.now()) { leave(); return; }
    touched = Date.now();
    try { localStorage.setItem("toccata", touched); } catch (e) { /* this tab has its own */ }
    if (line) { stay(); }
  }
  /* Where tenants read, a line says it minutes before; whoever is there is also there for the server, once a minute. */
  var line = document.getElementById("riposo"), served = Date.now(), soon;
  function stay() {
    if (Date.now() - served > 60000) { served = Date.now(); fetch(rule.lockTo, { method: "HEAD" }).catch(function () { /* next minute */ }); }
    warn();
  }
  function warn() {
    var left = last() + rest - 270000 - Date.now();
    clearTimeout(soon);
    line.hidden = left > 0;
    line.textContent = left > 0 ? "" : line.dataset.soon;
    if (left > 0) { soon = setTimeout(warn, left); }
  }
  if (line) { line.style.position = "sticky"; line.style.insetBlockEnd = "0"; }
  if (rule.lockMinutes) {
    touch();
    watch();
    ["keydown", "pointerdown", "scroll"].forEach(function (sign) { window.addEventListener(sign, touch, { capture: true, passive: true }); });
    ["pageshow", "focus"].forEach(function (sign) { window.addEventListener(sign, watch); });
    document.addEventListener("visibilitychange", watch);
  }

  /* One tap, one sending. */
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented) { return; }
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (/\/(esci|logout)\/$/.test(event.target.getAttribute("action"))) { forget(); }
    event.target.dataset.sent = "1";
    setTimeout(function () { delete event.target.dataset.sent; }, 4000);
  });
  window.addEventListener("pageshow", function (event) {
    /* A page the browser kept, after «Esci subito»: it is asked again, and there is no session. */
    if (event.persisted && /(^|; )sessione=no/.test(document.cookie)) { root.textContent = ""; location.reload(); return; }
    if (event.persisted) { document.querySelectorAll("form[data-sent]").forEach(function (f) { delete f.dataset.sent; }); }
  });

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  /* A photo is made smaller on the phone, so that ten megabytes do not cost a tenant's data. */
  function draw(image, side, use) {
    var scale = Math.min(1, side / Math.max(image.width, image.height)), canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(function (blob) {
      if (blob && blob.size > 300000) { draw(image, side * 0.8, use); } else if (blob) { use(blob); }
    }, "image/jpeg", 0.8);
  }
  document.querySelectorAll("input[type=file][data-shrink]").forEach(function (input) {
    input.addEventListener("change", function () {
      var file = input.files[0];
      if (!file || !/^image\//.test(file.type) || !window.createImageBitmap || !window.DataTransfer) { return; }
      createImageBitmap(file).then(function (image) {
        draw(image, 1600, function (blob) {
          if (blob.size >= file.size) { return; }
          var carrier = new DataTransfer();
          carrier.items.add(new File([blob], "foto.jpg", { type: "image/jpeg" }));
          input.files = carrier.files;
        });
      }).catch(function () { /* the server makes it smaller */ });
    });
  });
}());
