// The one map of a presentation: the reader's own, of which each scene shows a part; it moves and is never drawn anew.

import { scaleControl, zoomControls } from "./controls.js";
import { Drawn } from "./drawn.js";
import { element, freshId } from "./element.js";
import { inset } from "./inset.js";
import { keepOnLand } from "./land_edge.js";
import { Labels } from "./labels.js";
import { Outline } from "./outline.js";
import { OwnRoutes, ownGroup, ownLabels } from "./own_routes.js";
import { covered, takeAway } from "./page_map.js";
import { calm } from "./theme.js";

const SECONDS = 0.9; // of a movement between two views
const PADDING = [18, 18]; // px around what a scene frames

export class SceneMap {
  constructor(payload, drawMap) {
    this.payload = payload;
    this.node = element("div", { class: "map", id: freshId("presented"), role: "group", "data-testid": "presenter-map" });
    this.stage = element("div", { class: "stage" }, this.node);
    this.drawMap = drawMap;
  }

  /** Draw it once; its node has to stand in the page. */
  begin() {
    const { map, layers } = this.drawMap(this.node.id);
    this.map = map;
    map.options.zoomSnap = 0;
    keepOnLand(map, layers, this.payload.home);
    const tell = () => {
      this.node.dataset.zoom = String(Math.floor(map.getZoom()));
    };
    map.on("zoomend", tell);
    this.drawn = new Drawn(map, layers, [...singly(this.payload.layers), ownGroup([])]);
    this.own = new OwnRoutes(map, this.drawn);
    this.outline = new Outline(map, this.drawn);
    this.lit = new Set();
    this.members = new Map(this.payload.layers.flatMap(({ switches }) => switches.map(({ id, features }) => [id, features])));
    this.inset = inset(map, this.drawn, this.payload.labels, this.payload.inset, () => {});
    this.zoom = element("div", { class: "left-stack" }, zoomControls(map, this.stage, () => this.frame()));
    this.stage.append(this.zoom, element("div", { class: "right-stack" }, this.inset.root), element("div", { class: "map-bottom" }, scaleControl(map)));
    map.fitBounds(this.payload.home, { animate: false });
    tell();
    this.labels = new Labels(map, this.drawn, this.payload.labels, () => covered(map, this.stage));
    this.explore(false);
    this.watch = new ResizeObserver(() => this.#resized());
    this.watch.observe(this.node);
    this.node.setAttribute("data-ready", "true");
  }

  /** Show what a scene asks for: {bounds, layers, shown, lit, own, inset, description}. */
  show(request, { jump = false } = {}) {
    this.request = request;
    this.node.setAttribute("aria-label", request.description);
    const wanted = new Set([...request.layers.flatMap((id) => this.members.get(id) ?? []), ...request.shown, ...request.lit]);
    for (const id of this.drawn.switches.keys()) if (id !== "own" && this.drawn.switches.get(id).on !== wanted.has(id)) this.drawn.setSwitch(id, wanted.has(id));
    this.own.show(request.own);
    this.#light(new Set(request.lit));
    this.labels.labels = [...this.payload.labels, ...ownLabels(request.own)];
    this.inset.root.classList.toggle("is-out", !request.inset);
    if (request.inset) this.inset.draw();
    // A map that moves names its land when it has arrived.
    if (!this.frame(jump)) this.labels.soon();
  }

  /** Bring the view of the scene back; whether the map has to move for it. */
  frame(jump = false) {
    const [west, south, east, north] = this.request.bounds;
    const bounds = [[south, west], [north, east]];
    const aim = this.free ? null : [...this.request.bounds, this.map.getSize()].join();
    if (aim && aim === this.aim) return false;
    this.aim = aim;
    if (jump || calm()) this.map.fitBounds(bounds, { padding: PADDING, animate: false });
    else {
      // Leaflet flies to wherever it is told; where the land ends it would jump back.
      const { center, zoom } = this.map._getBoundsCenterZoom(bounds, { padding: PADDING });
      this.map.flyTo(this.map._limitCenter(center, zoom, this.map.options.maxBounds), zoom, { duration: SECONDS });
    }
    return true;
  }

  /** Let the map be moved by hand, or keep it still so that no stray touch moves it before an audience. */
  explore(on) {
    this.free = on;
    this.aim = null;
    for (const way of ["dragging", "scrollWheelZoom", "doubleClickZoom", "touchZoom", "keyboard", "boxZoom"]) this.map[way]?.[on ? "enable" : "disable"]();
    this.zoom.hidden = !on;
    this.node.tabIndex = on ? 0 : -1;
  }

  /** Stress these features instead of the scene's own; none brings those back. */
  point(ids) {
    this.#light(new Set(ids.length ? ids : this.request?.lit));
  }

  #light(wanted) {
    for (const id of this.lit) if (!wanted.has(id)) this.drawn.mark(id, "is-lit", false);
    for (const id of wanted) this.drawn.mark(id, "is-lit", true);
    for (const id of this.lit) this.outline.hide(id);
    for (const id of wanted) if (!this.drawn.isFilled(id)) this.outline.show(id);
    this.lit = wanted;
  }

  #resized() {
    const { x, y } = this.map.getSize();
    if (x === this.node.clientWidth && y === this.node.clientHeight) return;
    this.map.invalidateSize({ animate: false });
    if (this.request && !this.stage.closest(".is-exploring")) this.frame(true);
  }

  takeDown() {
    this.watch?.disconnect();
    if (this.map) takeAway(this.map);
  }
}

// A switch of its own for every feature: a scene may name single ones of a layer that is off.
function singly(groups) {
  return groups.map(({ group, switches }) => ({
    group,
    switches: switches.flatMap((entry) => entry.features.map((id) => ({ ...entry, id, features: [id], on: false }))),
  }));
}
