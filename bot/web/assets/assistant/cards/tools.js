/** What can be done with an answer: print it, copy it, share it, file online. */

import { button, el, list } from "../dom.js";
import { icon } from "../icons.js";
import { goLink, webLink } from "../links.js";
import { tools as words } from "../words.js";
import { copy, share } from "./share.js";

/** The last part of a card. What is about one's own case leads to the page for exactly this case. */
export function tools({ text, card }, { server, log }) {
  const told = el("p", { class: "told" });
  const panel = el("div", { class: "share", hidden: true });
  const tell = (said) => {
    told.textContent = said;
    log.announce(said);
  };
  const link = list(card.sections).find((section) => section.link)?.link;
  const copied = async () => tell((await copy(text, told)) ? words.copied : words.notCopied);
  const copying = button([icon("copy"), words.copy], copied, { class: "small" });
  const row = card.code ? pageTools(card, server, panel, tell, copying) : [copying];
  return el("footer", { class: "tools" },
    link ? goLink(link) : null,
    el("div", { class: "row", role: "group", "aria-label": words.label }, ...row),
    told, panel);
}

function pageTools({ code, name, checklist }, server, panel, tell, copying) {
  const refs = list(checklist?.answers).map(({ ref }) => ["ca", ref]);
  const address = (below, ...more) => {
    const query = new URLSearchParams([...refs, ...more]).toString();
    return server.address(`thu-tuc/${encodeURIComponent(code)}${below}${query && `?${query}`}`);
  };
  const page = address("");
  const sharing = () => share({ name, page, qr: address("/qr.svg"), panel, tell });
  return [
    webLink(address("", ["in", "1"]), [icon("print"), words.print], { class: "small" }),
    copying,
    button([icon("share"), words.share], sharing, { class: "small" }),
    webLink(page, [icon("page"), words.page], { class: "small" }),
  ];
}
