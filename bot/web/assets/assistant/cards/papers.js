/** Papers as lists to tick. The ticks stay on the device. */

import { el, list } from "../dom.js";
import { linked } from "../links.js";
import { papers as words } from "../words.js";
import { lines } from "./lines.js";

// A paper's name ends with what is needed of it: "Tờ khai (1 bản chính)". A sentence is no paper.
const NAME_AND_KIND = /^(.+?)( \([^()]*\))(\. .*)?$/s;
const SENTENCE = /[.!?]$|https:\/\//;

/** The papers of all cases: what everybody brings is counted, what depends on the case is counted beside it. */
export function paperList(card, items, app) {
  const desk = new Desk(card, app);
  const body = items.map((item) => {
    const lower = list(item.sub);
    if (lower.length) return el("li", {}, el("p", { class: "case" }, item.text), desk.list(lower, false));
    return SENTENCE.test(item.text) ? el("li", {}, lines([item])) : desk.paper(item.text, item.note, true);
  });
  return [el("ul", { class: "ticks" }, ...body), desk.count];
}

/** The papers for one's own case: what one told, then what to hand in, to show, and what still depends. */
export function caseList(card, items, app) {
  const { answers, hand_in: handIn, show, depends } = card.checklist;
  const desk = new Desk(card, app);
  const part = (title, texts, counts) =>
    list(texts).length ? [el("h4", {}, title), desk.list(texts, counts)] : [];
  const told = list(answers).map(({ question, answer }) => el("div", {}, el("dt", {}, question), el("dd", {}, answer)));
  const needed = [
    ...part(words.handIn, handIn, true), ...part(words.show, show, true), ...part(words.depends, depends, false),
  ];
  if (!needed.length) return [lines(items)];
  return [told.length ? [el("h4", {}, words.told), el("dl", {}, ...told)] : null, ...needed, desk.count].flat();
}

/** The papers of one card, with how many there are already. */
class Desk {
  count = el("p", { class: "count" });
  #boxes = [];
  #code;
  #app;

  constructor({ code, name }, app) {
    [this.#code, this.#app] = [code || name, app];
  }

  list(texts, counts) {
    return el("ul", { class: "ticks" }, ...list(texts).map((text) => this.paper(text, "", counts)));
  }

  paper(text, note, counts) {
    const { ticks, log } = this.#app;
    const box = el("input", { type: "checkbox", checked: ticks.has(this.#code, text), onchange: () => {
      ticks.set(this.#code, text, box.checked);
      this.#update();
      log.announce(this.count.textContent);
    } });
    this.#boxes.push({ box, counts });
    this.#update();
    const label = el("span", {}, ...named(text), note ? el("small", {}, note) : null);
    return el("li", {}, el("label", { class: "paper" }, box, label));
  }

  #update() {
    const have = (counts) => this.#boxes.filter((one) => one.counts === counts && one.box.checked).length;
    const all = this.#boxes.filter((one) => one.counts).length;
    const extra = have(false);
    const said = [all ? words.count(have(true), all) : "", extra ? words.extra(extra) : ""].filter(Boolean).join(", ");
    this.count.textContent = said ? `${said}. ${words.kept}` : "";
  }
}

/** The name, and smaller what is needed of it. */
function named(text) {
  const [, name, kind, rest] = NAME_AND_KIND.exec(text) ?? [];
  return name ? [name, el("small", {}, `${kind}${rest ?? ""}`)] : linked(text);
}
