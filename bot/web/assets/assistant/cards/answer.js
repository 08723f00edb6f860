/** The answer about a procedure: what was asked lies open, the rest is folded away after it. */

import { el, list } from "../dom.js";
import { goLink, prose, webLink } from "../links.js";
import { card as words } from "../words.js";
import { dueBox } from "./due.js";
import { caseList, paperList } from "./papers.js";
import { rows, lines } from "./lines.js";

/** An article. Throws TypeError where the card lacks its parts. */
export function answer(card, app) {
  if (!card.name || !card.sections.length) throw new TypeError("an answer about nothing");
  const open = asked(card);
  const folded = card.sections.filter((section) => !open.includes(section));
  const notes = list(card.notes);
  return el("article", { class: "card" },
    el("header", {}, el("h2", {}, card.name), card.code ? el("p", { class: "code" }, words.code(card.code)) : null),
    ...open.map((section) => el("section", {}, el("h3", {}, section.title), ...parts(section, card, app))),
    notes.length ? el("section", { class: "notes" }, el("h3", {}, words.notes), lines(notes)) : null,
    ...folded.map((section) => fold(section.title, ...parts(section, card, app))),
    source(card.source ?? {}));
}

const fold = (title, ...body) =>
  el("details", {}, el("summary", {}, el("h3", {}, title)), el("div", { class: "folded" }, ...body));

function parts({ aspect, title, items, link }, card, app) {
  const all = list(items);
  if (aspect === "documents") return card.checklist ? caseList(card, all, app) : paperList(card, all, app);
  const counted = card.due && aspect === "duration" ? all.findIndex((item) => item.row) : 0;
  const before = counted < 0 ? all.length : counted; // what was counted for a day stands before the record's own rows
  return [
    before ? dueBox(card.due, all.slice(0, before)) : null,
    ...rows(all.slice(before), aspect, title),
    link ? goLink(link) : null,
  ];
}

function source({ url, decision, checked_on: checked }) {
  if (!decision) return null;
  return fold(words.source,
    el("p", {}, words.from, webLink(url, words.decision(decision))),
    checked ? prose(words.checked(String(checked).replace(/^(\d{4})-(\d{2})-(\d{2}).*$/, "$3/$2/$1"))) : null);
}

/** The sections that lie open: those that the card says, else those asked for; the first where none is named. */
export function asked({ aspects, open = aspects, sections }) {
  const named = sections.filter((section) => list(open).includes(section.aspect));
  return named.length ? named : sections.slice(0, 1);
}
