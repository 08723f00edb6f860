/** Links: those that stand in a text, and those that leave for another page. */

import { el, unseen } from "./dom.js";
import { frame } from "./words.js";

// An address without what ends the sentence behind it; a phone number that is no part of a longer number.
const ADDRESS = String.raw`(https:\/\/[^\s<>"“”]*[^\s<>"“”.,;:!?)])`;
const PHONE = String.raw`(^|[^\d.,])((?:\+84|0)(?:[ .-]?\d){8,10}|1[89]00(?:[ .]?\d){4,6})(?![ .-]?\d)`;
const EMERGENCY = String.raw`(^|[^\d.,])(11[1-5])(?!\d)`;

/** `tel:` of a number as people write it. */
export const tel = (number) => `tel:${number.replace(/[^\d+]/g, "")}`;

/** A phone number to tap. */
export const telLink = (number, label = number, name = "tel") => el("a", { href: tel(number), class: name }, label);

/** A link that opens in a new tab; only the label where the address is no web address. */
export function webLink(href, label, attributes = {}) {
  if (!/^https?:\/\/[^/]/i.test(href ?? "")) return label;
  return el("a", { href, target: "_blank", rel: "noopener", ...attributes }, label, unseen(frame.newTab));
}

/** A link to where something is done, drawn as a button. */
export const goLink = ({ label, url }) => webLink(url, label, { class: "go" });

/** A paragraph; phone numbers and web addresses in it are links. */
export const prose = (text, name = "prose") => el("p", { class: name }, linked(String(text ?? "")));

/** A text as one speech bubble: lines that begin with a dash are a list. */
export function bubble(text, short = false) {
  const blocks = [];
  for (const line of String(text ?? "").split("\n").filter(Boolean)) {
    const [, entry] = /^- (.*)$/.exec(line) ?? [];
    const last = blocks[blocks.length - 1];
    if (entry === undefined) blocks.push(el("p", {}, linked(line, short)));
    else if (last?.tagName === "UL") last.append(el("li", {}, linked(entry, short)));
    else blocks.push(el("ul", { class: "items" }, el("li", {}, linked(entry, short))));
  }
  return el("div", { class: "prose" }, ...blocks);
}

/** The text in pieces, some of them links; `short` takes the numbers for emergencies for phone numbers, too. */
export function linked(text, short = false) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(new RegExp([ADDRESS, PHONE, ...(short ? [EMERGENCY] : [])].join("|"), "g"))) {
    const [whole, address] = found;
    const number = found[3] ?? found[5];
    const start = found.index + whole.length - (address ?? number).length;
    pieces.push(text.slice(end, start), address ? webLink(address, address) : telLink(number));
    end = found.index + whole.length;
  }
  return [...pieces, text.slice(end)].filter(Boolean);
}
