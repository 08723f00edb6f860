/** Answers for the ear. */

import { asked } from "./cards/answer.js";
import { list } from "./dom.js";
import { talk } from "./words.js";

const LONGEST = 300; // characters that one listens to without having asked for more

/** One announcement for all that was replied: short texts whole, of a long one its beginning. */
export const announcement = (replies) => replies.map(brief).join(" ");

/** What is read aloud: all that was asked, without addresses. */
export const aloud = (replies) =>
  replies.map(({ text }) => String(text ?? "").replace(/https?:\/\/\S+/g, "").trim()).join("\n");

function brief({ text, card }) {
  const whole = card?.type === "answer" && list(card.sections).length ? told(card) : String(text ?? "");
  if (whole.length <= LONGEST) return whole;
  return `${whole.slice(0, whole.lastIndexOf(" ", LONGEST))}… ${talk.more}`;
}

function told(card) {
  const lines = ({ items }) => list(items).map((item) => item.text ?? item);
  return [card.name, ...asked(card).map((section) => `${section.title}: ${lines(section).join("; ")}`)].join(". ");
}
