// Makes page elements from plain data; text always becomes a text node, never markup.

const SVG = "http://www.w3.org/2000/svg";

// Strokes of the few signs the reader uses, on a 20 x 20 grid.
const SIGNS = {
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  home: "M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h9V8.5",
  expand: "M4 8V4h4M12 4h4v4M16 12v4h-4M8 16H4v-4",
  layers: "M10 3.5 17 7.5 10 11.5 3 7.5zM3.5 11.5 10 15.5l6.5-4",
  legend: "M3.5 5h3M3.5 10h3M3.5 15h3M9.5 5h7M9.5 10h7M9.5 15h7",
  list: "M4 4.5h12v11H4zM4 8.2h12M4 11.9h12M8 4.5v11",
  measure: "M3 12.5 12.5 3 17 7.5 7.5 17zM6.2 9.3l1.8 1.8M8.8 6.7l1.8 1.8M11.3 4.2l1.8 1.8",
  save: "M10 3.5v9M6.5 9l3.5 3.5L13.5 9M4 16h12",
  link: "M8.5 11.5 11.5 8.5M7 9 5 11a2.8 2.8 0 0 0 4 4l2-2M13 11l2-2a2.8 2.8 0 0 0-4-4L9 7",
  close: "M5 5l10 10M15 5 5 15",
  copy: "M7.5 7.5h8v8h-8zM12.5 7.5v-3h-8v8h3",
  frame: "M4 7V4h3M13 4h3v3M16 13v3h-3M7 16H4v-3M10 7.5v5M7.5 10h5",
  find: "M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4zM12.7 12.7 16.5 16.5",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  office: "M4 16.5V7l6-3.5L16 7v9.5M8 16.5v-4h4v4M2.5 16.5h15",
};

/** An HTML element: attributes as in markup, `on` a map of listeners, children strings or nodes (null is left out). */
export function element(tag, attributes = {}, ...children) {
  return dress(document.createElement(tag), attributes, children);
}

/** The same for a drawing. */
export function shape(tag, attributes = {}, ...children) {
  return dress(document.createElementNS(SVG, tag), attributes, children);
}

/** One of the signs above, hidden from assistive technology: the control it sits in carries the words. */
export function sign(name) {
  return shape("svg", { class: "sign", viewBox: "0 0 20 20", "aria-hidden": "true" }, shape("path", { d: SIGNS[name] }));
}

/** A button with a sign and words; `bare` shows the sign alone and keeps the words as its name. */
export function button(words, { icon = null, bare = false, press = null, ...attributes } = {}) {
  const naming = bare ? { "aria-label": words, title: words } : {};
  const on = press ? { click: press } : {};
  return element(
    "button",
    { type: "button", ...naming, on, ...attributes },
    icon ? sign(icon) : null,
    bare ? null : element("span", {}, words),
  );
}

let numbered = 0;

/** A fresh id for aria references. */
export function freshId(stem) {
  numbered += 1;
  return `corridor-${stem}-${numbered}`;
}

function dress(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, String(value));
  }
  for (const child of children.flat(Infinity)) if (child !== null && child !== undefined) node.append(child);
  return node;
}
