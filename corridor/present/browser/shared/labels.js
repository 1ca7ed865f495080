// Writes the names on the map: chosen and placed anew at each zoom so that no two ever touch.

import { shape } from "./element.js";
import { lettering, spelt, textAttributes, widthOf } from "./lettering.js";
import { Ground, around, broken, overlap, place, square } from "./placement.js";

const AREAS = new Set(["state", "autonomous", "province"]);
const WANDERING = new Set(["state", "autonomous"]); // names that move to where their land shows
const SPARE = 2; // of nine spots of a name, so many may reach beyond its land
const CHOICES = 24; // places further off that such a name may try
const STEPS = { x: [10, 12, 34], y: [8, 9, 22] }; // between them: that part of its land, in px at least and at most
const [ROW, AWAY] = [8, 0.1]; // what a further row of such a name costs, and a px that it stands from its point
const SMALL = new Set(["village", "station", "crossing", "waypoint"]);
const FURTHER = 7; // px further out that the name of a small thing may stand, where lines run along it
const LINE = 1.18; // line height of a name on several lines
const NARROW = 480; // px of a map on which States are about as wide as their names
const DOT = 5; // px, half the width of a place's dot with its edge

export class Labels {
  /**
   * `covered()`, `marked()`: boxes in container px that panels, and marks on the map, lie over; names move out of their
   * way, and the name of a place goes round the mark that stands on it.
   */
  constructor(map, drawn, labels, covered, marked = () => []) {
    Object.assign(this, { map, drawn, covered, marked });
    this.enlarged = window.innerWidth >= 1800 ? 1.22 : 1;
    this.labels = labels;
    this.nodes = new Map();
    this.asked = new Map(); // spots already asked about in this view: a card that opens or closes does not move the land
    const pane = map.getPane("labels") ?? map.createPane("labels");
    pane.style.zIndex = 560;
    pane.style.pointerEvents = "none";
    pane.setAttribute("aria-hidden", "true"); // the feature list and the cards say every name
    this.renderer = L.svg({ pane: "labels", padding: 0.5 }).addTo(map);
    this.group = this.renderer._rootGroup;
    map.on("zoomstart", () => pane.classList.add("is-away"));
    map.on("zoomend viewreset", () => pane.classList.remove("is-away"));
    map.on("moveend zoomend viewreset resize", () => {
      this.asked.clear();
      this.soon();
    });
    map.on("unload", () => cancelAnimationFrame(this.waiting));
    this.draw();
  }

  /** Place again before the next frame; several reasons in one frame count once. */
  soon() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.draw();
    });
  }

  draw() {
    const zoom = this.map.getZoom();
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    const size = this.map.getSize();
    this.frame = { min: corner, max: corner.add(size), box: { x: corner.x, y: corner.y, w: size.x, h: size.y } };
    const inLayer = (box) => ({ ...box, x: box.x + corner.x, y: box.y + corner.y });
    this.marks = this.marked().map(inLayer);
    const blocked = [...this.covered().map(inLayer), ...this.marks];
    const items = this.labels.filter((label) => this.#wanted(label, zoom)).map((label) => this.#item(label));
    const chosen = place(items, { ground: this.#ground(), blocked });
    const next = new Map();
    for (const item of items) {
      if (!chosen.has(item.id)) continue;
      const option = item.options[chosen.get(item.id)];
      next.set(item.id, this.#kept(item, option) ?? { option, node: this.#text(item.label, option) });
    }
    // A name that stays where it is stays untouched, or the whole layer of names would be painted anew.
    for (const [id, { node }] of this.nodes) if (next.get(id)?.node !== node) node.remove();
    for (const { node } of next.values()) if (!node.isConnected) this.group.append(node);
    this.nodes = next;
  }

  #kept(item, { box, rows }) {
    const old = this.nodes.get(item.id);
    const stays = old && old.option.box.x === box.x && old.option.box.y === box.y && old.option.rows.join("|") === rows.join("|");
    return stays ? old : null;
  }

  #wanted(label, zoom) {
    return zoom >= label.min_zoom && (!this.drawn.has(label.id) || this.drawn.isOn(label.id));
  }

  // A label with its candidate boxes; `options` runs beside `boxes` and remembers how the name is broken.
  #item(label) {
    const style = lettering(label.class, this.enlarged, this.frame.box.w < NARROW);
    const at = this.map.latLngToLayerPoint([label.lat, label.lon]);
    const area = AREAS.has(label.class);
    const dotted = !area && label.class !== "water";
    const options = [];
    for (const lines of area ? [1, 2, 3, 4] : [1]) {
      const rows = broken(spelt(label.text, style), lines);
      if (rows.length !== lines) break;
      const size = { w: Math.max(...rows.map((row) => widthOf(row, style))), h: rows.length * style.size * LINE };
      const boxes = dotted ? this.#beside(label, at, size) : this.#centred(label, at, size, lines);
      options.push(...boxes.filter((box) => !this.#cut(box)).map((box) => ({ box, rows, style })));
    }
    const dot = dotted ? square(at, 2 * DOT) : null;
    return { id: label.id, rank: label.rank, label, options, boxes: options.map(({ box }) => box), dot };
  }

  // Half the width of what stands on a place: its dot, or a mark.
  #radius({ x, y }) {
    const mark = this.marks.find((box) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h);
    return Math.max(DOT, mark ? mark.w / 2 : 0);
  }

  #beside(label, at, size) {
    const radius = this.#radius(at);
    const further = SMALL.has(label.class) ? around(at, size, radius + FURTHER) : [];
    return [...around(at, size, radius), ...further];
  }

  // Where a name may stand on its land or water: at its point or near it, or else where its land shows.
  #centred(label, at, { w, h }, rows) {
    const box = (x, y) => ({ x: x - w / 2, y: y - h / 2, w, h });
    const shifts = [[0, 0], [0, -h], [0, h], [-w / 3, -h], [w / 3, -h], [-w / 3, h], [w / 3, h], [0, -2 * h], [0, 2 * h], [0, -3 * h], [0, 3 * h]];
    if (!WANDERING.has(label.class)) return shifts.map(([x, y]) => box(at.x + x, at.y + y));
    const fits = (candidate) => this.#within(candidate, 8) && this.#inside(label.id, candidate);
    const { min, max } = this.frame;
    const land = this.drawn.shapes.get(label.id)?._pxBounds ?? L.bounds(min, max);
    if (!land.intersects(L.bounds(min, max))) return [];
    const away = (x, y) => Math.hypot(x - at.x, y - at.y);
    const costing = (x, y) => ({ ...box(x, y), cost: away(x, y) * AWAY + (rows - 1) * ROW });
    const near = shifts.map(([x, y]) => costing(at.x + x, at.y + y));
    const along = (axis) => {
      const [first, last] = [Math.max(min[axis], land.min[axis]), Math.min(max[axis], land.max[axis])];
      const [part, least, most] = STEPS[axis];
      const step = Math.min(most, Math.max(least, (last - first) / part));
      return Array.from({ length: Math.ceil((last - first) / step) }, (_, number) => first + (number + 0.5) * step);
    };
    const rowsOfSpots = along("y");
    const spots = along("x").flatMap((x) => rowsOfSpots.map((y) => ({ x, y, away: away(x, y) })));
    spots.sort((a, b) => a.away - b.away);
    // Asking a long outline whether a spot lies in it is slow, so the nearest spots are asked first and then no more.
    const boxes = [];
    for (const { x, y } of spots) {
      if (boxes.length === CHOICES) break;
      if (fits(box(x, y))) boxes.push(costing(x, y));
    }
    return [...near.filter(fits), ...boxes];
  }

  #within({ x, y, w, h }, margin) {
    const { min, max } = this.frame;
    return x >= min.x + margin && y >= min.y + margin && x + w <= max.x - margin && y + h <= max.y - margin;
  }

  // Names cut by the edge of the map are not written; those wholly beyond it are, for the next drag.
  #cut(box) {
    return overlap(box, this.frame.box) && !this.#within(box, 2);
  }

  #inside(id, { x, y, w, h }) {
    const path = this.drawn.path(id);
    if (!path) return true;
    const question = [id, x, y, w, h].join();
    if (!this.asked.has(question)) this.asked.set(question, this.#mostlyIn(path, { x, y, w, h }));
    return this.asked.get(question);
  }

  #mostlyIn(path, { x, y, w, h }) {
    const spots = [[0, 0], [w / 2, 0], [w, 0], [w / 2, h / 2], [0, h / 2], [w, h / 2], [0, h], [w / 2, h], [w, h]];
    let spare = SPARE;
    return spots.every(([dx, dy]) => path.isPointInFill(new DOMPoint(x + dx, y + dy)) || spare-- > 0);
  }

  #ground() {
    const ground = new Ground();
    for (const id of this.drawn.ids()) {
      if (!/^(own|route|border)\//.test(id) || !this.drawn.path(id)) continue;
      for (const part of this.drawn.shapes.get(id)._parts ?? []) ground.addLine(part);
    }
    for (const id of this.drawn.ids()) {
      const dot = this.drawn.path(id) && this.drawn.shapes.get(id).getLatLng?.();
      const at = dot && this.map.latLngToLayerPoint(dot);
      if (at) ground.addLine([at.subtract([DOT, DOT]), at.add([DOT, DOT])]);
    }
    return ground;
  }

  #text(label, { box, rows, style }) {
    const attributes = { class: `label label--${label.class}`, "text-anchor": "middle", "data-label": label.id, ...textAttributes(style) };
    const lines = rows.map((row, index) =>
      shape("tspan", {
        x: round(box.x + box.w / 2 + style.spacing / 2),
        y: round(box.y + style.size * LINE * (index + 0.5) + style.size * 0.36),
      }, row));
    return shape("text", attributes, lines);
  }
}

function round(value) {
  return Math.round(value * 10) / 10;
}
