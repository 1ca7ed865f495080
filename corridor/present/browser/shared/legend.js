// The legend: a sample of each kind of land, line and point, drawn by the same classes as the map itself.

import { element, shape } from "./element.js";

export function legend(groups) {
  return element(
    "div",
    { class: "legend-groups" },
    groups.map(({ heading, entries }) =>
      element(
        "section",
        {},
        element("h3", {}, heading),
        element("ul", {}, entries.map((entry) => element("li", {}, sample(entry), element("span", {}, entry.words)))),
      )),
  );
}

/** A sample of 34 x 16 px. */
export function sample({ symbol, className }) {
  const drawing = shape("svg", { class: "sample", viewBox: "0 0 34 16", width: 34, height: 16, "aria-hidden": "true" });
  if (symbol === "fill" || symbol === "hatch") drawing.append(shape("path", { class: className, d: "M1 2h32v12h-32z" }));
  else if (symbol === "point") drawing.append(shape("path", { class: className, d: "M12 8a5 5 0 1 0 10 0a5 5 0 1 0 -10 0" }));
  else {
    if (className.includes("route")) drawing.append(shape("path", { class: "route-casing", d: "M1 8H33" }));
    drawing.append(shape("path", { class: className, d: "M1 8H33" }));
  }
  return drawing;
}

/** The pattern for areas under delimitation; every drawing on the page that hatches refers to it. */
export function hatching() {
  return shape(
    "svg",
    { width: 0, height: 0, class: "hatching", "aria-hidden": "true", focusable: "false" },
    shape(
      "defs",
      {},
      shape(
        "pattern",
        { id: "corridor-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        shape("rect", { width: 5, height: 5, class: "hatch-ground" }),
        shape("path", { d: "M0 0V5", class: "hatch-line" }),
      ),
    ),
  );
}
