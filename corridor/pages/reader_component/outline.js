// Draws what is lit once more above everything else, so that no other line covers its outline.

import { shape } from "./element.js";

export class Outline {
  constructor(map, drawn) {
    this.map = map;
    this.drawn = drawn;
    this.copies = new Map(); // feature id -> {halo, line}
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
    if (!path || id.startsWith("place/") || id.startsWith("crossing/")) return;
    let copy = this.copies.get(id);
    if (!copy) {
      const look = path.getAttribute("class").replace(/\b(feature|is-lit|is-far|leaflet-interactive)\b/g, "").trim();
      copy = { halo: shape("path", { class: "lit-halo" }), line: shape("path", { class: `lit-outline ${look}` }) };
      this.copies.set(id, copy);
    }
    const d = path.getAttribute("d");
    copy.halo.setAttribute("d", d);
    copy.line.setAttribute("d", d);
    this.group.append(copy.halo, copy.line);
  }

  hide(id) {
    const copy = this.copies.get(id);
    if (!copy) return;
    copy.halo.remove();
    copy.line.remove();
  }

  refresh() {
    for (const [id, copy] of this.copies) {
      if (!copy.line.isConnected) continue;
      const d = this.drawn.path(id)?.getAttribute("d") ?? "M0 0";
      copy.halo.setAttribute("d", d);
      copy.line.setAttribute("d", d);
    }
  }
}
