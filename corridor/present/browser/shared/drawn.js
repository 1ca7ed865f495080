// Knows every feature drawn on the map by its id: its path, its bounds, and whether its layer is switched on.

const DOTS_FROM = 8; // zoom from which dots stand far enough apart to be pointed at from nearby

export class Drawn {
  /** `layers`: name -> L.GeoJSON, or L.ImageOverlay, of the map script; `groups`: the layer switches of the payload. */
  constructor(map, layers, groups) {
    this.map = map;
    this.shapes = new Map(); // feature id -> Leaflet layer
    this.companions = new Map(); // feature id -> casings and other layers that go with it
    this.switches = new Map(); // switch id -> {on, features, title, bounds}
    this.switchOf = new Map(); // feature id -> switch id
    this.pictures = new Map(); // switch id -> L.ImageOverlay
    this.marks = new Map(); // feature id -> classes to keep on the path whenever it is drawn
    for (const [name, group] of Object.entries(layers)) {
      if (group instanceof L.ImageOverlay) this.pictures.set(name, group);
      else group.eachLayer((layer) => this.#register(name, layer));
    }
    for (const { switches } of groups) {
      for (const entry of switches) {
        this.switches.set(entry.id, { ...entry });
        for (const id of entry.features) this.switchOf.set(id, entry.id);
      }
    }
    for (const [id, entry] of this.switches) this.setSwitch(id, entry.on);
    this.#railwaysAboveRoads();
  }

  // Where both follow a river, a dotted road would hide a dashed railway.
  #railwaysAboveRoads() {
    for (const id of this.shapes.keys()) {
      const path = this.path(id);
      if (path?.classList.contains("mode-rail")) path.parentNode.append(path);
    }
  }

  #register(name, layer) {
    const id = layer.feature?.id ?? layer.feature?.properties?.id;
    if (!id) return;
    if (!id.startsWith(`${name}/`) || this.shapes.has(id)) {
      this.companions.set(id, [...(this.companions.get(id) ?? []), layer]);
      return;
    }
    this.shapes.set(id, layer);
    this.marks.set(id, new Set());
    layer.on("add", () => this.#dress(id));
    this.#dress(id);
  }

  // A path is made anew whenever its layer is switched on, so its id and its classes are set again each time.
  #dress(id) {
    const path = this.path(id);
    if (!path) return;
    path.setAttribute("data-feature", id);
    path.removeAttribute("tabindex");
    for (const name of this.marks.get(id)) path.classList.add(name);
  }

  /** Take in a feature that is not shipped, under a switch that is there; `companions` come and go with it. */
  add(id, layer, companions, switchId) {
    const entry = this.switches.get(switchId);
    if (!entry.features.includes(id)) entry.features = [...entry.features, id];
    this.switchOf.set(id, switchId);
    this.companions.set(id, companions);
    this.shapes.set(id, layer);
    this.marks.set(id, new Set());
    layer.on("add", () => this.#dress(id));
    if (entry.on) for (const part of [...companions, layer]) part.addTo(this.map);
  }

  /** Take out a feature that was taken in. */
  remove(id) {
    const entry = this.switches.get(this.switchOf.get(id));
    entry.features = entry.features.filter((feature) => feature !== id);
    for (const part of [...(this.companions.get(id) ?? []), this.shapes.get(id)]) part.remove();
    for (const register of [this.switchOf, this.companions, this.shapes, this.marks]) register.delete(id);
  }

  /** Whether a feature lies under everything else: only what is directly under the pointer is meant. */
  isGround(id) {
    return this.#entry(id)?.ground ?? false;
  }

  /** Whether a feature lights by its fill. */
  isFilled(id) {
    return this.#entry(id)?.filled ?? false;
  }

  isPoint(id) {
    return Boolean(this.shapes.get(id)?.getLatLng);
  }

  /** How high the layer of a feature lies among the others. */
  height(id) {
    return this.#entry(id)?.pane ?? 0;
  }

  /** Whether a feature stands on the small map too; a reader's own does. */
  isInInset(id) {
    return this.#entry(id)?.in_inset ?? true;
  }

  #entry(id) {
    return this.switches.get(this.switchOf.get(id));
  }

  has(id) {
    return this.shapes.has(id);
  }

  ids() {
    return this.shapes.keys();
  }

  /** The SVG path of a feature, or null while its layer is off. */
  path(id) {
    const layer = this.shapes.get(id);
    return layer && this.map.hasLayer(layer) ? (layer.getElement?.() ?? null) : null;
  }

  /** Keep the class `name` on a feature's path (or off it), also after its layer is switched off and on. */
  mark(id, name, wanted) {
    const marks = this.marks.get(id);
    if (!marks) return;
    if (wanted) marks.add(name);
    else marks.delete(name);
    this.path(id)?.classList.toggle(name, wanted);
  }

  isOn(id) {
    const entry = this.switches.get(this.switchOf.get(id));
    return this.has(id) && (entry ? entry.on : true);
  }

  setSwitch(switchId, on) {
    const entry = this.switches.get(switchId);
    if (!entry) return;
    entry.on = on;
    const parts = entry.features.flatMap((id) => [...(this.companions.get(id) ?? []), this.shapes.get(id)]);
    for (const layer of [...parts, this.pictures.get(switchId)]) {
      if (!layer || this.map.hasLayer(layer) === on) continue;
      if (on) layer.addTo(this.map);
      else layer.remove();
    }
    if (on && switchId.startsWith("route")) this.#railwaysAboveRoads();
  }

  /** The ids of the switches that are on, in the order of the panel. */
  switchedOn() {
    return [...this.switches].filter(([, entry]) => entry.on).map(([id]) => id);
  }

  /** Switch on exactly the named layers; "route" stands for "route-rail", "route-road" ... Unknown names do nothing. */
  switchTo(names) {
    for (const id of this.switches.keys()) {
      const wanted = names.some((name) => id === name || id.startsWith(`${name}-`));
      if (this.switches.get(id).on !== wanted) this.setSwitch(id, wanted);
    }
  }

  /** Bounds around several features ([lat, lon] corners), or null when none is drawn. */
  bounds(ids) {
    const all = L.latLngBounds([]);
    for (const id of ids) {
      const layer = this.shapes.get(id);
      if (layer?.getBounds) all.extend(layer.getBounds());
      else if (layer?.getLatLng) all.extend(layer.getLatLng());
    }
    return all.isValid() ? all : null;
  }

  /** The id of the nearest line or point within `reach` px of a container point, so that thin lines can be pointed at. */
  near(point, reach) {
    let best = null;
    let least = reach;
    const at = this.map.containerPointToLayerPoint(point);
    const dots = this.map.getZoom() >= DOTS_FROM;
    for (const [id, layer] of this.shapes) {
      if (this.isGround(id) || (!dots && this.isPoint(id)) || !this.map.hasLayer(layer)) continue;
      const away = layer.getLatLng ? distanceToPoint(this.map, layer, at) : distanceToLine(layer, at, least);
      if (away < least) [best, least] = [id, away];
    }
    return best;
  }
}

function distanceToPoint(map, layer, at) {
  return map.latLngToLayerPoint(layer.getLatLng()).distanceTo(at);
}

// `_parts` are the pixel positions that Leaflet itself draws: clipped and thinned, so the search stays short.
function distanceToLine(layer, at, reach) {
  const box = layer._pxBounds;
  if (!box) return Infinity;
  if (at.x < box.min.x - reach || at.x > box.max.x + reach || at.y < box.min.y - reach || at.y > box.max.y + reach) return Infinity;
  let least = Infinity;
  for (const part of layer._parts ?? []) {
    for (let i = 1; i < part.length; i += 1) least = Math.min(least, L.LineUtil.pointToSegmentDistance(at, part[i - 1], part[i]));
  }
  return least;
}
