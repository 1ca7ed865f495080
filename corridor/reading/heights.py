"""Which of the third numbers of a line can be heights above sea level; what cannot is missing, never 0."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import METRES_PER_DEGREE, Values
from corridor.reading.faults import Json
from corridor.reading.position_runs import PositionRun
from corridor.reading.reference_systems import degrees_like
from corridor.reading.structure import Structure

#: The shore of the Dead Sea and a little more than Mount Everest: no ground lies lower or higher. Voids of height
#: models (-32768 of SRTM, -9999, 9999, 32767) lie beyond them.
LOWEST_M, HIGHEST_M = -430.0, 9_000.0
#: A height of exactly 0 between heights of so many metres on both sides stands for “none”.
ABOVE_ZERO_M = 100.0
#: A height jumps where it changes by more than so many metres at more than this slope and comes back as suddenly; the
#: steepest street in the world rises by 0.35 (Baldwin Street, Dunedin).
JUMP_M, JUMP_SLOPE = 100.0, 0.5
#: Vertices between a jump and its way back, at least, and as a share of the line: a longer one may be a plateau.
FEW, SHARE = 3, 0.1
#: The least positions of which it can be told that their third numbers are distances along the line; the units in which
#: those are, per metre: metres and feet rise as no ground does; of kilometres and miles more has to be certain, since
#: ground may rise by a metre in each kilometre.
LEAST_CHAINAGE = 6
STEEP_UNITS, FLAT_UNITS = (1.0, 3.28084), (0.001, 0.000621371)
#: The least heights of a line that are no chance when all are the same.
LEAST_EQUAL = 6
#: What `altitudeMode` of KML (OGC 07-147r2, 9.20) says when a third number is no height above sea level.
OVER_GROUND = ("relativeToGround", "relativeToSeaFloor")
ON_GROUND = ("clampToGround", "clampToSeaFloor")
OTHER_MODES = {mode.lower(): mode for mode in (*OVER_GROUND, *ON_GROUND)}


@dataclass(frozen=True, slots=True, eq=False)
class RunHeights:
    """The heights of one line in metres, vertex by vertex, NaN where there is none.

    `given` are the numbers as they stand in the file, `usable` those that can be right. `mode` is KML's altitudeMode
    where it says that they do not count from sea level, else "". `chainage` says that the numbers are distances along
    the line, as M values are that a program wrote in the place of heights.
    """

    run: PositionRun
    given: Values
    usable: Values
    mode: str
    chainage: bool = False

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """Which vertices have a number that cannot be a height."""
        left_out: NDArray[np.bool_] = np.isfinite(self.given) & ~np.isfinite(self.usable)
        return left_out & np.bool_(not (self.mode or self.chainage or self.all_zero))

    @property
    def all_zero(self) -> bool:
        """Whether every height is 0, which programs write for none."""
        known = self.given[np.isfinite(self.given)]
        return bool(len(known)) and not known.any()

    @property
    def all_equal(self) -> bool:
        """Whether many heights are all one and the same, which programs fill in for what they do not know."""
        known = self.usable[np.isfinite(self.usable)]
        return len(known) >= LEAST_EQUAL and bool((known == known[0]).all())

    @property
    def with_usable(self) -> PositionRun:
        """The run with the usable heights alone; without any where there is none."""
        beyond = self.usable[:, None] if np.isfinite(self.usable).any() else None
        return self.run.with_numbers(self.run.lonlat, beyond)


def heights_of(structure: Structure) -> dict[str, RunHeights]:
    """Return the heights of each line that has a third number, by the JSON path of the line."""
    heights: dict[str, RunHeights] = {}
    for run in structure.runs:
        if run.role == "line" and run.lonlat is not None and run.beyond is not None:
            mode = _mode(structure.feature_of(run)[1])
            given = run.beyond[:, 0]
            chainage = not mode and is_chainage(run.lonlat, given)
            none = mode or chainage
            usable = np.full(len(given), np.nan) if none else usable_heights(run.lonlat, given)
            heights[run.path] = RunHeights(run, given, usable, mode, chainage)
    return heights


def _mode(feature: Json) -> str:
    """Return the altitude mode a feature states where it is other than above sea level, else ""."""
    properties = feature.get("properties") if feature is not None else None
    said = properties.get("altitudeMode") if isinstance(properties, dict) else None
    return OTHER_MODES.get(said.strip().lower(), "") if isinstance(said, str) else ""


def is_chainage(lonlat: NDArray[np.float64], numbers: Values) -> bool:
    """Whether numbers along a line grow, or fall, evenly with the distance along it, in a unit people measure in."""
    known = np.flatnonzero(np.isfinite(numbers))
    # A file may hold numbers whose differences and squares are none; no unit fits those.
    with np.errstate(all="ignore"):
        steps = np.diff(numbers[known])
        if len(known) < LEAST_CHAINAGE or not ((steps >= 0).all() or (steps <= 0).all()) or not steps.any():
            return False
        along = np.concatenate([[0.0], np.cumsum(_metres(lonlat, np.arange(len(lonlat) - 1)))])[known]
        x, y = along - along.mean(), numbers[known] - numbers[known].mean()
        slope = float((x * y).sum() / (x * x).sum())
        off = float(np.abs(y - slope * x).max() / np.ptp(y))
    return any(
        abs(abs(slope) / unit - 1) < within and off < within
        for units, within in ((STEEP_UNITS, 0.05), (FLAT_UNITS, 0.005))
        for unit in units
    )


def possible(metres: float) -> bool:
    """Whether a height above sea level can be that of ground."""
    return LOWEST_M <= metres <= HIGHEST_M


def usable_heights(lonlat: NDArray[np.float64], heights: Values) -> Values:
    """Return the heights of a line with NaN for those that cannot be right.

    `lonlat` is (n, 2) in degrees, or in metres for a line in a projected system; all zero means that there are none.
    """
    usable = heights.copy()
    with np.errstate(invalid="ignore"):
        usable[(heights < LOWEST_M) | (heights > HIGHEST_M) | ~np.isfinite(heights)] = np.nan
    known = np.flatnonzero(np.isfinite(usable))
    if not usable[known].any():
        usable[known] = np.nan
        return usable
    usable[known[_zeros_between(usable[known]) | _zeros_at_ends(lonlat[known], usable[known])]] = np.nan
    known = np.flatnonzero(np.isfinite(usable))
    usable[known[_jumping(lonlat[known], usable[known])]] = np.nan
    return usable


def _zeros_between(heights: Values) -> NDArray[np.bool_]:
    """Return which of known heights are 0 amid others far from it."""
    zero: NDArray[np.bool_] = heights == 0
    if not zero.any():
        return zero
    other = np.flatnonzero(~zero)
    after = np.searchsorted(other, np.arange(len(heights)))
    inside = zero & (after > 0) & (after < len(other))
    before_m = heights[other[np.maximum(after - 1, 0)]]
    after_m = heights[other[np.minimum(after, len(other) - 1)]]
    between: NDArray[np.bool_] = inside & (before_m >= ABOVE_ZERO_M) & (after_m >= ABOVE_ZERO_M)
    return between


def _zeros_at_ends(lonlat: NDArray[np.float64], heights: Values) -> NDArray[np.bool_]:
    """Return which of known heights are the zeros before a first height, or after a last one, that no slope leads to.

    A receiver that has no height yet writes 0.
    """
    at_ends = np.zeros(len(heights), dtype=bool)
    other = np.flatnonzero(heights != 0)
    if len(other) in (0, len(heights)):
        return at_ends
    first, last = int(other[0]), int(other[-1])
    for inner, step, zeros in ((first, first - 1, slice(0, first)), (last, last, slice(last + 1, None))):
        rise = abs(float(heights[inner]))
        if len(heights[zeros]) and rise > max(JUMP_M, JUMP_SLOPE * float(_metres(lonlat, np.array([step]))[0])):
            at_ends[zeros] = True
    return at_ends


def _jumping(lonlat: NDArray[np.float64], heights: Values) -> NDArray[np.bool_]:
    """Return which of known heights lie between a jump and the jump back, or beyond one near an end."""
    jumping = np.zeros(len(heights), dtype=bool)
    rise = np.diff(heights)
    high = np.flatnonzero(np.abs(rise) > JUMP_M)
    cliffs = high[np.abs(rise[high]) > JUMP_SLOPE * _metres(lonlat, high)].tolist() if len(high) else []
    most = max(FEW, int(SHARE * len(heights)))
    at = 0
    while at < len(cliffs) and len(heights) > 2 * FEW:
        here = cliffs[at]
        following = cliffs[at + 1] if at + 1 < len(cliffs) else None
        if following is not None and following - here <= most and rise[here] * rise[following] < 0:
            jumping[here + 1 : following + 1] = True
            at += 1
        elif here < FEW:
            jumping[: here + 1] = True
        elif len(heights) - 1 - here <= FEW:
            jumping[here + 1 :] = True
        at += 1
    return jumping


def _metres(lonlat: NDArray[np.float64], segments: NDArray[np.int64]) -> Values:
    """Return the rough lengths of some segments, to a percent."""
    start, end = lonlat[segments], lonlat[segments + 1]
    low, high = lonlat.min(axis=0), lonlat.max(axis=0)
    with np.errstate(over="ignore", invalid="ignore"):
        step = end - start
        if degrees_like((low[0], low[1], high[0], high[1])):
            step = step * METRES_PER_DEGREE
            step[:, 0] *= np.cos(np.radians(start[:, 1]))
        lengths: Values = np.hypot(step[:, 0], step[:, 1])
    return lengths
