/** The first words: that a machine answers, what it can do, what is kept, where the office is. */

import { el, list } from "./dom.js";
import { prose, webLink } from "./links.js";
import { intro as words } from "./words.js";

/** Nodes that stand above the talk. `ward` holds the facts of /api/ward, as far as they could be had. */
export function intro(ward, server) {
  return [
    el("div", { class: "notice", id: "notice" },
      el("p", {}, el("strong", {}, words.machine)),
      el("p", {}, `${words.wrong} ${words.numbers}`)),
    fold(words.more,
      prose(`${words.can(ward.name || words.someWard)} ${words.canAlso}`),
      ward.retention_days ? prose(`${words.kept(ward.retention_days)} ${words.forget}`) : null,
      el("p", {}, webLink(server.address("rieng-tu"), words.privacy))),
    office(ward),
  ];
}

const fold = (title, ...body) => el("details", { class: "about" }, el("summary", {}, title), el("div", {}, ...body));

function office({ address, hours, portal }) {
  const facts = [address, ...list(hours)].filter(Boolean).map((line) => prose(line));
  if (portal) facts.push(el("p", {}, webLink(portal, words.portal)));
  return facts.length ? fold(words.office, ...facts) : null;
}
