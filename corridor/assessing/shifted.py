"""What changes when the place where a route crosses a border moves along that border: geometry only."""

from dataclasses import dataclass, replace

import numpy as np
import shapely

from corridor.assessing.accuracy import Tolerance
from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.neighbours import BorderCrossing
from corridor.assessing.region import Region
from corridor.land.geodesy import WGS84, Values, segment_lengths_m

#: Kilometres along the border by which a crossing is moved, in both directions.
MOVED_KM = (1.0, 3.0, 5.0)
#: The line is bent over this many times the distance moved, on either side, or to its end where that is nearer.
BENT_OVER = 4.0
#: Metres between two vertices of the bent part, at most, so that it keeps its shape.
BENT_STEP_M = 250.0
WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, eq=False, slots=True)
class Shift:
    """A crossing moved `km` along the border, towards `wind` as the crow flies, to a place in degrees.

    `assessment` is that of the bent line; None where the border ends before, after `border_ends_km`.
    """

    km: float
    wind: str
    lon: float
    lat: float
    assessment: Assessment | None
    border_ends_km: float | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Shifts:
    """A crossing as it stands, and moved; all measured with the line taken to be as exact as `line_m` throughout."""

    crossing: BorderCrossing
    line_m: float
    standing: Assessment
    moved: tuple[Shift, ...]


def shifts(assessment: Assessment, number: int, region: Region) -> Shifts:
    """Return what changes when crossing `number` (from 0) of a route moves along its border.

    The line is bent to the new place: every place of it moves with the crossing by a share that falls evenly from one
    at the crossing to nothing BENT_OVER times as far away along the line. Raises ValueError for a crossing that meets
    no border of the map.
    """
    crossing = assessment.measures.crossings[number]
    if crossing.border is None:
        raise ValueError("The line leaves the map's land there; there is no border to move along.")
    line_m = assessment.measures.accuracy.metres
    tolerance = Tolerance(assessment.measures.tolerance.border_m, line_m)
    border = _border_at(crossing, region)
    moved = [_moved(assessment, crossing, border, sign * km, region, tolerance) for sign in (-1, 1) for km in MOVED_KM]
    return Shifts(crossing, line_m, assess(replace(assessment.route, heights_m=None), region, tolerance), tuple(moved))


@dataclass(frozen=True, eq=False, slots=True)
class _Border:
    """A border as one line of (lon, lat) positions, how far each lies along it in m, and where the crossing does."""

    positions: Values
    along_m: Values
    here_m: float


def _border_at(crossing: BorderCrossing, region: Region) -> _Border:
    number = next(n for n, border in enumerate(region.borders) if border == crossing.border)
    joined = shapely.line_merge(region.border_shapes[number])
    here = shapely.Point(crossing.lon, crossing.lat)
    line = min(shapely.get_parts(joined), key=lambda part: float(shapely.distance(part, here)))
    positions = shapely.get_coordinates(line)
    along = np.concatenate([[0.0], np.cumsum(segment_lengths_m(positions))])
    degrees = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(positions, axis=0).T))])
    return _Border(positions, along, float(np.interp(shapely.line_locate_point(line, here), degrees, along)))


def _moved(
    assessment: Assessment, crossing: BorderCrossing, border: _Border, km: float, region: Region, tolerance: Tolerance
) -> Shift:
    at = border.here_m + km * 1000.0
    lon, lat = (float(np.interp(at, border.along_m, column)) for column in border.positions.T)
    wind = _wind(crossing, lon, lat)
    if not 0 <= at <= border.along_m[-1]:
        left = border.here_m if km < 0 else float(border.along_m[-1]) - border.here_m
        return Shift(abs(km), wind, lon, lat, None, left / 1000.0)
    bent = _bent(assessment, crossing, np.array([lon - crossing.lon, lat - crossing.lat]), abs(km) * BENT_OVER * 1000.0)
    return Shift(
        abs(km), wind, lon, lat, assess(replace(assessment.route, lines=bent, heights_m=None), region, tolerance)
    )


def _wind(crossing: BorderCrossing, lon: float, lat: float) -> str:
    azimuth = WGS84.inv(crossing.lon, crossing.lat, lon, lat)[0]
    return WINDS[round(azimuth / 45.0) % len(WINDS)]


def _bent(assessment: Assessment, crossing: BorderCrossing, move: Values, over_m: float) -> list[Values]:
    """Return the lines with its crossing moved by `move` degrees and bent over `over_m` metres to either side."""
    parts = list(assessment.route.lines)
    ends = np.cumsum([segment_lengths_m(part).sum() for part in parts])
    number = min(int(np.searchsorted(ends, crossing.at_km * 1000.0)), len(parts) - 1)
    here = crossing.at_km * 1000.0 - (float(ends[number - 1]) if number else 0.0)
    parts[number] = _bent_part(parts[number], here, move, over_m)
    return parts


def _bent_part(positions: Values, here: float, move: Values, over_m: float) -> Values:
    along = np.concatenate([[0.0], np.cumsum(segment_lengths_m(positions))])
    low, high = max(0.0, here - over_m), min(float(along[-1]), here + over_m)
    count = max(2, int(np.ceil((high - low) / BENT_STEP_M)))
    at = np.unique(np.concatenate([along, np.linspace(low, high, count + 1), [here]]))
    dense = np.column_stack([np.interp(at, along, column) for column in positions.T])
    # The ends of the line stay where they are.
    share = np.interp(at, [low, here, high], [0.0, 1.0, 0.0]) if low < here < high else np.zeros(len(at))
    return np.asarray(dense + share[:, None] * move)
