/** What stands in the log for a reply: each card is drawn for what it is. */

import { bubble, webLink } from "../links.js";
import { card as words, talk } from "../words.js";
import { answer } from "./answer.js";
import { ask, choices, choose } from "./asking.js";
import { marks } from "./marks.js";
import { tools } from "./tools.js";

const CARDS = { answer: whole, ask: alone(ask), choose: alone(choose), unknown, service };

/** `{kind, body}`: a class and nodes. A card of an unknown type, or one that lacks its parts, is drawn as its text. */
export function drawReply(reply, app) {
  try {
    const draw = CARDS[reply.card?.type] ?? plain;
    return draw(reply, app);
  } catch {
    return plain(reply, app);
  }
}

function plain(reply, app, emergency = false) {
  const kind = emergency ? "urgent" : "";
  return { kind, body: [bubble(reply.text, emergency), choices(reply.choices, app, talk.choices)] };
}

function whole(reply, app) {
  const { id, card } = reply;
  const drawn = answer(card, app);
  drawn.append(tools(reply, app));
  return { kind: "wide", body: [drawn, id ? marks(id, app) : null, choices(reply.choices, app, talk.asked, true)] };
}

function alone(draw) {
  return (reply, app) => ({ kind: "wide", body: draw(reply, app) });
}

/** With the way to who is in charge where the ward isn't. */
function unknown(reply, app) {
  const { kind, body: [text, ...rest] } = plain(reply, app);
  const { name, office, url } = reply.card.referral ?? {};
  const label = [...new Set([name, office])].filter(Boolean).join(" · ") || words.referral;
  const link = webLink(url, label, { class: "choice" });
  return { kind, body: [text, typeof link === "string" ? null : link, ...rest] };
}

function service(reply, app) {
  return plain(reply, app, reply.card.kind === "emergency");
}
