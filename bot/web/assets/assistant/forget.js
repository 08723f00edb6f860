/** Deleting the talk, on the server and on the device, after one question. */

import { button, el } from "./dom.js";
import { forget as words } from "./words.js";

/** A button that asks before it deletes. `onGone(text)` is called when the talk is gone, with what to say. */
export function forgetting({ server, ticks, log }, onGone) {
  const said = el("p", { id: "sure" });
  const here = button(words.here, () => gone(words.doneHere), { class: "small", hidden: true });
  const sure = button(words.yes, () => tryIt(), { class: "small danger" });
  const question = el("div", { class: "sure", role: "group", "aria-labelledby": "sure", tabindex: "-1", hidden: true },
    said, el("div", { class: "row" }, sure, here, button(words.no, () => back(), { class: "small" })));
  const start = button(words.start, () => ask(), { class: "small danger" });

  function ask() {
    said.textContent = words.sure;
    [start.hidden, question.hidden, here.hidden] = [true, false, true];
    question.focus();
  }

  function back() {
    [start.hidden, question.hidden] = [false, true];
    start.focus();
  }

  async function tryIt() {
    sure.disabled = true;
    const deleted = await server.forget();
    sure.disabled = false;
    if (deleted) return gone(words.done);
    said.textContent = words.failed;
    here.hidden = false;
    log.announce(words.failed);
    question.focus();
  }

  function gone(text) {
    [start.hidden, question.hidden] = [false, true];
    ticks.clear();
    onGone(text);
  }

  return el("div", { class: "forget" }, start, question);
}
