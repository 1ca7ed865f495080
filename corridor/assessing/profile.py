"""The heights a file carries along its line: profile, climb, and the steepest kilometre."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.assessing.sampling import Samples, Vertices
from corridor.land.geodesy import Values

#: Metres of line over which heights are averaged before climb is added up; raw heights add noise up as climb.
SMOOTHED_OVER_M = 200.0
#: Metres of line over which the steepest gradient is looked for.
STEEPEST_OVER_M = 1_000.0
#: Points of the profile that is drawn.
DRAWN = 400


@dataclass(frozen=True, slots=True)
class Profile:
    """Heights along a line in metres over the file's own datum, which a GeoJSON file does not state.

    `drawn` holds (km from the start, height in m); `known` is the share of vertices with a height; `steepest` is the
    gradient in per mille over a kilometre, None for a line that is shorter than that or flat.
    """

    lowest_m: float
    highest_m: float
    climb_m: float
    descent_m: float
    steepest_per_mille: float | None
    steepest_at_km: float | None
    known: float
    drawn: tuple[tuple[float, float], ...]


def profile(line: Vertices, samples: Samples, heights_m: NDArray[np.float64] | None) -> Profile | None:
    """Return the profile of a line, or None when the file has no heights.

    Between vertices heights run straight; where a vertex has none, its neighbours decide.
    """
    if heights_m is None or not np.isfinite(heights_m).any() or line.total_m <= 0:
        return None
    known = np.isfinite(heights_m)
    along = _along_km(line)
    heights = np.interp(samples.along_km, along[known], heights_m[known])
    step = float(samples.share_km[0]) * 1000.0
    smooth = _smoothed(heights, max(1, round(SMOOTHED_OVER_M / step)))
    steps = np.diff(smooth)
    reach = max(1, round(STEEPEST_OVER_M / step))
    steepest, at = None, None
    # Of heights that are all the same nothing is steepest.
    if len(smooth) > reach and np.ptp(heights_m[known]) > 0:
        slopes = np.abs(smooth[reach:] - smooth[:-reach]) / (reach * step) * 1000.0
        number = int(np.argmax(slopes))
        steepest, at = float(slopes[number]), float((samples.along_km[number] + samples.along_km[number + reach]) / 2)
    shown = np.linspace(0, len(heights) - 1, min(DRAWN, len(heights))).round().astype(int)
    return Profile(
        lowest_m=float(heights_m[known].min()),
        highest_m=float(heights_m[known].max()),
        climb_m=float(steps[steps > 0].sum()),
        descent_m=float(-steps[steps < 0].sum()),
        steepest_per_mille=steepest,
        steepest_at_km=at,
        known=float(known.mean()),
        drawn=tuple(zip(samples.along_km[shown].tolist(), heights[shown].tolist(), strict=True)),
    )


def _along_km(line: Vertices) -> Values:
    """Return the distance of every vertex from the start, parts one after the other."""
    before, along = 0.0, []
    for lengths in line.lengths_m:
        along.append(before + np.concatenate([[0.0], np.cumsum(lengths)]))
        before = float(along[-1][-1])
    return np.asarray(np.concatenate(along) / 1000.0)


def _smoothed(heights: Values, over: int) -> Values:
    """Return the running mean over `over` samples (an odd number), shorter towards the ends; the same both ways."""
    half = over // 2
    sums = np.concatenate([[0.0], np.cumsum(heights)])
    number = np.arange(len(heights))
    reach = np.minimum(np.minimum(number, len(heights) - 1 - number), half)
    return np.asarray((sums[number + reach + 1] - sums[number - reach]) / (2 * reach + 1))
