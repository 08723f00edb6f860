/** Thumbs under an answer; a thumb down asks for the reason, which may be left out. */

import { button, el } from "../dom.js";
import { REASONS, marks as words } from "../words.js";

export function marks(reply, { server, log }) {
  const told = el("p", { class: "told" });
  const tell = (text) => {
    told.textContent = text;
    log.announce(text);
  };
  const send = async (mark, reason, thanks) => {
    const kept = await server.mark(reply, mark, reason);
    tell(kept ? thanks : words.failed);
    return kept;
  };
  const press = (group, chosen) => group.forEach((one) => one.setAttribute("aria-pressed", String(one === chosen)));
  const why = REASONS.map((reason, place) => button(reason, async () => {
    if (await send("down", reason, words.kept)) press(why, why[place]);
  }, { class: "small" }));
  const reasons = el("div", { class: "reasons", role: "group", "aria-label": words.why, hidden: true }, ...why);
  const up = button(words.up, async () => {
    reasons.hidden = true;
    if (await send("up", "", words.thanks)) press([up, down], up);
  }, { class: "small" });
  const down = button(words.down, async () => {
    if (!(await send("down", "", words.why))) return;
    press([up, down], down);
    reasons.hidden = false;
  }, { class: "small" });
  return el("div", { class: "marks" }, up, down, told, reasons);
}
