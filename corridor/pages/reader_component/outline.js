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
    if (!path) return;
    let copy = this.copies.get(id);
    if (!copy) {
      const look = path.getAttribute("class").replace(/\b(feature|is-lit|is-far|leaflet-interactive)\b/g, "").trim();
      const line = /^(place|crossing)\//.test(id) ? "lit-point" : `lit-outline ${look}`;
      copy = { halo: shape("path", { class: "lit-halo" }), line: shape("path", { class: line }) };
      this.copies.set(id, copy);
    }
    const d = path.getAttribute("d");
    copy.halo.setAttribute("d", d);
    copy.line.setAttribute("d", d);
    // Points above lines, railways above roads: the narrower sign may not vanish under the wider one.
    if (/^(place|crossing)\//.test(id)) this.group.append(copy.line);
    else if (copy.line.classList.contains("mode-rail")) this.group.insertBefore(copy.line, this.group.querySelector(".lit-point"));
    else this.group.prepend(copy.line);
    if (!/^(place|crossing)\//.test(id)) copy.line.before(copy.halo);
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
