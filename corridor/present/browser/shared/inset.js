// A small map of the Meghri section, where at the whole region's scale 45 km shrink to a finger's breadth.

import { element, shape } from "./element.js";
import { lettering, textAttributes, widthOf } from "./lettering.js";
import { Ground, around, place } from "./placement.js";

const [WIDTH, HEIGHT] = [236, 122];
const TITLE = 18; // px at the bottom that the title covers
const UNSEEN_FROM = 9.6; // zoom from which the main map shows the section as large itself
const OWN_ROUTES = 485; // above the shipped routes, below the points

/** `go(bounds)` frames the section on the main map. */
export function inset(map, drawn, labels, { title, bounds }, go) {
  const drawing = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, "aria-hidden": "true" });
  const root = element(
    "button",
    { type: "button", class: "inset panel", "aria-label": `${title}: show on the map`, on: { click: () => go(bounds) } },
    drawing,
    element("span", { class: "inset-title" }, title),
  );
  const frame = project(bounds);
  const draw = () => drawing.replaceChildren(...paths(drawn, frame, relief(map, frame)), ...names(drawn, labels, frame));
  const fit = () => {
    root.hidden = map.getZoom() >= UNSEEN_FROM;
  };
  map.on("zoomend", fit);
  draw();
  fit();
  return { root, draw };
}

// Web Mercator, as the main map, scaled so that the bounds fill the drawing.
function project([[south, west], [north, east]]) {
  const metres = (lat, lon) => L.Projection.SphericalMercator.project(L.latLng(lat, lon));
  const [a, b] = [metres(south, west), metres(north, east)];
  const scale = Math.min(WIDTH / (b.x - a.x), (HEIGHT - TITLE) / (b.y - a.y));
  const [dx, dy] = [(WIDTH - (b.x - a.x) * scale) / 2, (HEIGHT + TITLE - (b.y - a.y) * scale) / 2];
  return (latlng) => {
    const point = L.Projection.SphericalMercator.project(latlng);
    return L.point((point.x - a.x) * scale + dx, HEIGHT - (point.y - a.y) * scale - dy);
  };
}

// The relief of the main map, as long as it is on, with the height of its pane; its rows are those of web maps too.
function relief(map, frame) {
  let overlay = null;
  map.eachLayer((layer) => {
    if (layer instanceof L.ImageOverlay && layer.options.className === "relief") overlay = layer;
  });
  if (!overlay) return null;
  const bounds = overlay.getBounds();
  const [upper, lower] = [frame(bounds.getNorthWest()), frame(bounds.getSouthEast())];
  const [x, y, width, height] = [upper.x, upper.y, lower.x - upper.x, lower.y - upper.y].map((pixels) => pixels.toFixed(1));
  const picture = shape("image", { href: overlay.getElement().src, x, y, width, height, preserveAspectRatio: "none", class: "inset-relief" });
  return { picture, height: Number(getComputedStyle(map.getPane(overlay.options.pane)).zIndex) };
}

function paths(drawn, frame, shaded) {
  const box = L.bounds([-40, -40], [WIDTH + 40, HEIGHT + 40]);
  const made = [];
  const height = (id) => (id.startsWith("own/") ? OWN_ROUTES : drawn.height(id));
  const shown = [...drawn.ids()].filter((id) => drawn.isOn(id) && drawn.isInInset(id));
  for (const id of shown.sort((a, b) => height(a) - height(b))) {
    if (shaded && height(id) > shaded.height && !made.includes(shaded.picture)) made.push(shaded.picture);
    const name = id.split("/")[0];
    const layer = drawn.shapes.get(id);
    const classes = drawn.path(id)?.getAttribute("class").replace(/\b(is-lit|leaflet-interactive)\b/g, "") ?? name;
    if (layer.getLatLng) made.push(...dot(frame(layer.getLatLng()), classes, box));
    else made.push(...outline(layer, frame, box, classes, name));
  }
  return made;
}

function dot(point, classes, box) {
  if (!box.contains(point)) return [];
  return [shape("circle", { cx: point.x.toFixed(1), cy: point.y.toFixed(1), r: 2.6, class: `${classes} inset-dot` })];
}

function outline(layer, frame, box, classes, name) {
  const closed = layer instanceof L.Polygon;
  const lines = [];
  const visit = (part) => {
    if (Array.isArray(part[0])) return part.forEach(visit);
    const points = part.map(frame);
    if (!L.bounds(points).intersects(box)) return undefined;
    const kept = closed ? [L.PolyUtil.clipPolygon(points, box)] : clipped(points, box);
    return lines.push(...kept.filter((line) => line.length > 1));
  };
  visit(layer.getLatLngs());
  if (!lines.length) return [];
  const d = lines.map((line) => `M${line.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}${closed ? "Z" : ""}`).join("");
  const casing = name === "route" || name === "own" ? [shape("path", { d, class: "route-casing" })] : [];
  return [...casing, shape("path", { d, class: classes })];
}

// Runs of a line with at least one end in the box.
function clipped(points, box) {
  const runs = [];
  let run = [];
  for (let i = 1; i < points.length; i += 1) {
    const near = box.intersects(L.bounds([points[i - 1], points[i]]));
    if (near && !run.length) run.push(points[i - 1]);
    if (near) run.push(points[i]);
    if (!near && run.length) runs.push(run.splice(0));
  }
  return run.length ? [...runs, run] : runs;
}

function names(drawn, labels, frame) {
  const style = { ...lettering("village"), size: 10 };
  const small = labels.filter(({ id, class: name }) => id.startsWith("place/") && ["town", "village"].includes(name) && drawn.isOn(id));
  const items = small.flatMap((label) => {
    const at = frame(L.latLng(label.lat, label.lon));
    if (at.x < 6 || at.y < 6 || at.x > WIDTH - 6 || at.y > HEIGHT - 6) return [];
    const boxes = around(at, { w: widthOf(label.text, style), h: 12 }, 2.5);
    const inside = boxes.filter((box) => box.x > 3 && box.y > 3 && box.x + box.w < WIDTH - 3 && box.y + box.h < HEIGHT - 20);
    return [{ id: label.id, rank: label.rank, boxes: inside, dot: { x: at.x - 3, y: at.y - 3, w: 6, h: 6 }, text: label.text }];
  });
  const chosen = place(items, { ground: new Ground() });
  return items.filter(({ id }) => chosen.has(id)).map(({ id, boxes, text }) => {
    const box = boxes[chosen.get(id)];
    return shape("text", { class: "label label--village", x: box.x.toFixed(1), y: (box.y + 9.5).toFixed(1), ...textAttributes(style) }, text);
  });
}
