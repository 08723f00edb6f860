/** The small menu: how somebody wants it, and what else there is. */

import { button, el } from "./dom.js";
import { forgetting } from "./forget.js";
import { icon } from "./icons.js";
import { webLink } from "./links.js";
import { canListen, canRead } from "./speech.js";
import { settings } from "./storage.js";
import { frame, intro, options as words } from "./words.js";

const SIZES = [125, 150]; // percent
const [GAP, LEAST] = [8, 240]; // pixels: between the menu and the end of what is seen; how high it is in any case

/**
 * `{opener, menu, hide, close}`: a button, what it opens, how to put that away, and how to close it for who is in it:
 * `close` gives the focus back and returns whether it was open.
 */
export function optionsMenu(app, onGone) {
  const menu = el("div", { class: "menu", id: "menu", role: "group", "aria-label": frame.options, hidden: true },
    sizes(app), voiceSwitches(app),
    forgetting(app, (text) => { hide(); onGone(text); }),
    el("ul", { class: "pages" },
      ...[["thu-tuc", words.listing], ["rieng-tu", intro.privacy], ["tro-nang", words.access]].map(([path, label]) =>
        el("li", {}, webLink(app.server.address(path), label)))));
  const opener = button([icon("options"), el("span", { class: "label" }, frame.options)], () => show(menu.hidden),
    { class: "pill", id: "options", "aria-expanded": "false", "aria-controls": "menu" });

  function show(open) {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    const end = Math.min(app.frame.getBoundingClientRect().bottom, innerHeight);
    menu.style.maxHeight = `${Math.max(LEAST, end - menu.getBoundingClientRect().top - GAP)}px`;
  }

  const hide = () => show(false);

  function close() {
    if (menu.hidden) return false;
    show(false);
    opener.focus();
    return true;
  }

  return { opener, menu, hide, close };
}

const keep = (change) => settings.write({ ...settings.read(), ...change });

function sizes({ frame: node, field }) {
  const buttons = SIZES.map((size) =>
    button(words.size(size), () => set(node.dataset.size === String(size) ? 100 : size), { class: "small" }));
  function set(size) {
    node.dataset.size = size;
    node.style.containerType = "normal"; // or the browser goes on with the widths of the former size
    node.getBoundingClientRect();
    node.style.containerType = "";
    field.fit();
    buttons.forEach((one, place) => one.setAttribute("aria-pressed", String(SIZES[place] === size)));
    keep({ size });
  }
  set(SIZES.includes(settings.read().size) ? settings.read().size : 100);
  const label = el("span", { id: "larger" }, words.larger);
  return el("div", { class: "row", role: "group", "aria-labelledby": "larger" }, label, ...buttons);
}

function voiceSwitches({ speech, dictation }) {
  const read = canRead && toggle(words.aloud, "aloud", (isOn) => (isOn ? speech.turnOn() : speech.turnOff()));
  const speak = canListen && toggle(words.speak, "speak", (isOn) => { dictation.isOn = isOn; }, words.maker);
  return [read, speak].filter(Boolean);
}

/** A switch whose setting is kept; `turn(isOn)` says why it can't be on, if so. `note` is read before it is used. */
function toggle(label, name, turn, note = "") {
  const aside = el("small", { id: `${name}-note` }, note);
  const box = el("input", { type: "checkbox", "aria-describedby": `${name}-note`, onchange: set });
  async function set() {
    const why = await turn(box.checked);
    if (why) box.checked = false;
    aside.textContent = why || note;
    keep({ [name]: box.checked });
  }
  if (settings.read()[name] === true) {
    box.checked = true;
    set();
  }
  return el("div", { class: "switch" }, el("label", {}, box, el("span", {}, label)), aside);
}
