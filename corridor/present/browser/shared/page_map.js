// What the maps of all windows have in common: how they settle, what covers them, how they are taken down.

import { calm } from "./theme.js";

/** Leave the page's scrolling to the page, move as calmly as asked, and keep the zoom in `node` for the style sheets. */
export function settle(map, node) {
  map.scrollWheelZoom.disable();
  if (calm()) Object.assign(map.options, { zoomAnimation: false, fadeAnimation: false, inertia: false });
  const tell = () => {
    node.dataset.zoom = String(Math.floor(map.getZoom()));
  };
  map.on("zoomend", tell);
  tell();
}

/** The groups of switches, with a switch of its own for every route: they come and go one by one here. */
export function alone(groups) {
  return groups.map(({ group, switches }) => ({
    group,
    switches: switches.flatMap((entry) =>
      entry.layer === "route" ? entry.features.map((id) => ({ ...entry, id, features: [id], on: false })) : [entry]),
  }));
}

/** Take a map down for good, also while it moves: Leaflet would end its movement on a map that is gone. */
export function takeAway(map) {
  if (map._animatingZoom) map._onZoomTransitionEnd();
  map.remove();
}

/** Boxes of the panels that `stage` lays over its map, in the map's own pixels. */
export function covered(map, stage, which = ".panel, .notice, .scale") {
  const frame = map.getContainer().getBoundingClientRect();
  return [...stage.querySelectorAll(which)]
    .map((panel) => panel.getBoundingClientRect())
    .filter(({ width, height }) => width > 0 && height > 0)
    .map((box) => ({ x: box.left - frame.left, y: box.top - frame.top, w: box.width, h: box.height }));
}
