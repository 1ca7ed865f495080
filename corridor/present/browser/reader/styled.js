// Copies a drawing together with the look that the page's style sheets give it, so that it can stand alone.

const KEPT = [
  "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
  "stroke-linecap", "stroke-linejoin", "opacity", "paint-order",
];
const NOTHING = "M0 0";

/** A copy of a drawing with the style the page gives it written into it; what is not shown is left out. */
export function styled(node) {
  const copy = node.cloneNode(true);
  const originals = [node, ...node.querySelectorAll("*")];
  const copies = [copy, ...copy.querySelectorAll("*")];
  originals.forEach((original, index) => {
    const clone = copies[index];
    const style = getComputedStyle(original);
    const hidden = style.display === "none" || style.visibility === "hidden" || original.getAttribute("d") === NOTHING;
    if (hidden && index > 0) return clone.remove();
    if (/^(path|circle|rect|text)$/.test(original.tagName)) {
      for (const name of KEPT) {
        const value = style.getPropertyValue(name);
        if (value && value !== "normal") clone.setAttribute(name, value.replace(/^url\(.*#([\w-]+)["']?\)$/, "url(#$1)"));
      }
      const moved = style.transform;
      if (moved && moved !== "none" && original.tagName === "path") shrink(clone, original, moved);
    }
    for (const name of ["class", "style", "data-feature", "data-label", "data-casing", "pointer-events", "tabindex"]) clone.removeAttribute(name);
    return undefined;
  });
  return copy;
}

// Small dots are drawn smaller by CSS about their own middle; an SVG file needs that middle written out.
function shrink(clone, original, transform) {
  const box = original.getBBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  clone.setAttribute("transform", `translate(${x} ${y}) ${transform} translate(${-x} ${-y})`);
}
