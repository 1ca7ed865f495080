// The view ends where the land that is drawn ends: nobody comes upon empty paper by dragging, by zooming out, or at home.

const AROUND = 1.05; // of the width of what a map shows as a whole, so that it does not touch the sides
const ROUNDED = 4; // px that the land is larger than the view, since Leaflet rounds places and lines to whole pixels

/**
 * Keep `map` on the land that is drawn, which is its `maxBounds`, and the stage it lies in no higher than that land
 * reaches while `home` and every route are seen. Called before the map is framed on anything.
 *
 * Where a stage cannot be made lower (a telephone's full screen), all of the region may still be seen, with paper beside.
 */
export function keepOnLand(map, layers, home) {
  const stage = map.getContainer().parentElement;
  const land = extent(map, map.options.maxBounds);
  const whole = extent(map, L.latLngBounds(home).extend(layers.route?.getBounds() ?? home));
  map.options.bounceAtZoomLimits = false; // fingers would draw the map smaller than the land, until they are lifted
  const shape = () => {
    if (stage.clientWidth) stage.style.maxHeight = `${Math.floor((stage.clientWidth * land.y) / (whole.x * AROUND))}px`;
  };
  const leastZoom = () => {
    const { x, y } = map.getSize();
    if (!x || !y) return;
    const filled = Math.log2(Math.max((x + ROUNDED) / land.x, (y + ROUNDED) / land.y));
    const seen = Math.log2(Math.min(x / (whole.x * AROUND), y / (whole.y * AROUND)));
    map.options.minZoom = Math.min(filled, seen);
    if (map.getZoom() < map.options.minZoom) map.setView(map.getCenter(), map.options.minZoom, { animate: false });
    map.fire("zoomlevelschange");
  };
  // Watched is what lies around the stage: the stage itself becomes lower by this.
  const watch = new ResizeObserver(shape);
  watch.observe(stage.parentElement);
  map.on("resize", leastZoom);
  map.on("unload", () => watch.disconnect());
  shape();
  map.invalidateSize({ animate: false, pan: false });
  leastZoom();
}

// Pixels at zoom 0.
function extent(map, bounds) {
  return map.project(L.latLngBounds(bounds).getSouthEast(), 0).subtract(map.project(L.latLngBounds(bounds).getNorthWest(), 0));
}
