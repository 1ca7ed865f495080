// The handles on a line that is edited: one on every vertex in view, or on some where they lie dense, and one between
// two neighbours for adding a vertex there.

import { element } from "../shared/element.js";
import { square } from "../shared/placement.js";

const SIZE = 24; // px of a handle that can be pressed
const APART = 15; // px between handles, at least
const ROOM = 44; // px between two vertices that have a handle in their middle
const MOST = 240; // handles on the map
const DOT = 10; // px, the square within the dot of a handle; a name may touch the edge

export class Handles {
  /** `tell` has: choose(part, index), start(part, index), moved(part, index, latlng), moveEnd(part, index), added(part, index, latlng), keyed(event). */
  constructor(map, line, tell) {
    Object.assign(this, { map, line, tell });
    this.group = L.layerGroup().addTo(map);
    this.chosen = null;
    this.dragging = false;
    map.on("moveend zoomend resize", () => this.draw());
  }

  /** Draw the handles anew; returns nothing while one is being dragged. */
  draw() {
    if (this.dragging) return;
    const hadFocus = this.group.getLayers().some((marker) => marker.getElement()?.contains(document.activeElement));
    this.group.clearLayers();
    this.left = 0;
    const seen = L.bounds([-SIZE, -SIZE], this.map.getSize().add([SIZE, SIZE]));
    const shown = [];
    const middles = [];
    this.line.parts.forEach((positions, part) => {
      let before = null; // the last vertex with a handle, in px
      let neighbour = null;
      positions.forEach(([lon, lat], index) => {
        const at = this.map.latLngToContainerPoint([lat, lon]);
        const spot = { part, index, at, lat, lon };
        if (neighbour && seen.contains(middle(neighbour.at, at)) && neighbour.at.distanceTo(at) >= ROOM) middles.push([neighbour, spot]);
        neighbour = spot;
        if (!seen.contains(at)) return;
        const end = index === 0 || index === positions.length - 1;
        if (!end && !this.#isChosen(spot) && before && before.distanceTo(at) < APART) this.left += 1;
        else {
          shown.push(spot);
          before = at;
        }
      });
    });
    const step = Math.ceil(shown.length / MOST);
    for (const [number, spot] of shown.entries()) {
      if (number % step === 0 || this.#isChosen(spot)) this.#vertex(spot);
      else this.left += 1;
    }
    if (this.left === 0) for (const [before, after] of middles.slice(0, MOST)) this.#middle(before, after);
    this.tell.thinned(this.left);
    if (hadFocus) this.focus();
  }

  /** Stress the handle of one vertex, or of none. */
  choose(chosen) {
    this.chosen = chosen;
    this.draw();
  }

  /** Put the focus on the chosen handle. */
  focus() {
    this.group.getLayers().find((marker) => marker.chosen)?.getElement()?.focus({ preventScroll: true });
  }

  /** The boxes {x, y, w, h} the handles lie over, in container px. */
  boxes() {
    return this.group.getLayers().map((marker) => square(this.map.latLngToContainerPoint(marker.getLatLng()), DOT));
  }

  #isChosen({ part, index }) {
    return this.chosen?.part === part && this.chosen.index === index;
  }

  #vertex({ part, index, lat, lon }) {
    const chosen = this.#isChosen({ part, index });
    const marker = this.#put([lat, lon], `edit-handle${chosen ? " is-chosen" : ""}`, chosen ? 1000 : 500);
    marker.chosen = chosen;
    const node = marker.getElement();
    node.setAttribute("data-vertex", String(index + 1));
    if (this.line.parts.length > 1) node.setAttribute("data-part", String(part + 1));
    if (chosen) {
      node.setAttribute("tabindex", "0");
      node.setAttribute("role", "button");
      node.setAttribute("aria-label", `Vertex ${index + 1}, latitude ${lat}, longitude ${lon}. Arrow keys move it, Delete removes it.`);
      node.addEventListener("keydown", (event) => this.tell.keyed(event));
    }
    marker.on("click", () => this.tell.choose(part, index));
    marker.on("dragstart", () => {
      this.dragging = true;
      node.classList.add("is-chosen");
      this.tell.start(part, index);
    });
    marker.on("drag", () => this.tell.moved(part, index, marker.getLatLng()));
    marker.on("dragend", () => {
      this.dragging = false;
      this.tell.moveEnd(part, index);
    });
  }

  // Pressed or dragged, the handle in the middle becomes a vertex.
  #middle(before, after) {
    const at = this.map.containerPointToLatLng(middle(before.at, after.at));
    const marker = this.#put(at, "edit-handle edit-middle", 100);
    marker.getElement().setAttribute("title", "Add a vertex here");
    const added = () => this.tell.added(after.part, after.index, marker.getLatLng());
    marker.on("click", () => {
      added();
      this.tell.choose(after.part, after.index);
    });
    marker.on("dragstart", () => {
      this.dragging = true;
      added();
      this.tell.start(after.part, after.index);
    });
    marker.on("drag", () => this.tell.moved(after.part, after.index, marker.getLatLng()));
    marker.on("dragend", () => {
      this.dragging = false;
      this.tell.moveEnd(after.part, after.index);
    });
  }

  #put(at, className, above) {
    const icon = L.divIcon({ html: element("span", { class: "edit-dot" }), className, iconSize: [SIZE, SIZE] });
    return L.marker(at, { icon, draggable: true, keyboard: false, autoPan: false, zIndexOffset: above }).addTo(this.group);
  }
}

function middle(a, b) {
  return a.add(b).divideBy(2);
}
