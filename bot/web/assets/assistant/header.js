/** The bar at the top: whose assistant it is, the hotline, a new talk, the options. */

import { button, el } from "./dom.js";
import { icon } from "./icons.js";
import { tel } from "./links.js";
import { frame as words } from "./words.js";

/** `menu` is what optionsMenu made; `close` closes the dialog, null where there is none. */
export function header({ name, hotline }, menu, fresh, close) {
  const closing = [icon("close"), el("span", { class: "sr" }, words.close)];
  return el("div", { class: "column" },
    el("span", { class: "mark", "aria-hidden": "true" }),
    el("div", { class: "names" }, el("h1", { id: "title" }, words.title), el("p", { id: "ward" }, name ?? "")),
    el("div", { class: "corner" },
      menu.opener,
      close ? button(closing, close, { class: "pill", id: "close" }) : null),
    menu.menu,
    el("div", { class: "actions" },
      hotline
        ? el("a", { class: "pill", id: "hotline", href: tel(hotline) }, icon("phone"), words.call(hotline))
        : null,
      button([icon("plus"), words.fresh], fresh, { class: "pill", id: "fresh" })));
}
