/** When it will be ready: the day first, how it was counted folded under. */

import { el, list } from "../dom.js";
import { due as words } from "../words.js";
import { lines } from "./lines.js";

/**
 * A box for `card.due` and the items that say the same in words: how it is filed, a line for each date, what is not
 * certain. What the record doesn't count for a way to file stays a line.
 */
export function dueBox({ dates }, items) {
  const counted = list(dates);
  const first = items.length - 1 - counted.length; // of the lines about dates; the last item says what is not certain
  if (!counted.length || first < 0) return lines(items);
  const sure = counted.filter(({ due }) => due);
  const ways = new Set(sure.flatMap(({ channels }) => list(channels)));
  const isOpen = ({ channels }) => list(channels).some((way) => !ways.has(way));
  const uncounted = items.slice(first, -1).filter((_, place) => isOpen(counted[place]));
  return el("div", { class: "due" },
    sure.length ? el("p", { class: "title" }, words.ready) : null,
    ...sure.map(day),
    uncounted.length ? lines(uncounted) : null,
    lines(items.slice(-1)),
    el("details", {}, el("summary", {}, words.how), lines(items.slice(0, -1))));
}

function day({ channels, due }) {
  const [year, month, date] = due.split("-");
  const name = words.days[new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
  const [first = "", ...others] = list(channels).map((channel) => words.channels[channel] ?? channel);
  const ways = [first, ...others.map((channel) => channel.toLowerCase())].join(", ");
  return el("p", { class: "day" }, el("strong", {}, `${name} ${date}/${month}/${year}`), el("span", {}, ways));
}
