/** Drawings of 24 by 24, in strokes of the text's colour. They say nothing by themselves. */

const SVG = "http://www.w3.org/2000/svg";
const STROKES = {
  phone:
    "M6.5 3.5 9.5 3l1.6 4.2-2 1.7a13 13 0 0 0 6 6l1.7-2 4.2 1.6-.5 3A3 3 0 0 1 17.4 20 14 14 0 0 1 4 6.6a3 3 0 0 1 2.5-3.1z",
  plus: "M12 5v14M5 12h14",
  send: "M3 11.5 20.5 4 14 20.5l-3-7.5zM11 13l4-4",
  options:
    "M4 7h8M18 7h2M4 17h2M12 17h8M15 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM9 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  close: "M6 6l12 12M18 6 6 18",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  share: "M12 15V4M8 7.5 12 3.5l4 4M7 11H5v9h14v-9h-2",
  page: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  speak: "M12 3.5A2.5 2.5 0 0 1 14.5 6v5a2.5 2.5 0 0 1-5 0V6A2.5 2.5 0 0 1 12 3.5zM6 11a6 6 0 0 0 12 0M12 17v4",
};

/** An image by its name in STROKES. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}
