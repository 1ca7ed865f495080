"""Where km along a line and metres above the sea lie in a drawing of the ground, and the round numbers at its edges."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10

from corridor.assessing.ground_profile import GroundProfile
from corridor.present.typography.typefaces import width

#: Ticks at most along each of the two edges, and points of width a tick of km takes at least.
MOST_HEIGHTS, MOST_KM, KM_ROOM = 5, 10, 46.0
#: The least height of a plot in metres, so that a plain looks like one.
LEAST_M = 400.0


@dataclass(frozen=True, slots=True)
class BandScales:
    """The plot of a drawing in points, y downwards, and what its edges stand for: km 0 to `length_km`, metres."""

    left: float
    top: float
    right: float
    bottom: float
    length_km: float
    low_m: float
    high_m: float
    height_ticks: tuple[float, ...]
    km_ticks: tuple[float, ...]

    def x(self, km: float) -> float:
        """Return where a distance from the start lies."""
        return self.left + (self.right - self.left) * min(max(km / self.length_km, 0.0), 1.0)

    def y(self, height_m: float) -> float:
        """Return where a height above sea level lies."""
        return self.bottom - (self.bottom - self.top) * (height_m - self.low_m) / (self.high_m - self.low_m)

    @property
    def times_higher(self) -> float:
        """How many times as large as lengths heights are drawn, to two digits."""
        along = self.length_km * 1000.0 / (self.right - self.left)
        up = (self.high_m - self.low_m) / (self.bottom - self.top)
        times = along / up
        digits = 1 - floor(log10(times))
        return round(times, digits)

    def moved_down(self, by: float) -> "BandScales":
        """Return the same plot further down the page."""
        return replace(self, top=self.top + by, bottom=self.bottom + by)


def band_scales(
    ground: GroundProfile, heights_m: Sequence[float], wide: float, high: float, letters: float
) -> BandScales:
    """Return the plot of the ground and of further heights, `wide` by `high` points, with letters of a size."""
    ground_m = [float(step.highest_m or 0) for step in ground.steps]
    most, least = max([*ground_m, *heights_m, LEAST_M]), min([0.0, *heights_m])
    step = _round_step((most - least) / MOST_HEIGHTS)
    low_m, high_m = floor(least / step) * step, ceil(most / step) * step
    ticks = tuple(float(low_m + number * step) for number in range(round((high_m - low_m) / step) + 1))
    left = max(width(f"{tick:,.0f} m", letters) for tick in ticks) + letters / 2
    length_km = max(ground.steps[-1].to_km, 1e-6)
    km_step = _round_step(length_km / max(1.0, min(MOST_KM, (wide - left) / KM_ROOM)))
    km_ticks = tuple(number * km_step for number in range(floor(length_km / km_step + 1e-9) + 1))
    # Half a number of km has room beyond the end.
    right = wide - width(f"{km_ticks[-1]:,g} km", letters) / 2
    return BandScales(left, 0.0, right, high, length_km, low_m, high_m, ticks, km_ticks)


def _round_step(least: float) -> float:
    """Return the least of 1, 2 and 5 times a power of ten that is not below `least`."""
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= least * (1 - 1e-9))
