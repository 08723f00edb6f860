/** Copying, and handing a page on: by the device's own means, else as a link and a QR code. */

import { button, el } from "../dom.js";
import { tools as words } from "../words.js";

/** Copy a text; whether the browser let us. `near` is where a field may stand for a moment. */
export async function copy(text, near) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text, near); // without https, or forbidden
  }
}

function copyOldWay(text, near) {
  const focused = near.getRootNode().activeElement;
  const field = el("textarea", { class: "sr", "aria-hidden": "true", tabindex: "-1" });
  field.value = text;
  near.after(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return done;
}

/** Share the page named `name` at `page`; where the device can't, show the link and the code at `qr` in `panel`. */
export async function share({ name, page, qr, panel, tell }) {
  if (navigator.share) {
    const outcome = await navigator.share({ title: name, url: page }).catch((fault) => fault);
    if (!outcome || outcome.name === "AbortError") return;
  }
  panel.hidden = !panel.hidden;
  if (!panel.childElementCount) fill({ name, page, qr, panel, tell });
}

function fill({ name, page, qr, panel, tell }) {
  const copied = async () => tell((await copy(page, panel)) ? words.linkCopied : words.notCopied);
  panel.append(
    el("label", {}, words.link, el("input", { type: "text", readonly: true, value: page })),
    button(words.copyLink, copied, { class: "small" }),
    el("p", {}, words.scan),
    el("img", { src: qr, alt: words.qr(name), width: "176", height: "176" }));
}
