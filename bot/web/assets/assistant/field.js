/** Where the citizen types. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { LONGEST, field as words } from "./words.js";

const COUNTED_FROM = 0.8 * LONGEST;

export class Field {
  #input = el("textarea", {
    id: "message", rows: "1", placeholder: words.hint, enterkeyhint: "send", autocomplete: "off",
    "aria-describedby": "keys count", oninput: () => this.fit(), onkeydown: (event) => this.#onKey(event),
  });
  #send = el("button", { class: "send", id: "send", type: "submit" }, words.send, icon("send"));
  #limit = el("span", { id: "limit" });
  #count = el("span", { id: "count" });
  #tools = el("div", { class: "voice" });
  #waiting = false;
  #say;
  #announce;

  /** `say(message)` is called with what was typed; `announce(text)` tells people who don't see the screen. */
  constructor(say, announce) {
    [this.#say, this.#announce] = [say, announce];
    const onsubmit = (event) => this.#submit(event);
    this.node = el("form", { class: "composer", id: "composer", "aria-label": words.form, onsubmit },
      el("div", { class: "column" },
        el("label", { class: "sr", for: "message" }, words.label),
        this.#tools, this.#input, this.#send,
        el("p", { class: "hint" }, el("span", { id: "keys" }, words.keys), this.#limit, this.#count)));
    addEventListener("offline", () => this.tell(words.offline));
    addEventListener("online", () => this.tell(words.online));
  }

  get text() {
    return this.#input.value;
  }

  set text(text) {
    this.#input.value = text;
    this.fit();
  }

  /** Put a text into the field, unless something was typed meanwhile. */
  offer(text) {
    this.text = this.text || text;
  }

  focus() {
    this.#input.focus({ preventScroll: true });
  }

  /** An answer is awaited: one can type but not send. */
  wait(waiting) {
    this.#waiting = waiting;
    this.fit();
  }

  /** A line under the field, announced once. */
  tell(text) {
    if (this.#limit.textContent === text) return;
    this.#limit.textContent = text;
    if (text) this.#announce(text);
  }

  /** A place for buttons beside the field. */
  addTool(tool) {
    this.#tools.append(tool);
  }

  get #typed() {
    return this.#input.value.normalize("NFC").trim();
  }

  /** Fit the field to its text, and say how much room is left; only once it is on the page. */
  fit() {
    const count = [...this.#typed].length;
    const over = count > LONGEST;
    const { style } = this.#input;
    style.height = "auto";
    style.height = `${this.#input.scrollHeight + this.#input.offsetHeight - this.#input.clientHeight}px`;
    this.node.classList.toggle("over", over);
    this.#input.setAttribute("aria-invalid", String(over));
    this.#count.textContent = count >= COUNTED_FROM ? `${count}/${LONGEST}` : "";
    this.tell(over ? words.tooLong : navigator.onLine === false ? words.offline : "");
    this.#send.disabled = count === 0 || over || this.#waiting;
  }

  #submit(event) {
    event.preventDefault();
    if (this.#send.disabled) return;
    if (navigator.onLine === false) { // the text stays where it is
      this.#announce(words.offline);
      return;
    }
    const message = this.#typed;
    this.text = "";
    this.#say(message);
  }

  #onKey(event) {
    const composing = event.isComposing || event.keyCode === 229; // a Vietnamese keyboard is still forming a letter
    if (event.key === "Enter" && !event.shiftKey && !composing) this.#submit(event);
  }
}
