/** What was said, for the eye; and beside it one line that screen readers announce. */

import { el } from "./dom.js";
import { talk } from "./words.js";

export class Log {
  // A log announces by itself all that is added; one announcement an answer comes from `status` alone.
  node = el("div", { id: "log", role: "log", "aria-live": "off", "aria-label": talk.log, tabindex: "-1" });
  status = el("p", { class: "sr", role: "status" });

  /** Add a message; `who` is told to screen readers, sighted people see it by side and colour. */
  add(kind, who, ...body) {
    const message = el("div", { class: `message ${kind}` }, el("p", { class: "sr" }, `${who}:`), ...body);
    this.node.append(message);
    return message;
  }

  addMine(text) {
    return this.add("me", talk.me, el("p", { class: "prose" }, text));
  }

  addWaiting() {
    return this.add("bot typing", talk.bot, el("p", {}, talk.waiting, el("i"), el("i"), el("i")));
  }

  clear() {
    this.node.replaceChildren();
    this.announce("");
  }

  /** Say something once to people who don't see the screen. */
  announce(text) {
    this.status.textContent = text;
  }
}
