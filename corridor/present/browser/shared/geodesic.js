// The shortest line on the WGS84 ellipsoid between two points, by Vincenty's inverse formula (Survey Review XXIII/176, 1975).

const A = 6378137.0; // equatorial radius, m
const F = 1 / 298.257223563; // flattening
const B = A * (1 - F);
const RADIANS = Math.PI / 180;

/**
 * Distance in metres between two [latitude, longitude] pairs in degrees, to the millimetre.
 * Nearly antipodal pairs, where the formula does not converge, give null.
 */
export function distance([lat1, lon1], [lat2, lon2]) {
  const L = (((((lon2 - lon1 + 180) % 360) + 360) % 360) - 180) * RADIANS;
  const u1 = Math.atan((1 - F) * Math.tan(lat1 * RADIANS));
  const u2 = Math.atan((1 - F) * Math.tan(lat2 * RADIANS));
  const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = L;
  for (let turn = 0; turn < 200; turn += 1) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(cosU2 * sinL, cosU1 * sinU2 - sinU1 * cosU2 * cosL);
    if (sinSigma === 0) return 0;
    const cosSigma = sinU1 * sinU2 + cosU1 * cosU2 * cosL;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (cosU1 * cosU2 * sinL) / sinSigma;
    const cos2Alpha = 1 - sinAlpha ** 2;
    const cos2M = cos2Alpha === 0 ? 0 : cosSigma - (2 * sinU1 * sinU2) / cos2Alpha; // 0 along the equator
    const C = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    const before = lambda;
    const bend = sigma + C * sinSigma * (cos2M + C * cosSigma * (2 * cos2M ** 2 - 1));
    lambda = L + (1 - C) * F * sinAlpha * bend;
    if (Math.abs(lambda) > Math.PI) return null;
    if (Math.abs(lambda - before) < 1e-12) {
      const uu = (cos2Alpha * (A ** 2 - B ** 2)) / B ** 2;
      const a = 1 + (uu / 16384) * (4096 + uu * (-768 + uu * (320 - 175 * uu)));
      const b = (uu / 1024) * (256 + uu * (-128 + uu * (74 - 47 * uu)));
      const third = (b / 6) * cos2M * (4 * sinSigma ** 2 - 3) * (4 * cos2M ** 2 - 3);
      const correction = b * sinSigma * (cos2M + (b / 4) * (cosSigma * (2 * cos2M ** 2 - 1) - third));
      return B * a * (sigma - correction);
    }
  }
  return null;
}

/** Length in metres of a line of [latitude, longitude] pairs; null when a part has none. */
export function lineLength(points) {
  let total = 0;
  for (let i = 1; i < points.length; i += 1) {
    const part = distance(points[i - 1], points[i]);
    if (part === null) return null;
    total += part;
  }
  return total;
}

/** A typed "39.2, 46.4" (latitude first, decimal degrees; "39.2 N 46.4 E" too) as [lat, lon]; null when it is none. */
export function readCoordinates(typed) {
  const parts = typed.trim().match(/^([+-]?\d{1,2}(?:\.\d+)?)\s*°?\s*([NSns])?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EWew])?$/);
  if (!parts) return null;
  const latitude = Number(parts[1]) * (/s/i.test(parts[2] ?? "") ? -1 : 1);
  const longitude = Number(parts[3]) * (/w/i.test(parts[4] ?? "") ? -1 : 1);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [latitude, longitude] : null;
}
