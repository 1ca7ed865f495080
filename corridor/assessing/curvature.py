"""How straight a line is and where it bends most sharply for longer than a kink."""

from dataclasses import dataclass

import numpy as np

from corridor.assessing.sampling import Samples, Vertices
from corridor.land.geodesy import distance_m

#: Metres of line a curve must hold to be called sustained; a circle through its two ends and its middle is measured.
SUSTAINED_M = 300.0
#: A curve is told from its vertices only where they stand at most this share of the sustained length apart.
VERTICES_PER_CURVE = 3.0
#: Curves wider than this are straight to any road or railway.
WIDEST_M = 20_000.0


@dataclass(frozen=True, slots=True)
class Curve:
    """The sharpest curve a line holds for `over_m`: its radius in metres and where its middle lies."""

    radius_m: float
    over_m: float
    at_km: float
    lon: float
    lat: float


def straightness(line: Vertices) -> float:
    """Return the geodesic distance between the two ends as a share of the line's length: 1 for a straight line."""
    first, last = line.positions.rows[0].tolist(), line.positions.rows[-1].tolist()
    whole = line.total_m
    return min(1.0, distance_m((first[0], first[1]), (last[0], last[1])) / whole) if whole > 0 else 0.0


def sharpest_curve(samples: Samples) -> Curve | None:
    """Return the sharpest sustained curve, or None where no stretch is drawn finely enough to tell one.

    The radius is that of the circle through three places of the line half of SUSTAINED_M apart (Menger curvature).
    """
    step = float(samples.share_km[0]) * 1000.0
    if step <= 0:
        return None
    reach = max(1, round(SUSTAINED_M / 2 / step))
    if 2 * reach * step > 2 * SUSTAINED_M or len(samples.along_km) <= 2 * reach:
        return None
    first, middle, last = samples.metric[: -2 * reach], samples.metric[reach:-reach], samples.metric[2 * reach :]
    to_middle, from_middle, chord = (np.hypot(*(b - a).T) for a, b in ((first, middle), (middle, last), (first, last)))
    ahead, across = middle - first, last - first
    twice_area = np.abs(ahead[:, 0] * across[:, 1] - ahead[:, 1] * across[:, 0])
    with np.errstate(divide="ignore", invalid="ignore"):
        radius = np.where(twice_area > 0, to_middle * from_middle * chord / (2 * twice_area), np.inf)
    coarse = samples.spacing_m > SUSTAINED_M / VERTICES_PER_CURVE
    drawn = ~(coarse[: -2 * reach] | coarse[reach:-reach] | coarse[2 * reach :])
    drawn &= samples.part[: -2 * reach] == samples.part[2 * reach :]
    radius = np.where(drawn & np.isfinite(radius), radius, np.inf)
    at = int(np.argmin(radius))
    if not radius[at] <= WIDEST_M:
        return None
    lon, lat = samples.lonlat[at + reach].tolist()
    return Curve(float(radius[at]), 2 * reach * step, float(samples.along_km[at + reach]), lon, lat)
