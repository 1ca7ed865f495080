// The length of the scale bar: the largest round distance that fits, in kilometres only.

import { distance } from "./geodesic.js";

const ROUND = [1, 2, 3, 5];

/** The largest of 1, 2, 3, 5 times a power of ten not above `km`. */
export function roundKilometres(km) {
  const power = 10 ** Math.floor(Math.log10(km));
  const fitting = ROUND.filter((step) => step * power <= km * (1 + 1e-9));
  return (fitting.length ? fitting[fitting.length - 1] : 1) * power;
}

/** {km, px} of a bar at most `widest` px long, true at the height of the map's centre. */
export function scaleBar(map, widest) {
  const size = map.getSize();
  const [x, y] = [size.x / 2, size.y / 2];
  const left = map.containerPointToLatLng([x - widest / 2, y]);
  const right = map.containerPointToLatLng([x + widest / 2, y]);
  const whole = (distance([left.lat, left.lng], [right.lat, right.lng]) ?? 0) / 1000;
  if (!(whole > 0)) return { km: 0, px: 0 };
  const km = roundKilometres(whole);
  return { km, px: (widest * km) / whole };
}

/** "30 km", "0.5 km": no zeros that say nothing. */
export function kilometres(km) {
  return `${Number(km.toPrecision(12))} km`;
}
