// Measures geodesic distance: between clicked points, or between two typed coordinates or named places.

import { button, element, freshId } from "../shared/element.js";
import { fold } from "../shared/folding.js";
import { lineLength, readCoordinates } from "../shared/geodesic.js";

export class Measure {
  /** `places`: [{label, forms, lat, lon}] that may be typed by name. */
  constructor(map, places, announce) {
    Object.assign(this, { map, places, announce });
    this.points = [];
    this.active = false;
    this.result = element("output", { class: "measure-result", "aria-live": "polite" });
    this.problem = element("p", { class: "problem", role: "alert" });
    const options = freshId("places");
    this.from = this.#field("From", options);
    this.to = this.#field("To", options);
    this.root = element(
      "div",
      { class: "measure" },
      element("p", { class: "small" }, "Click points on the map, or type two coordinates (latitude, longitude) or place names."),
      element("form", { on: { submit: (event) => this.#typed(event) } },
        this.from.row, this.to.row, this.problem,
        element("div", { class: "buttons" },
          element("button", { type: "submit", class: "solid" }, "Measure"),
          button("Remove last point", { press: () => this.#change(this.points.slice(0, -1)) }),
          button("Clear", { press: () => this.clear() }))),
      this.result,
      element("p", { class: "soft small" }, "Shortest line on the WGS84 ellipsoid, not the way by road or rail."),
      element("datalist", { id: options }, places.map(({ label }) => element("option", { value: label }))),
    );
    this.line = L.polyline([], { className: "measure-line", interactive: false, pane: "measure" });
    this.dots = L.layerGroup();
    const pane = map.getPane("measure") ?? map.createPane("measure");
    pane.style.zIndex = 570;
    map.on("click", (event) => this.active && this.#change([...this.points, [event.latlng.lat, event.latlng.lng]]));
  }

  #field(words, options) {
    const id = freshId("point");
    const input = element("input", { id, type: "text", list: options, autocomplete: "off", placeholder: "39.2000, 46.4000 or Meghri" });
    return { input, row: element("div", { class: "field" }, element("label", { for: id }, words), input) };
  }

  start() {
    this.active = true;
    this.map.getContainer().classList.add("is-measuring");
    this.line.addTo(this.map);
    this.dots.addTo(this.map);
  }

  stop() {
    this.active = false;
    this.map.getContainer().classList.remove("is-measuring");
    this.clear();
    this.line.remove();
    this.dots.remove();
  }

  clear() {
    this.problem.textContent = "";
    this.#change([]);
  }

  #typed(event) {
    event.preventDefault();
    const ends = [];
    for (const { input } of [this.from, this.to]) {
      const end = this.#read(input.value);
      input.setAttribute("aria-invalid", String(end === null));
      ends.push(end);
    }
    const wrong = ends.findIndex((end) => end === null);
    this.problem.textContent = wrong < 0 ? "" : `“${[this.from, this.to][wrong].input.value}” is neither a coordinate such as 39.2000, 46.4000 nor the name of a place or crossing on the map.`;
    if (wrong >= 0) return [this.from, this.to][wrong].input.focus();
    this.#change(ends);
    return this.map.fitBounds(L.latLngBounds(ends).pad(0.3), { animate: false, maxZoom: 12 });
  }

  #read(typed) {
    const place = this.places.find(({ forms }) => forms.includes(fold(typed)));
    return readCoordinates(typed) ?? (typed.trim() && place ? [place.lat, place.lon] : null);
  }

  #change(points) {
    this.points = points;
    this.line.setLatLngs(points.flatMap((end, index) => (index ? arc(points[index - 1], end) : [end])));
    this.dots.clearLayers();
    for (const point of points) L.circleMarker(point, { radius: 4, className: "measure-dot", interactive: false, pane: "measure" }).addTo(this.dots);
    const [whole, part] = this.#words();
    this.result.replaceChildren(whole, part ? element("span", { class: "soft small" }, part) : "");
  }

  // The whole length, and what else is to be said of it.
  #words() {
    if (this.points.length < 2) return [this.points.length ? "First point set" : "", ""];
    const whole = lineLength(this.points);
    if (whole === null) return ["No length", " The two points lie opposite each other on the globe."];
    const last = this.points.length > 2 ? ` the last part ${km(lineLength(this.points.slice(-2)))}` : "";
    return [km(whole), last];
  }
}

function km(metres) {
  return `${(metres / 1000).toFixed(metres < 10_000 ? 3 : metres < 100_000 ? 2 : 1)} km`;
}

// Points of the great circle from a to b, for drawing only; the length comes from the ellipsoid.
function arc(a, b) {
  const unit = ([lat, lon]) => {
    const [p, l] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
  };
  const [u, v] = [unit(a), unit(b)];
  const angle = Math.acos(Math.min(1, u[0] * v[0] + u[1] * v[1] + u[2] * v[2]));
  if (angle < 1e-3) return [b];
  return Array.from({ length: 24 }, (_, index) => {
    const t = (index + 1) / 24;
    const [s, e] = [Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle)];
    const [x, y, z] = u.map((value, axis) => s * value + e * v[axis]);
    return [(Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI];
  });
}
