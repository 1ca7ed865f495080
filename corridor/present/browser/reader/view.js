// Where the map stands: home, framed on something, or moved by hand; panels over the map are counted as its edge.

import { covered } from "../shared/page_map.js";
import { calm } from "../shared/theme.js";

const CLOSEST = 11.5; // zoom at which a single place is shown
const EDGE = 24; // px

export class View {
  constructor(map, stage, home) {
    Object.assign(this, { map, stage });
    this.homeBounds = L.latLngBounds(home);
    this.atHome = true;
    map.on("movestart", () => {
      if (!this.moving) this.atHome = false;
    });
  }

  home(animate = !calm()) {
    this.atHome = true;
    this.#move(() => this.map.fitBounds(this.homeBounds, { padding: [8, 8], animate }));
  }

  set([latitude, longitude, zoom]) {
    this.atHome = false;
    this.#move(() => this.map.setView([latitude, longitude], zoom, { animate: false }));
  }

  /** Frame bounds ([[s, w], [n, e]] or Leaflet's own) in the part of the map that no panel covers. */
  frame(bounds) {
    if (!bounds) return;
    if (L.latLngBounds(bounds).pad(0.02).contains(this.homeBounds)) {
      this.home();
      return;
    }
    const inset = this.#insets();
    this.atHome = false;
    this.#move(() =>
      this.map.fitBounds(bounds, {
        paddingTopLeft: [inset.left + EDGE, EDGE],
        paddingBottomRight: [inset.right + EDGE, inset.bottom + EDGE],
        maxZoom: CLOSEST,
        animate: !calm(),
      }));
  }

  /** [lat, lon, zoom], or null at home. */
  now() {
    if (this.atHome) return null;
    const { lat, lng } = this.map.getCenter();
    return [lat.toFixed(4), lng.toFixed(4), this.map.getZoom().toFixed(2)].map(Number);
  }

  /** After the window changed its size: home stays home. */
  resized() {
    this.map.invalidateSize({ animate: false, pan: !this.atHome });
    if (this.atHome) this.home(false);
  }

  /** Boxes of the panels over the map, in its own pixels. */
  covered(which) {
    return covered(this.map, this.stage, which);
  }

  // What panels take off each side; only where enough of the map is left between them.
  #insets() {
    const size = this.map.getSize();
    const inset = { left: 0, right: 0, bottom: 0 };
    if (size.x < 600) return inset;
    for (const { x, y, w, h } of this.covered(".panel")) {
      if (h < 80 || w < 120) continue;
      if (x + w / 2 > size.x / 2 && h > size.y * 0.25 && y < size.y / 3) inset.right = Math.max(inset.right, size.x - x);
      else if (x + w / 2 < size.x / 2 && y < size.y / 3) inset.left = Math.max(inset.left, x + w);
    }
    return inset;
  }

  #move(change) {
    this.moving = true;
    if (this.map._animatingZoom) this.map._onZoomTransitionEnd(); // Leaflet drops what is asked for during a zoom
    change();
    this.moving = false;
  }
}
