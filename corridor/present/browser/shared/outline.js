// Draws what is lit once more above everything else, so that no other line covers its outline.

import { shape } from "./element.js";

export class Outline {
  constructor(map, drawn) {
    this.map = map;
    this.drawn = drawn;
    this.copies = new Map(); // feature id -> {halo, line, view}
    this.view = 0; // counts movements of the map: a copy made before the last one is out of date
    if (!map.getPane("lit")) map.createPane("lit");
    const pane = map.getPane("lit");
    pane.style.pointerEvents = "none";
    this.renderer = L.svg({ pane: "lit", padding: 0.5 }).addTo(map);
    this.group = this.renderer._rootGroup;
    // Leaflet clips paths to the view after each movement; the copies follow.
    map.on("moveend zoomend viewreset", () => this.refresh());
  }

  show(id) {
    const path = this.drawn.path(id);
    if (!path) return;
    if (!this.copies.has(id)) this.copies.set(id, this.#copy(id, path));
    const copy = this.copies.get(id);
    if (copy.view !== this.view) this.#trace(copy, path);
    // Points above lines, railways above roads: the narrower sign may not vanish under the wider one.
    if (this.drawn.isPoint(id)) this.group.append(copy.line);
    else if (copy.line.classList.contains("mode-rail")) this.group.insertBefore(copy.line, this.group.querySelector(".lit-point"));
    else this.group.prepend(copy.line);
    if (copy.halo) copy.line.before(copy.halo);
  }

  hide(id) {
    const copy = this.copies.get(id);
    copy?.line.remove();
    copy?.halo?.remove();
  }

  /** Of the copies that are `concerned`, show those in `wanted` and no others. */
  settle(concerned, wanted) {
    for (const id of this.copies.keys()) if (concerned(id) && !wanted.has(id)) this.hide(id);
    for (const id of wanted) if (concerned(id) && !this.copies.get(id)?.line.isConnected) this.show(id);
  }

  refresh() {
    this.view += 1;
    for (const [id, copy] of this.copies) {
      const path = copy.line.isConnected && this.drawn.path(id);
      if (path) this.#trace(copy, path);
      else this.hide(id);
    }
  }

  // Only lines need a halo; around a State it would cost more time than it adds clearness.
  #copy(id, path) {
    const look = path.getAttribute("class").replace(/\b(feature|is-lit|leaflet-interactive)\b/g, "").trim();
    const point = this.drawn.isPoint(id);
    return {
      halo: point || this.drawn.isGround(id) ? null : shape("path", { class: "lit-halo" }),
      line: shape("path", { class: point ? "lit-point" : `lit-outline ${look}` }),
      view: null,
    };
  }

  #trace(copy, path) {
    const d = path.getAttribute("d");
    copy.line.setAttribute("d", d);
    copy.halo?.setAttribute("d", d);
    copy.view = this.view;
  }
}
