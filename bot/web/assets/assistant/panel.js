/** The assistant as one sees it: a dialog beside the ward's own page, or a page of its own. */

import { button, el } from "./dom.js";
import { Field } from "./field.js";
import { header } from "./header.js";
import { intro } from "./intro.js";
import { Log } from "./log.js";
import { choices } from "./cards/asking.js";
import { prose } from "./links.js";
import { optionsMenu } from "./options.js";
import { Server } from "./server.js";
import { Dictation, Speech } from "./speech.js";
import { Standing } from "./standing.js";
import { TalkStore, Ticks, openness } from "./storage.js";
import { Talk } from "./talk.js";
import { frame as words, intro as firstWords, talk as talkWords } from "./words.js";

export class Panel {
  #frame;
  #settings;
  #app;
  #menu;

  /** `host` is the custom element, with what its page set in `settings`; `ward` holds the facts of /api/ward. */
  constructor(host, ward) {
    const { base, page } = this.#settings = host.settings;
    this.#frame = page
      ? el("div", { class: "frame" })
      : el("dialog", { class: "frame", "aria-labelledby": "title", "aria-describedby": "notice" });
    this.#app = this.#assemble(base, ward);
    host.replaceChildren(); // what the page itself said until now
    host.shadowRoot.querySelector("slot")?.remove();
    host.shadowRoot.querySelector(".root").append(this.#frame);
    this.#start(ward);
  }

  /** Show it; on a page of its own it always is. */
  open() {
    if (this.#settings.page || this.#frame.open) return;
    this.#frame.showModal();
    openness.write({ open: true });
    this.#app.field.fit();
    this.#app.talk.reveal();
    this.#app.restFocus();
    this.#app.standing.look();
  }

  close() {
    if (!this.#settings.page) this.#frame.close();
  }

  /** Open it and put a question into the field; `send` it at once, too, unless an answer is awaited. */
  ask(text, send) {
    this.open();
    if (send && !this.#app.talk.isWaiting) this.#app.talk.say(String(text));
    else this.#app.field.text = String(text);
  }

  /** What all parts share. */
  #assemble(base, ward) {
    const store = new TalkStore();
    const log = new Log();
    const app = { store, log, ward, ticks: new Ticks(), server: new Server(base, store), frame: this.#frame };
    app.say = (message, label) => app.talk.say(message, label);
    app.field = new Field((message) => { app.say(message); app.restFocus(); }, (text) => log.announce(text));
    app.speech = new Speech(app.field);
    app.dictation = new Dictation(app.field);
    // On touch screens not to the field: its keyboard would hide the answer.
    app.restFocus = () => (matchMedia("(pointer: fine)").matches ? app.field : log.node).focus({ preventScroll: true });
    app.onWaiting = (waiting) => {
      this.#frame.classList.toggle("waiting", waiting);
      app.field.wait(waiting);
    };
    app.talk = new Talk(app);
    app.standing = new Standing(ward, app.server);
    return app;
  }

  #start(ward) {
    const { page } = this.#settings;
    const { field, log, server, standing, talk } = this.#app;
    const [Top, Body] = page ? ["header", "main"] : ["div", "div"];
    this.#menu = optionsMenu(this.#app, (text) => this.#beginAfresh(text));
    const close = page ? null : () => this.close();
    this.#frame.append(
      ...(page ? [button(words.skip, () => field.focus(), { class: "skip" })] : []),
      el(Top, { class: "top" }, header(ward, this.#menu, () => this.#beginAfresh(), close)),
      standing.node,
      el(Body, { class: "body" }, el("div", { class: "column" }, ...intro(ward, server).filter(Boolean), log.node)),
      field.node, log.status);
    this.#listen();
    this.#greet();
    talk.restore();
    field.fit();
    if (page) field.offer(new URLSearchParams(location.search).get("cau-hoi") ?? "");
  }

  #listen() {
    const frame = this.#frame;
    let pressed = null; // a selection dragged out of the panel is no click beside it
    frame.addEventListener("pointerdown", (event) => { pressed = event.target; });
    frame.addEventListener("click", (event) => {
      if (event.target === frame && pressed === frame) this.close();
      else if (!event.composedPath().some((node) => node.id === "menu" || node.id === "options")) this.#menu.hide();
    });
    frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#menu.close()) event.preventDefault();
    });
    frame.addEventListener("close", () => {
      openness.clear();
      this.#app.speech.stop();
    });
  }

  #greet() {
    const { log, ward } = this.#app;
    const offered = (ward.suggestions ?? []).map((text) => ({ label: text, message: text }));
    const greeting = this.#settings.greeting || ward.greeting || firstWords.greeting;
    log.add("bot", talkWords.bot, prose(greeting), choices(offered, this.#app, firstWords.start));
  }

  #beginAfresh(text = "") {
    const { log, talk, restFocus } = this.#app;
    talk.leave();
    if (text) log.add("bot note", talkWords.bot, prose(text));
    this.#greet();
    log.announce(text);
    (this.#settings.page ? window : log.node.closest(".body")).scrollTo(0, 0);
    restFocus();
  }
}
