/** A talk: what is sent, what comes back, what goes wrong. */

import { button, el } from "./dom.js";
import { prose, telLink, webLink } from "./links.js";
import { drawReply } from "./cards/reply.js";
import { PATIENCE } from "./server.js";
import { announcement } from "./spoken.js";
import { errors, frame, talk as words } from "./words.js";

const SOON = 2_500; // milliseconds after which people who don't see the dots are told that something is under way

export class Talk {
  #app;
  #pending = null; // the AbortController of the request under way
  #question = null; // the last one asked, in the log

  /** `app` is what all parts share, see panel.js. */
  constructor(app) {
    this.#app = app;
  }

  get isWaiting() {
    return this.#pending !== null;
  }

  /** Say something in the citizen's name, unless an answer is awaited; `label` is what a button showed. */
  say(message, label = message) {
    if (this.isWaiting) return;
    this.#app.store.add({ text: label, message });
    this.#deliver(message, this.#app.log.addMine(label));
  }

  /** Bring the last question to the top, so that a long answer is read from its start. */
  reveal() {
    this.#question?.scrollIntoView({ block: "start" });
  }

  /** Draw again what was said before a reload. */
  restore() {
    const { log, store } = this.#app;
    let open = null;
    for (const { reply, text, message } of store.said) {
      if (reply) this.#draw(reply);
      else this.#question = log.addMine(text ?? message);
      open = reply ? null : message;
    }
    if (open !== null) this.#fail({ message: words.unanswered, again: true }, open, this.#question);
    this.reveal();
  }

  /** Leave the talk; what was asked is no longer awaited. */
  leave() {
    this.#pending?.abort();
    this.#await(null);
    this.#question = null;
    this.#app.store.clear();
    this.#app.log.clear();
  }

  async #deliver(message, question) {
    const { log, server, store, speech } = this.#app;
    const control = new AbortController();
    const patience = setTimeout(() => control.abort(), PATIENCE);
    const word = setTimeout(() => log.announce(words.waiting), SOON);
    log.announce("");
    this.#await(control);
    const waiting = log.addWaiting();
    this.#question = question;
    this.reveal();
    const outcome = await server.ask(message, control.signal).catch((failure) => ({ failure }));
    clearTimeout(patience);
    clearTimeout(word);
    if (this.#pending !== control) return; // a new talk was begun meanwhile
    waiting.remove();
    this.#await(null);
    if (outcome.failure) this.#fail(outcome.failure, message, question);
    else {
      for (const reply of outcome) {
        store.add({ reply });
        this.#draw(reply);
      }
      log.announce(announcement(outcome));
      speech.read(outcome);
    }
    this.reveal();
  }

  #draw(reply) {
    const { kind, body } = drawReply(reply, this.#app);
    this.#app.log.add(`bot ${kind}`, words.bot, ...body);
  }

  /** Say why there is no answer. What was asked stays: with a button, or back in the field to be put in other words. */
  #fail(failure, message, question) {
    const { log, field, restFocus } = this.#app;
    const again = button(words.again, () => {
      if (this.isWaiting) return;
      fault.remove();
      log.node.append(question);
      this.#deliver(message, question);
      restFocus();
    }, { class: "choice" });
    if (!failure.again) field.offer(message);
    const ways = this.#ways(failure, failure.again && again);
    const fault = log.add("bot error", words.fault, prose(failure.message), ways);
    log.announce(failure.message);
  }

  #ways({ call, listing, hotline }, again) {
    const { server, ward } = this.#app;
    const number = call && (hotline || ward.hotline);
    const ways = [
      again,
      number && telLink(number, frame.call(number), "choice"),
      listing && webLink(server.address("thu-tuc"), errors.listing, { class: "choice" }),
    ].filter(Boolean);
    return ways.length ? el("div", { class: "ways" }, ...ways) : null;
  }

  #await(control) {
    this.#pending = control;
    this.#app.onWaiting(this.isWaiting);
  }
}
