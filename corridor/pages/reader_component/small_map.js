// A small map on another page: the reader's map with the named features alone on it, framed, their names below.

import { scaleControl, zoomControls } from "./controls.js";
import { Drawn } from "./drawn.js";
import { element, freshId } from "./element.js";
import { Labels } from "./labels.js";
import { hatching } from "./legend.js";
import { load } from "./loading.js";
import { calm, themeOf } from "./theme.js";
import { covered } from "./view.js";

const maps = new WeakMap();
const PADDING = [36, 36]; // px around what is framed
const CLOSEST = 11; // zoom

/** Called by Streamlit at each rerun with {data, parentElement}; returns what takes this mount down. */
export default async function mount({ data, parentElement }) {
  const root = parentElement.querySelector(".corridor-map");
  if (!maps.has(root)) maps.set(root, begin(root, data));
  const small = await maps.get(root);
  small?.show(data);
  return () => {
    small?.map.remove();
    maps.delete(root);
    root.replaceChildren();
  };
}

async function begin(root, data) {
  root.dataset.theme = themeOf(root);
  root.style.height = `${data.height}px`;
  const style = element("link", { rel: "stylesheet", href: new URL("small_map.css", import.meta.url).href });
  const styled = new Promise((resolve) => style.addEventListener("load", resolve, { once: true }));
  root.before(style);
  const [{ payload, drawMap }] = await Promise.all([load(data), styled]);
  if (!root.isConnected) return null;
  return new SmallMap(root, payload, drawMap);
}

class SmallMap {
  constructor(root, payload, drawMap) {
    this.node = element("div", { class: "map", id: freshId("small-map"), role: "group", "data-testid": "small-map" });
    this.stage = element("div", { class: "stage" }, this.node);
    root.replaceChildren(hatching(), this.stage);
    const { map, layers } = drawMap(this.node.id);
    Object.assign(this, { map, home: payload.home });
    map.scrollWheelZoom.disable(); // the page scrolls on past the map
    if (calm()) Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
    const tell = () => {
      this.node.dataset.zoom = String(Math.floor(map.getZoom()));
    };
    map.on("zoomend", tell);
    // Routes come and go one by one here, whatever the reader's switches hold together.
    this.drawn = new Drawn(map, layers, alone(payload.layers));
    this.stage.append(
      element("div", { class: "left-stack" }, zoomControls(map, this.stage, () => this.frame())),
      element("div", { class: "map-bottom" }, scaleControl(map)),
    );
    map.fitBounds(this.home, { animate: false });
    tell();
    this.labels = new Labels(map, this.drawn, payload.labels, () => covered(map, this.stage));
    this.node.setAttribute("data-ready", "true");
  }

  show({ features, description }) {
    this.node.setAttribute("aria-label", description);
    for (const id of this.drawn.ids()) if (id.startsWith("route/")) this.drawn.setSwitch(id, features.includes(id));
    const told = features.join(" ");
    if (told === this.told) return;
    this.told = told;
    this.features = features;
    this.frame();
    this.labels.soon();
  }

  frame() {
    const bounds = this.drawn.bounds(this.features ?? []) ?? this.home;
    this.map.fitBounds(bounds, { padding: PADDING, maxZoom: CLOSEST, animate: false });
  }
}

// The groups of switches, with a switch of its own for every route.
function alone(groups) {
  return groups.map(({ group, switches }) => ({
    group,
    switches: switches.flatMap((entry) =>
      entry.layer === "route" ? entry.features.map((id) => ({ ...entry, id, features: [id], on: false })) : [entry]),
  }));
}
