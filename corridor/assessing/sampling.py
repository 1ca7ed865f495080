"""Looks at a line at even distances, so that what is asked of it takes as long for a dense file as for a coarse one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Values, positions_to_metric, segment_lengths_m

#: Metres between two looks at a line, and the most looks; a line longer than their product is looked at less often.
STEP_M = 25.0
MOST_SAMPLES = 20_000
#: An arc that turns by a right angle between two vertices leaves its chord by tan(90° / 4) / 2 of the chord's length
#: (the sagitta of a circular arc); what a line does between two vertices is not known better than that.
SAGITTA = float(np.tan(np.pi / 8) / 2)


@dataclass(frozen=True, eq=False, slots=True)
class Samples:
    """Positions in the middle of equal steps along a line, in its order; over several parts one after the other.

    `lonlat` are degrees, `metric` metres of the corridor's UTM zone, `along_km` the distance from the start, `share_km`
    the length each sample stands for (together the whole line), `spacing_m` the length of the segment it lies on and
    `sag_m` how far an arc may leave the line there (0 at a vertex, SAGITTA of the segment in its middle). `ends` are
    the two ends of each part, in metres of the zone.
    """

    lonlat: Values
    metric: Values
    along_km: Values
    share_km: Values
    spacing_m: Values
    sag_m: Values
    part: NDArray[np.intp]
    step_m: float
    ends: Values

    @property
    def strings(self) -> list[Values]:
        """The samples of each part with the part's two ends, in metres of the corridor's UTM zone."""
        parts = np.split(self.metric, np.searchsorted(self.part, np.arange(1, len(self.ends))))
        return [np.vstack([ends[:1], part, ends[1:]]) for ends, part in zip(self.ends, parts, strict=True)]


@dataclass(frozen=True, eq=False, slots=True)
class Vertices:
    """The positions (degrees) of each part of a line and the geodesic length in metres of each of its segments."""

    positions: tuple[Values, ...]
    lengths_m: tuple[Values, ...]

    @property
    def total_m(self) -> float:
        """The length of all parts in metres."""
        return float(sum(lengths.sum() for lengths in self.lengths_m))


def vertices(parts: Sequence[shapely.LineString]) -> Vertices:
    """Return the vertices of a line in parts, each segment measured once."""
    if len(parts) == 1:
        positions = shapely.get_coordinates(parts[0])
        return Vertices((positions,), (segment_lengths_m(positions),))
    every, part = shapely.get_coordinates(np.array(parts, dtype=object), return_index=True)
    # Measured in one go, with what leads from each part to the next, which is left out.
    lengths = segment_lengths_m(every)
    edges = np.concatenate([[0], np.flatnonzero(np.diff(part)) + 1, [len(every)]]).tolist()
    return Vertices(
        tuple(every[a:b] for a, b in pairwise(edges)), tuple(lengths[a : b - 1] for a, b in pairwise(edges))
    )


def sample(line: Vertices, at_most: int = MOST_SAMPLES) -> Samples:
    """Return the samples of a line; the same places whichever way a part is drawn."""
    step = max(STEP_M, line.total_m / at_most)
    sampled, before = [], 0.0
    for number, (positions, lengths) in enumerate(zip(line.positions, line.lengths_m, strict=True)):
        sampled.append(_sample_part(positions, lengths, step, before, number))
        before += float(lengths.sum()) / 1000.0
    lonlat, along, share, spacing, sag, part = (np.concatenate(columns) for columns in zip(*sampled, strict=True))
    ends = np.vstack([corners[[0, -1]] for corners in line.positions])
    metric = positions_to_metric(np.vstack([lonlat, ends]))
    ends = metric[len(lonlat) :].reshape(-1, 2, 2)
    return Samples(lonlat, metric[: len(lonlat)], along, share, spacing, sag, part, step, ends)


def _sample_part(
    positions: Values, lengths: Values, step: float, before_km: float, number: int
) -> tuple[NDArray[Any], ...]:
    if len(lengths) == 1:
        return _sample_segment(positions, float(lengths[0]), step, before_km, number)
    ends = np.concatenate([[0.0], np.cumsum(lengths)])
    total = float(ends[-1])
    # The last digit of a sum depends on the direction; it must not decide how many samples there are.
    count = max(1, int(np.ceil(total / step - 1e-6)))
    at = (np.arange(count) + 0.5) * (total / count)
    on = np.clip(np.searchsorted(ends, at, side="right") - 1, 0, len(lengths) - 1)
    spacing = lengths[on]
    with np.errstate(invalid="ignore", divide="ignore"):
        fraction = np.where(spacing > 0, (at - ends[on]) / spacing, 0.0)
    lonlat = positions[on] + fraction[:, None] * (positions[on + 1] - positions[on])
    sag = 4 * SAGITTA * spacing * fraction * (1 - fraction)
    share = np.full(count, total / count / 1000.0)
    return lonlat, before_km + at / 1000.0, share, spacing, sag, np.full(count, number)


def _sample_segment(
    positions: Values, length: float, step: float, before_km: float, number: int
) -> tuple[NDArray[Any], ...]:
    """Return what `_sample_part` does of a part that is a single segment, as thousands of parts can be."""
    count = max(1, int(np.ceil(length / step - 1e-6)))
    at = (np.arange(count) + 0.5) * (length / count)
    fraction = at / length if length > 0 else np.zeros(count)
    lonlat = positions[0] + fraction[:, None] * (positions[1] - positions[0])
    sag = 4 * SAGITTA * length * fraction * (1 - fraction)
    share = np.full(count, length / count / 1000.0)
    return lonlat, before_km + at / 1000.0, share, np.full(count, length), sag, np.full(count, number)
