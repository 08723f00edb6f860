/** What everybody should read now: the ward's notices, and that the assistant rests. */

import { el, list } from "./dom.js";
import { linked } from "./links.js";
import { standing as words } from "./words.js";

const SOON = 5_000; // milliseconds for which what the server said is good enough

export class Standing {
  node = el("div", { id: "standing" });
  #server;
  #said = "";
  #asked = 0;

  /** `ward` holds the facts of /api/ward, as far as they could be had. */
  constructor(ward, server) {
    this.#server = server;
    this.#show(ward.notices);
    addEventListener("visibilitychange", () => { if (!document.hidden) this.look(); }, true);
  }

  /** Ask the server again, unless it has just been asked; what it said before holds until it answers. */
  async look() {
    if (Date.now() - this.#asked < SOON || navigator.onLine === false) return;
    const facts = await this.#server.ward().catch(() => null);
    if (facts) this.#show(facts.notices);
  }

  #show(notices) {
    this.#asked = Date.now();
    const said = JSON.stringify(list(notices));
    if (said === this.#said) return;
    this.#said = said;
    this.node.replaceChildren(...list(notices).map(draw));
  }
}

const draw = ({ kind, text }) =>
  el("p", { class: `notice ${kind}`, role: kind === "notice" ? "status" : "alert" },
    el("strong", {}, words[kind] ?? words.notice), " ", ...linked(String(text ?? "")));
