"""Looks at a line at even distances, so that what is asked of it takes as long for a dense file as for a coarse one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Values, positions_to_metric, segment_lengths_m
from corridor.land.line_rows import AT_A_TIME, LineRows

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
    def strings(self) -> LineRows:
        """The samples of each part with the part's two ends, in metres of the corridor's UTM zone."""
        return self._strings(0, len(self.ends))

    def some_strings_at_a_time(self) -> Iterator[LineRows]:
        """Yield the same some parts at a time, so many that an object for each is of no weight."""
        for start in range(0, len(self.ends), AT_A_TIME):
            yield self._strings(start, min(start + AT_A_TIME, len(self.ends)))

    def _strings(self, start: int, end: int) -> LineRows:
        first = np.searchsorted(self.part, np.arange(start, end + 1))
        here = first - first[0]
        at = np.column_stack([here[:-1], here[1:]]).ravel()
        rows = np.insert(self.metric[first[0] : first[-1]], at, self.ends[start:end].reshape(-1, 2), axis=0)
        return LineRows(rows, here + 2 * np.arange(len(here)))


@dataclass(frozen=True, eq=False, slots=True)
class Vertices:
    """The positions (degrees) of each part of a line and the geodesic length in metres of each of its segments."""

    positions: LineRows
    lengths_m: LineRows

    @property
    def total_m(self) -> float:
        """The length of all parts in metres."""
        return float(sum(self.part_lengths_m.tolist()))

    @property
    def part_lengths_m(self) -> Values:
        """The length of each part in metres."""
        return sums(self.lengths_m)


def sums(numbers: LineRows) -> Values:
    """Return the sum of the numbers of each line; most of thousands have but one."""
    totals = np.zeros(len(numbers))
    single = numbers.counts == 1
    totals[single] = numbers.rows[numbers.first[:-1][single]]
    for number in np.flatnonzero(~single).tolist():
        totals[number] = numbers[number].sum()
    return totals


def vertices(positions: LineRows) -> Vertices:
    """Return the vertices of a line in parts, each segment measured once."""
    lengths = segment_lengths_m(positions.rows)
    if len(positions) > 1:
        # Measured in one go, with what leads from each part to the next, which is left out.
        lengths = np.delete(lengths, positions.first[1:-1] - 1)
    return Vertices(positions, LineRows(lengths, positions.first - np.arange(len(positions.first))))


def sample(line: Vertices, at_most: int = MOST_SAMPLES) -> Samples:
    """Return the samples of a line; the same places whichever way a part is drawn."""
    step = max(STEP_M, line.total_m / at_most)
    totals = line.part_lengths_m
    before_km = np.concatenate([[0.0], np.cumsum(totals / 1000.0)[:-1]])
    several = np.flatnonzero(line.lengths_m.counts != 1)
    along_ends = [np.concatenate([[0.0], np.cumsum(line.lengths_m[number])]) for number in several.tolist()]
    totals[several] = [ends[-1] for ends in along_ends]
    # The last digit of a sum depends on the direction; it must not decide how many samples there are.
    counts = np.maximum(1, np.ceil(totals / step - 1e-6).astype(int))
    part = np.repeat(np.arange(len(totals)), counts)
    first = np.cumsum(counts) - counts
    at = (np.arange(len(part)) - first[part] + 0.5) * (totals / counts)[part]
    # The segment each sample lies on, and how far along it.
    on = line.lengths_m.first[part]
    from_m = np.zeros(len(part))
    for number, ends in zip(several.tolist(), along_ends, strict=True):
        here = slice(first[number], first[number] + counts[number])
        segment = np.clip(np.searchsorted(ends, at[here], side="right") - 1, 0, len(ends) - 2)
        on[here] += segment
        from_m[here] = ends[segment]
    spacing = line.lengths_m.rows[on]
    with np.errstate(invalid="ignore", divide="ignore"):
        fraction = np.where(spacing > 0, (at - from_m) / spacing, 0.0)
    # A part has one vertex more than segments.
    start = line.positions.rows[on + part]
    lonlat = start + fraction[:, None] * (line.positions.rows[on + part + 1] - start)
    sag = 4 * SAGITTA * spacing * fraction * (1 - fraction)
    share = (totals / counts / 1000.0)[part]
    ends = np.stack([line.positions.starts, line.positions.ends], axis=1)
    metric = positions_to_metric(lonlat)
    metric_ends = positions_to_metric(ends.reshape(-1, 2)).reshape(-1, 2, 2)
    return Samples(lonlat, metric, before_km[part] + at / 1000.0, share, spacing, sag, part, step, metric_ends)
