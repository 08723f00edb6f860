/** Lines of a section: as a list, and as a table where they say what holds for each way to file. */

import { el, list, unseen } from "../dom.js";
import { prose } from "../links.js";
import { tables } from "../words.js";

/** A list of items, each a text or `{text, note?, sub?}`. */
export function lines(items) {
  return el("ul", { class: "items" }, ...list(items).map(line));
}

function line(item) {
  const { text, note, sub } = typeof item === "string" ? { text: item } : item ?? {};
  return el("li", {}, prose(text), note ? prose(note, "prose aside") : null, list(sub).length ? lines(sub) : null);
}

/** The items in their order: those with a `row` as tables, the others as lists. */
export function rows(items, aspect, title) {
  const runs = [];
  for (const item of items) {
    const last = runs[runs.length - 1];
    if (last && Boolean(last[0].row) === Boolean(item.row)) last.push(item);
    else runs.push([item]);
  }
  return runs.map((run) => (run[0].row && tables[aspect] ? table(run, tables[aspect], title) : lines(run)));
}

function table(items, column, title) {
  const byChannel = new Map(); // consecutive items of the same channel are one row
  for (const { row: { channel, lines: said } } of items) {
    byChannel.set(channel, [...(byChannel.get(channel) ?? []), ...list(said)]);
  }
  return el("table", {},
    el("caption", {}, unseen(tables.of(title))),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, tables.channel), el("th", { scope: "col" }, column))),
    el("tbody", {}, ...[...byChannel].map(([channel, said]) =>
      el("tr", {}, el("th", { scope: "row" }, channel), el("td", {}, ...said.map((text) => prose(text, "")))))));
}
