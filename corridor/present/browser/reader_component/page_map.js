// What the small maps on a page have in common, beside the reader's own.

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
