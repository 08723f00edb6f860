/** The gateway as seen from a browser. Every address is that of the script, never of the page that embeds it. */

import { list } from "./dom.js";
import { errors } from "./words.js";

export const PATIENCE = 20_000; // milliseconds

/**
 * Why there is no answer, in words for the citizen. `again`: sending the same may help; `call`, `listing`: whether to
 * offer the hotline and the list of procedures; `hotline` if the server named one.
 */
class Failure extends Error {
  constructor(message, { again = true, call = again, listing = false, hotline = "" } = {}) {
    super(message);
    Object.assign(this, { again, call, listing, hotline });
  }
}

export class Server {
  #base;
  #store;
  #asked; // the replies to the last question, as a promise

  /** `base` ends with a slash; `store` keeps the session's token. */
  constructor(base, store) {
    [this.#base, this.#store] = [base, store];
  }

  /** The absolute address of a page of the gateway. */
  address(path) {
    return this.#base + path;
  }

  /** The facts of the ward as they are now. Rejects where they can't be had. */
  async ward() {
    const response = await fetch(`${this.#base}api/ward`);
    return response.ok ? response.json() : Promise.reject(response.status);
  }

  /** The replies to a message. Throws Failure. */
  ask(message, signal) {
    return (this.#asked = this.#ask(message, signal));
  }

  async #ask(message, signal) {
    if (navigator.onLine === false) throw new Failure(errors.offline);
    const session = this.#store.token || undefined;
    const gone = () => new Failure(signal.aborted ? errors.slow : errors.lost, { listing: signal.aborted });
    const response = await this.#send("POST", "chat", { message, session }, signal).catch(() => { throw gone(); });
    const body = await response.json().catch(() => { if (signal.aborted) throw gone(); });
    if (!response.ok || !list(body?.replies).length) throw this.#refusal(response, body?.error ?? {});
    if (!signal.aborted) this.#store.token = String(body.session ?? ""); // not that of a talk that was left
    return body.replies;
  }

  /** Mark a reply "up" or "down"; whether it was kept. */
  async mark(reply, mark, reason) {
    const body = { session: this.#store.token, reply, mark, reason };
    return this.#send("POST", "feedback", body).then((response) => response.ok, () => false);
  }

  /** Delete what the server keeps of this talk; whether it said that it did. */
  async forget() {
    await this.#asked?.catch(() => {}); // the first ones bring the name by which the server knows the talk
    if (!this.#store.token) return true;
    return this.#send("DELETE", "chat", { session: this.#store.token }).then((response) => response.ok, () => false);
  }

  #send(method, path, body, signal = undefined) {
    const headers = { "Content-Type": "application/json" };
    return fetch(`${this.#base}api/${path}`, { method, headers, body: JSON.stringify(body), signal });
  }

  #refusal({ status, headers }, { message, hotline }) {
    if (status === 429) {
      const seconds = Math.ceil(Number(headers.get("Retry-After")));
      const when = seconds > 0 ? errors.tooFast(errors.seconds(seconds)) : message;
      return new Failure(when || errors.broken, { call: false });
    }
    if (status < 500 && message) return new Failure(message, { again: status === 408 });
    return new Failure((status === 503 && message) || errors.broken, { listing: true, hotline });
  }
}
