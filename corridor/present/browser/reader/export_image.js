// Saves the map as it stands: one SVG with everything a printed map must carry, and the same as PNG.

import { shape } from "../shared/element.js";
import { footer } from "./export_footer.js";
import { styled } from "./styled.js";

const SHARPNESS = 2; // PNG pixels per CSS pixel

/**
 * The map view as a standalone SVG element. `root` is the reader (its light theme is used, whatever is on screen);
 * `words`: {title, handling, legend (its element on the page), scale {km, px}, sources, age, saved, disclaimer}.
 */
export function compose(root, map, words) {
  const theme = root.dataset.theme;
  root.dataset.theme = "light";
  try {
    const { x: width, y: height } = map.getSize();
    const look = getComputedStyle(root);
    const ink = (name) => look.getPropertyValue(`--${name}`).trim();
    const foot = footer(width, words, { text: ink("text"), soft: ink("soft-text") });
    const whole = height + foot.height + foot.headHeight;
    const drawing = shape("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${whole}`, width, height: whole });
    const sea = getComputedStyle(map.getContainer()).backgroundColor;
    drawing.append(
      shape("title", {}, words.title),
      shape("defs", {}, styled(root.querySelector("#corridor-hatch")), shape("clipPath", { id: "view" }, shape("rect", { width, height }))),
      shape("rect", { width, height: whole, fill: ink("paper") }),
      foot.head,
      shape("g", { transform: `translate(0 ${foot.headHeight})`, "clip-path": "url(#view)" },
        shape("rect", { width, height, fill: sea }), ...panes(map)),
    );
    foot.body.setAttribute("transform", `translate(0 ${foot.headHeight + height})`);
    drawing.append(foot.body);
    return drawing;
  } finally {
    root.dataset.theme = theme;
  }
}

function panes(map) {
  const offset = L.DomUtil.getPosition(map.getPane("mapPane")) ?? L.point(0, 0);
  const inOrder = Object.values(map.getPanes()).filter((pane) => pane.querySelector(":scope > svg, :scope > img.relief"));
  inOrder.sort((a, b) => Number(getComputedStyle(a).zIndex) - Number(getComputedStyle(b).zIndex));
  return inOrder.map((pane) => {
    const group = shape("g", { transform: `translate(${offset.x} ${offset.y})` });
    for (const part of pane.querySelectorAll(":scope > svg > g")) group.append(styled(part));
    for (const picture of pane.querySelectorAll(":scope > img.relief")) if (picture.naturalWidth) group.append(embedded(picture));
    return group;
  });
}

// The file stands by itself, so that the picture has to stand in it.
function embedded(picture) {
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const { x, y } = L.DomUtil.getPosition(picture);
  const { offsetWidth: width, offsetHeight: height } = picture;
  return shape("image", { href: canvas.toDataURL("image/png"), x, y, width, height, preserveAspectRatio: "none" });
}

/** The drawing as text, ready to be a file. */
export function asText(drawing) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing)}\n`;
}

/** The drawing as a PNG blob, by way of this browser's own canvas. */
export async function asPng(drawing) {
  const address = URL.createObjectURL(new Blob([asText(drawing)], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = drawing.getAttribute("width") * SHARPNESS;
    canvas.height = drawing.getAttribute("height") * SHARPNESS;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser gave no picture of this size");
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Hand a blob to the reader as a file. */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
