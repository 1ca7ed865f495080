// A small map on another page: the reader's map with the named features alone on it, framed, their names below.

import { scaleControl, zoomControls } from "../shared/controls.js";
import { Drawn } from "../shared/drawn.js";
import { element, freshId } from "../shared/element.js";
import { Labels } from "../shared/labels.js";
import { keepOnLand } from "../shared/land_edge.js";
import { hatching } from "../shared/legend.js";
import { load } from "../shared/loading.js";
import { mounted, styleSheets } from "../shared/mounting.js";
import { alone, covered, settle, takeAway } from "../shared/page_map.js";
import { themeOf } from "../shared/theme.js";

const PADDING = [36, 36]; // px around what is framed
const CLOSEST = 11; // zoom

/** Called by Streamlit at each rerun with {data, parentElement}; returns what takes this mount down. */
export default mounted(".corridor-map", begin, (small, { data }) => small.show(data));

async function begin(root, data) {
  root.dataset.theme = themeOf(root);
  const [{ payload, drawMap }] = await Promise.all([load(data), styleSheets(root)]);
  return root.isConnected ? new SmallMap(root, data, payload, drawMap) : null;
}

class SmallMap {
  constructor(root, data, payload, drawMap) {
    this.node = element("div", { class: "map", id: freshId("small-map"), role: "group", "data-testid": "small-map" });
    this.stage = element("div", { class: "stage", style: `flex: none; height: ${data.height}px` }, this.node);
    root.replaceChildren(hatching(), this.stage);
    const { map, layers } = drawMap(this.node.id);
    Object.assign(this, { map, home: payload.home });
    settle(map, this.node);
    keepOnLand(map, layers, payload.home);
    this.drawn = new Drawn(map, layers, alone(payload.layers));
    this.stage.append(
      element("div", { class: "left-stack" }, zoomControls(map, this.stage, () => this.frame())),
      element("div", { class: "map-bottom" }, scaleControl(map)),
    );
    map.fitBounds(this.home, { animate: false });
    this.labels = new Labels(map, this.drawn, payload.labels, () => covered(map, this.stage));
    this.node.setAttribute("data-ready", "true");
  }

  show({ features, description }) {
    this.node.setAttribute("aria-label", description);
    for (const id of this.drawn.ids()) if (id.startsWith("route/")) this.drawn.setSwitch(id, features.includes(id));
    const shown = features.join(" ");
    if (shown === this.shown) return;
    this.shown = shown;
    this.features = features;
    this.frame();
    this.labels.soon();
  }

  frame() {
    const bounds = this.drawn.bounds(this.features ?? []) ?? this.home;
    this.map.fitBounds(bounds, { padding: PADDING, maxZoom: CLOSEST, animate: false });
  }

  takeDown() {
    takeAway(this.map);
  }
}
