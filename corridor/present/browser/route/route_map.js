// The map of the pages about own routes, with what was found beside it: one shows where the other speaks of.

import { scaleControl, zoomControls } from "../shared/controls.js";
import { Drawn } from "../shared/drawn.js";
import { element, freshId } from "../shared/element.js";
import { Labels } from "../shared/labels.js";
import { keepOnLand } from "../shared/land_edge.js";
import { hatching } from "../shared/legend.js";
import { load } from "../shared/loading.js";
import { mounted, styleSheets } from "../shared/mounting.js";
import { OwnRoutes, boundsOf, ownGroup, ownLabels } from "../shared/own_routes.js";
import { alone, covered, settle, takeAway } from "../shared/page_map.js";
import { calm, themeOf } from "../shared/theme.js";
import { FindingsList } from "./findings.js";
import { Marks, startOf, withWaypoints } from "./marks.js";

const SHEETS = [new URL("./route_map.css", import.meta.url).href];
const PADDING = [40, 40]; // px around what is framed
const CLOSEST = 12; // zoom

/** Called by Streamlit at each rerun with {data, parentElement, setTriggerValue}; returns what takes this mount down. */
export default mounted(".corridor-routes", begin, (shown, { data, setTriggerValue }) => shown.update(data, setTriggerValue));

async function begin(root, data) {
  root.dataset.theme = themeOf(root);
  const [{ payload, drawMap }] = await Promise.all([load(data), styleSheets(root, SHEETS)]);
  return root.isConnected ? new RouteMap(root, payload, drawMap) : null;
}

class RouteMap {
  constructor(root, payload, drawMap) {
    Object.assign(this, { root, payload });
    this.gone = new AbortController();
    this.node = element("div", { class: "map", id: freshId("route-map"), role: "group", "data-testid": "route-map" });
    this.note = element("p", { class: "drawn-note soft" });
    this.stage = element("div", { class: "stage" }, this.node);
    this.findings = new FindingsList({ show: (finding) => this.#showFinding(finding) });
    root.replaceChildren(hatching(), element("div", { class: "map-and-note" }, this.stage, this.note), this.findings.root);
    const { map, layers } = drawMap(this.node.id);
    this.map = map;
    settle(map, this.node);
    keepOnLand(map, layers, payload.home);
    this.drawn = new Drawn(map, layers, [...alone(payload.layers), ownGroup([])]);
    this.own = new OwnRoutes(map, this.drawn);
    this.marks = new Marks(map, (number) => this.#pointTo(number));
    this.stage.append(
      element("div", { class: "left-stack" }, zoomControls(map, this.stage, () => this.frame())),
      element("div", { class: "map-bottom" }, scaleControl(map)),
    );
    map.fitBounds(payload.home, { animate: false });
    this.labels = new Labels(map, this.drawn, payload.labels, () => covered(map, this.stage), () => this.marks.boxes());
    map.on("click", (event) => this.#click(event));
    const dress = () => {
      root.dataset.theme = themeOf(root);
    };
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress, { signal: this.gone.signal });
    this.watch = new ResizeObserver(() => this.#resized());
    this.watch.observe(this.node);
    map.on("movestart", () => {
      if (!this.framing) this.untouched = false;
    });
  }

  update(data, tell) {
    this.tell = tell;
    this.root.dataset.theme = themeOf(this.root);
    this.stage.style.height = `${data.height}px`;
    this.node.setAttribute("aria-label", data.description);
    this.note.textContent = data.note;
    this.note.hidden = data.note === "";
    for (const id of this.drawn.ids()) if (id.startsWith("route/")) this.drawn.setSwitch(id, data.features.includes(id));
    this.own.show(data.routes);
    for (const { id } of data.routes) this.drawn.mark(id, "is-chosen", id === data.chosen);
    // An own line stands above a shipped one it follows.
    for (const { id } of data.routes) {
      const path = this.drawn.path(id);
      path?.parentNode.append(path);
    }
    const chosen = this.drawn.path(data.chosen);
    chosen?.parentNode.append(chosen);
    this.labels.labels = withWaypoints([...this.payload.labels, ...ownLabels(data.routes)], data.waypoints);
    const numbers = data.numbers.length ? data.numbers : data.routes.map(startOf);
    this.marks.show(data.findings, data.crossings, numbers, data.waypoints);
    this.findings.show(data);
    this.root.classList.toggle("has-findings", data.findings.length > 0);
    this.#frameAnew(data);
    this.labels.soon();
    this.node.setAttribute("data-ready", "true");
  }

  // Another file or route is framed; a rerun about the same ones leaves the view where the reader put it.
  #frameAnew({ routes, chosen, features, waypoints, window: drawnWindow }) {
    const points = waypoints.map(({ lat, lon }) => [lat, lon]);
    const chosenRoutes = routes.filter(({ id }) => id === chosen);
    const extent = boundsOf(chosenRoutes.length ? chosenRoutes : routes) ?? [];
    // A mend that takes a position from far away back to its line leaves it a dot in the old view.
    const tenths = extent.flat().map((degrees) => Math.round(degrees * 10));
    const framed = JSON.stringify([routes.map(({ id, parts }) => [id, parts.length, parts[0]?.[0]]), chosen, features, routes.length || points, tenths]);
    if (framed === this.framed) return;
    this.framed = framed;
    const [south, west, north, east] = drawnWindow;
    const land = L.latLngBounds([south, west], [north, east]);
    const own = L.latLngBounds(extent);
    const shown = this.drawn.bounds(features);
    if (shown && !chosenRoutes.length) own.extend(shown);
    // A file without a line is framed by its points.
    if (!routes.length && points.length) own.extend(L.latLngBounds(points));
    // A line in another part of the world would leave the map empty.
    this.bounds = own.isValid() && land.intersects(own) ? own : this.payload.home;
    this.frame();
  }

  frame() {
    this.framing = true;
    this.map.invalidateSize({ animate: false });
    this.map.fitBounds(this.bounds, { padding: PADDING, maxZoom: CLOSEST, animate: false });
    this.framing = false;
    this.untouched = true;
  }

  // What was framed stays framed while its reader has not moved the map.
  #resized() {
    if (this.untouched) this.frame();
    else this.map.invalidateSize({ animate: false });
  }

  #showFinding({ number, lat, lon }) {
    this.marks.light(number);
    this.map.setView([lat, lon], Math.max(this.map.getZoom(), CLOSEST), { animate: !calm() });
    if (!this.node.closest(".stage").checkVisibility?.({ checkOpacity: true })) return;
    this.stage.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  }

  #pointTo(number) {
    this.marks.light(number);
    this.findings.light(number);
  }

  #click(event) {
    const direct = event.originalEvent.target.closest?.("[data-feature]")?.getAttribute("data-feature") ?? null;
    const id = direct?.startsWith("own/") ? direct : this.drawn.near(event.containerPoint, 6);
    if (id?.startsWith("own/")) this.tell("chosen", id);
  }

  takeDown() {
    this.gone.abort();
    this.watch.disconnect();
    takeAway(this.map);
  }
}
