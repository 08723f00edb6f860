/* Shows the assistant on any page: a button at once, the rest when somebody wants it. Old syntax on purpose: a browser
   that lacks what the rest needs still runs this, and gets a plain link to the form that works without script. */
(function () {
  "use strict";
  var TAG = "tro-ly-mot-cua";
  var script = document.currentScript || document.querySelector("script[src*='/widget.js']");
  var given = script.dataset;
  var base = script.src.replace(/[^/]*([?#].*)?$/, "");
  var files = base + "assets/{version}/assistant/";
  var page = given.layout === "page";
  var side = given.position === "left" ? "left" : "right";
  var label = given.label || "Hỏi thủ tục";
  var facts;

  function make(tag, properties) { return Object.assign(document.createElement(tag), properties); }

  function plainLink() {
    var link = document.createElement("a");
    link.href = base + "hoi";
    link.textContent = label;
    link.style.cssText = "position:fixed;bottom:16px;" + side + ":16px;z-index:2147483000;padding:12px 18px;" +
      "border-radius:24px;background:#0b5c67;color:#fff;font:600 16px sans-serif";
    return link;
  }

  /* How light a colour is, 0 to 1, near enough to what WCAG counts. */
  function luminance(colour) {
    var pen = make("canvas").getContext("2d");
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    var seen = pen.getImageData(0, 0, 1, 1).data;
    function part(at) { return Math.pow(seen[at] / 255, 2.2); }
    return 0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2);
  }

  function paint(root, colour) {
    if (!colour || !CSS.supports("color", colour)) return;
    var light = luminance(colour);
    root.classList.add("painted");
    root.style.setProperty("--given", colour);
    root.style.setProperty("--given-ink", light > 0.179 ? "#000" : "#fff");
    if (light < 0.15) root.style.setProperty("--given-link", colour); /* dark enough to be read on white */
  }

  function wasOpen() {
    try { return sessionStorage.getItem(TAG + ".open"); } catch (forbidden) { return null; }
  }

  function ward() {
    return facts = facts || fetch(base + "api/ward").then(function (response) {
      return response.ok ? response.json() : {};
    }).catch(function () { return {}; });
  }

  function Assistant() { return Reflect.construct(HTMLElement, [], Assistant); }
  var does = Assistant.prototype = Object.create(HTMLElement.prototype);

  does.connectedCallback = function () {
    if (this.shadowRoot) return;
    var host = this;
    var root = make("div", { className: "root " + (page ? "page" : side), lang: "vi", hidden: !page });
    var style = make("link", { rel: "stylesheet", href: files + "launcher.css" });
    var inside = make(page ? "slot" : "button", { className: "launcher", textContent: page ? "" : label });
    host.settings = { base: base, files: files, page: page, greeting: given.greeting, ward: ward };
    host.giveUp = function () {
      if (page) return; /* its slot says where else to ask */
      var link = plainLink(), focused = host.shadowRoot.activeElement;
      root.replaceWith(link);
      if (focused) link.focus();
    };
    inside.onclick = function () { if (!page) host.open(); };
    inside.onpointerenter = inside.onfocus = function () { host.load().catch(host.giveUp); };
    style.onload = function () { root.hidden = false; };
    style.onerror = host.giveUp;
    paint(root, given.color);
    root.append(inside);
    host.attachShadow({ mode: "open" }).append(style, root);
    if (page || wasOpen()) host.open();
  };

  /* A promise of the panel, which start.js puts onto the element. */
  does.load = function () {
    var host = this;
    return host.loading = host.loading || new Promise(function (done, fail) {
      function loaded() { if (host.panel) done(host.panel); else fail(); }
      document.head.append(make("script", { type: "module", src: files + "start.js", onload: loaded, onerror: fail }));
    });
  };

  does.open = function () {
    var button = this.shadowRoot.querySelector(".launcher");
    if (button) button.setAttribute("aria-busy", "true"); /* some seconds on a slow phone */
    return this.load().then(function (panel) {
      if (button) button.removeAttribute("aria-busy");
      panel.open();
    }).catch(this.giveUp);
  };

  does.close = function () {
    return this.load().then(function (panel) { panel.close(); }).catch(this.giveUp);
  };

  does.ask = function (text, how) {
    return this.load().then(function (panel) { panel.ask(text, !how || how.send !== false); }).catch(this.giveUp);
  };

  function show() {
    if (!customElements.get(TAG)) customElements.define(TAG, Assistant);
    if (!document.querySelector(TAG)) document.body.append(make(TAG));
  }

  function begin() {
    if (!window.customElements || !window.HTMLDialogElement || !("noModule" in script)) {
      if (!page) document.body.appendChild(plainLink());
    } else if (!given.ward) show();
    else ward().then(function (here) {
      if (!here.id || here.id === given.ward) show();
      else console.error(TAG + " not shown: data-ward is " + given.ward + ", but " + base + " answers for " + here.id);
    });
  }

  /* Not before all is parsed: an element that the page itself has further down would be there twice. */
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
