// Marks on the map: where something was found, where a border is crossed, where a route begins, what points a file has;
// shapes tell them apart.

import { element, shape } from "../shared/element.js";
import { fold } from "../shared/folding.js";
import { square } from "../shared/placement.js";

const SIZE = 26; // px
const RING = 10; // px, the square within a crossing's ring; the name of what lies there may touch the edge
// On a 26 x 26 grid: a square stops, a triangle warns, a circle notes.
const SHAPES = {
  error: "M4 4h18v18h-18z",
  warning: "M13 2 24.5 22.5h-23z",
  note: "M13 3a10 10 0 1 0 .01 0z",
};
const NEAR = 2; // decimals of a degree to which two places are one, about a kilometre
const MOST = 200; // marks of findings; the list beside the map has all
const POINT = 14; // px, across the diamond of a point of the file
const KM_PER_DEGREE = 111.2; // of latitude
const SAME_PLACE_KM = 5; // between a point of a file and a shipped place of the same name that are one place
const LONGEST_LABEL = 30; // characters of the name of such a point that stand on the map; the list has all of it

export class Marks {
  /** `choose(number)` is told which finding's mark was pressed. */
  constructor(map, choose) {
    Object.assign(this, { map, choose });
    this.group = L.layerGroup().addTo(map);
    this.byNumber = new Map();
  }

  /**
   * findings: [{number, severity, lat, lon, says}]; crossings: [{lat, lon, words}]; waypoints: [{name, lat, lon}];
   * numbers, of lines: [{number, name, lat, lon, beside}], on the line or, where `beside`, next to it.
   */
  show(findings, crossings, numbers, waypoints) {
    const shown = JSON.stringify([findings.map(({ number, lat, lon }) => [number, lat, lon]), crossings, numbers, waypoints]);
    if (shown === this.shown) return;
    this.shown = shown;
    this.group.clearLayers();
    this.byNumber.clear();
    for (const { lat, lon, name } of waypoints) this.#put({ lat, lon, words: name }, diamond(), "mark mark--waypoint", -100, POINT);
    for (const crossing of crossings) this.#put(crossing, ring(), "mark mark--crossing", 0, RING);
    if (numbers.length > 1)
      for (const { lat, lon, badges, words, beside } of together(numbers))
        this.#put({ lat, lon, words }, badge(badges), "mark mark--route", 100, SIZE, beside ? [SIZE, SIZE] : null);
    for (const finding of findings.filter(({ lat }) => lat !== null).slice(0, MOST)) {
      const marker = this.#put({ lat: finding.lat, lon: finding.lon, words: finding.says }, sign(finding.severity, finding.number), `mark mark--${finding.severity}`, 200);
      marker.on("click", () => this.choose(finding.number));
      this.byNumber.set(finding.number, marker);
    }
  }

  /** Stress the mark of one finding and no other. */
  light(number) {
    for (const [marked, marker] of this.byNumber) marker.getElement()?.classList.toggle("is-lit", marked === number);
    this.byNumber.get(number)?.setZIndexOffset(1000);
  }

  /** The boxes {x, y, w, h} the marks lie over, in container px. */
  boxes() {
    return this.group.getLayers().map((marker) => square(this.map.latLngToContainerPoint(marker.getLatLng()), marker.options.across));
  }

  #put({ lat, lon, words }, drawing, className, above, across = SIZE, anchor = null) {
    const icon = L.divIcon({ html: element("span", { title: words }, drawing), className, iconSize: [SIZE, SIZE], ...(anchor ? { iconAnchor: anchor } : {}) });
    return L.marker([lat, lon], { icon, keyboard: false, zIndexOffset: above, across }).addTo(this.group);
  }
}

/** The sign of a severity with a number in it; the list beside the map shows the same. */
export function sign(severity, number) {
  const text = shape("text", { x: 13, y: severity === "warning" ? 20 : 18, "text-anchor": "middle", class: "mark-number" }, String(number));
  return shape("svg", { class: `mark-sign mark-sign--${severity}`, viewBox: "0 0 26 26", width: SIZE, height: SIZE, "aria-hidden": "true" }, shape("path", { d: SHAPES[severity] }), text);
}

function ring() {
  return shape("svg", { viewBox: "0 0 26 26", width: SIZE, height: SIZE, "aria-hidden": "true" }, shape("circle", { cx: 13, cy: 13, r: 6, class: "mark-ring" }));
}

function diamond() {
  return shape("svg", { viewBox: "0 0 26 26", width: SIZE, height: SIZE, "aria-hidden": "true" }, shape("path", { d: "M13 6.5 19.5 13 13 19.5 6.5 13z", class: "mark-diamond" }));
}

function badge(numbers) {
  return element("span", { class: "mark-badge" }, numbers);
}

// Numbers at one place stand in one badge, or the last would hide the others.
function together(numbers) {
  const places = new Map();
  for (const { number, name, ...place } of numbers) {
    const key = `${place.lat.toFixed(NEAR)},${place.lon.toFixed(NEAR)}`;
    const before = places.get(key);
    places.set(key, {
      ...(before ?? place),
      badges: before ? `${before.badges}, ${number}` : String(number),
      words: `${before ? `${before.words}; ` : ""}${number}. ${name}`,
    });
  }
  return [...places.values()];
}

/** The number of a route next to its beginning, as `Marks.show` takes it. */
export function startOf({ name, number, parts }) {
  const [lon, lat] = parts[0][0];
  return { lat, lon, number, name, beside: true };
}

/**
 * Labels for labels.js with the names of a file's points. Where a point is called as a shipped place near it is, the
 * name is written once, at the point and as early as that of the place.
 */
export function withWaypoints(labels, waypoints) {
  const twice = new Set();
  const points = waypoints.map((point, index) => {
    const { name, lat, lon } = point;
    const text = name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL)}…` : name;
    const same = labels.filter((label) => label.id.startsWith("place/") && fold(label.text) === fold(name) && near(label, point));
    for (const label of same) twice.add(label);
    const least = (member, own) => Math.min(own, ...same.map((label) => label[member]));
    return { id: `waypoint/${index}`, text, lat, lon, rank: least("rank", 4), class: "waypoint", min_zoom: least("min_zoom", 8) };
  });
  return [...labels.filter((label) => !twice.has(label)), ...points];
}

function near({ lat, lon }, point) {
  const north = (lat - point.lat) * KM_PER_DEGREE;
  const east = (lon - point.lon) * KM_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(north, east) <= SAME_PLACE_KM;
}
