/** Buttons that answer for the citizen, and the cards that ask back: which procedure, and which case of it. */

import { button, el, list } from "../dom.js";
import { bubble, prose } from "../links.js";
import { card as words } from "../words.js";

/** A list of buttons named by `label`, which is also seen if `titled`; null without any. */
export function choices(offered, app, label, titled = false) {
  const items = list(offered).map((choice) => el("li", {}, choiceButton(choice, app)));
  if (!items.length) return null;
  const title = titled ? el("p", { class: "title", "aria-hidden": "true" }, label) : null;
  return el("div", { class: "choices" }, title, el("ul", { "aria-label": label }, ...items));
}

/** A button that sends its message and shows its label as what was said. */
function choiceButton({ label = "", message = label }, app) {
  return button(label || message, () => app.say(message, label || message), { class: "choice" });
}

/** Candidates as large buttons, each with the line that tells it from the others where the text has one. */
export function choose({ text, card, choices: offered }, app) {
  const starts = card.candidates.map(({ name }, place) => `${place + 1}. ${name}`);
  const lines = text.split("\n");
  const rest = lines.filter((line) => !starts.some((start) => line.startsWith(start)));
  const [picks, others] = [list(offered).slice(0, starts.length), list(offered).slice(starts.length)];
  if (picks.length < starts.length) throw new TypeError("a candidate without its button");
  const items = picks.map((choice, place) => candidate(choice, lines, `${starts[place]}: `, app));
  return [bubble(rest.join("\n")), el("ol", { class: "candidates" }, ...items), choices(others, app, words.other)];
}

function candidate(choice, lines, start, app) {
  const line = lines.find((one) => one.startsWith(start));
  const difference = line ? el("p", { class: "aside" }, line.slice(start.length)) : null;
  return el("li", { class: "candidate" }, choiceButton(choice, app), difference);
}

/** One of a few questions, with how far one has come; its answers are buttons, not lines. */
export function ask({ text, card, choices: offered }, app) {
  if (!card.number) return [bubble(text), choices(offered, app, card.question)];
  const step = card.count > 1 ? el("p", { class: "step" }, words.step(card.number, card.count)) : null;
  const question = el("p", { class: "question" }, card.question);
  const rest = text.split("\n").filter((line) => line && !line.endsWith(card.question) && !/^\d+\. /.test(line));
  const asides = rest.map((line) => prose(line, "aside"));
  return [el("div", { class: "prose" }, step, question, ...asides), choices(offered, app, card.question)];
}
