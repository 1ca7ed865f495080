// The edited line as it is drawn: as it was when opened, as it is, and quickly while one vertex moves.

const ABOVE_ROUTES = 566; // z-index; the routes' pane has 565, the handles' lies higher

export class EditedPath {
  /** `line` is an EditedLine; what it holds is read at each drawing. */
  constructor(map, line) {
    this.line = line;
    const path = (pane, className) => L.polyline([], { pane, className, interactive: false, smoothFactor: 1 }).addTo(map);
    this.before = path("route-casing", "edit-before");
    this.casing = path("route-casing", "route-casing own-casing");
    this.whole = path("route", "feature route own is-chosen");
    // In a pane of its own, so that the long line beneath is not painted anew with each movement.
    map.createPane("rubber").style.zIndex = ABOVE_ROUTES;
    this.near = path("rubber", "feature route own is-chosen");
  }

  /** Keep the line as it was opened in sight. */
  showBefore(parts) {
    this.before.setLatLngs(latLngs(parts));
  }

  /** Draw the line; without the segments at the vertex `held` {part, index}, which moves and is drawn apart. */
  draw(held = null) {
    const parts = this.line.parts.flatMap((positions, part) =>
      held?.part === part ? [positions.slice(0, held.index), positions.slice(held.index + 1)] : [positions]);
    const places = latLngs(parts);
    if (held) this.drawNear(held.part, held.index);
    else this.near.setLatLngs([]);
    this.casing.setLatLngs(places);
    this.whole.setLatLngs(places);
  }

  /** Draw only the two segments at a vertex. */
  drawNear(part, index) {
    this.near.setLatLngs(latLngs([this.line.parts[part].slice(Math.max(0, index - 1), index + 2)]));
  }
}

function latLngs(parts) {
  return parts.map((part) => part.map(([lon, lat]) => [lat, lon]));
}
