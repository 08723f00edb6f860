/** Building blocks: all that people type or the server sends reaches the page as text nodes made here. */

/**
 * An element with attributes and children. A function is a listener ({onclick}); null, undefined and false are left
 * out, of attributes and of children; strings become text nodes.
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (isThere(value)) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter(isThere));
  return node;
}

const isThere = (value) => value !== null && value !== undefined && value !== false;

/** The value if it is a list, else an empty one. */
export const list = (value) => (Array.isArray(value) ? value : []);

/** A button that does something on this page. */
export const button = (label, onclick, attributes = {}) =>
  el("button", { type: "button", onclick, ...attributes }, label);

/** Text for screen readers alone. */
export const unseen = (text) => el("span", { class: "sr" }, text);
