"""Where lines run over ground that another line, or an earlier part of the same one, has covered already.

Lines are looked at every STEP_M metres. A place is covered again when a place that counts before it lies within
BESIDE_M, runs parallel to it, and goes on doing so for long enough; so a crossing, a bend and a hairpin are none. Two
carriageways are two: three or more legs abreast, as over a field or in a survey, and laps of one line that run the same
way are legs of their own, which all count.

Where the thresholds come from: the axes of two carriageways lie 11 m (a median of 4 m) to 45 m (a median of 30 m, the
widest usual on motorways) apart, and two tracks of a railway 4 to 5 m; hence BESIDE_M. The legs of a hairpin leave each
other: at a distance d from the bend they differ in height by 2 g d with the grade g and lie 2 g d / t apart on a slope
with the tangent t. For a steep road (8 %) on a slope of 45 degrees that is BESIDE_M at 310 m, for a railway (2.5 %) on
one of 45 degrees at 1,000 m; hence FOLD_M for what runs back along itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import MEAN_RADIUS_M, METRES_PER_DEGREE, Positions, Values
from corridor.reading.parallel_looks import BESIDE_M, LEG_M, NEIGHBOURS_M, SAME_M, Looks, Partners, partners

#: Metres of line for which two stretches have to stay beside each other: of two lines, and of one that runs back.
LEAST_BESIDE_M = 500.0
FOLD_M = 1_000.0
#: By how much the legs of what runs back lie farther apart at the end than at the bend, if they are two ways.
OPENING = 2.5
#: Metres of a line that lies beside another from end to end; a roundabout's half is shorter.
WHOLE_M = 300.0
#: Metres of line for which the same way has to be drawn again, so that a shared corner is no repeat.
AGAIN_M = 60.0
#: Metres of line in a square of four times BESIDE_M beyond which it has turned back there: the way across has 283 m.
ACROSS_M = 1.5 * 4 * BESIDE_M
#: Metres of line around the place where it turns back in which nothing has been compared yet.
FOLDED_M = 800.0
#: Metres of a repeated stretch over which it may leave the other, as where carriageways part round a hill.
HOLE_M = 500.0
#: Metres between two looks at a line, the most looks at all lines together, and the longest step that sees what lies
#: beside a line: of lines of more than 4,000 km together nothing is said.
STEP_M = 25.0
MOST_LOOKS = 40_000
LONGEST_STEP_M = 2 * BESIDE_M
#: Looks from which it is told whether a line runs back along itself.
FEW_LOOKS = 3
#: Looks within one square of BESIDE_M; more are a tangle, of which nothing can be said.
TANGLE = 32
#: Latitude in degrees beyond which nothing is looked for: the plane used has no place for the poles.
FARTHEST_NORTH = 85.0


@dataclass(frozen=True, slots=True)
class RepeatedRun:
    """A stretch of line number `line`, between two distances in metres from its start, that is covered already.

    `apart_m` is the distance from what it repeats (the median), `back` says that the line there runs back along itself,
    `own_leg` that it lies beside others as no second carriageway does, so that it counts.
    """

    line: int
    from_m: float
    to_m: float
    apart_m: float
    back: bool
    own_leg: bool = False

    @property
    def same(self) -> bool:
        """Whether the same way is drawn again, and not one beside it."""
        return self.apart_m <= SAME_M


def rough_lengths_m(lonlat: Positions) -> Values:
    """Return the lengths of the segments of a line (degrees) in metres on a sphere, true to half a hundredth."""
    east = np.diff(lonlat[:, 0]) * np.cos(np.radians((lonlat[:-1, 1] + lonlat[1:, 1]) / 2))
    return np.asarray(np.hypot(east, np.diff(lonlat[:, 1])) * METRES_PER_DEGREE)


def plane(lonlat: Positions) -> Positions:
    """Return positions in degrees in Mercator's plane, metres at the equator: angles are true, lengths only nearby."""
    north = np.radians(np.clip(lonlat[:, 1], -FARTHEST_NORTH, FARTHEST_NORTH))
    np.arctanh(np.sin(north, out=north), out=north)
    positions = np.column_stack([np.radians(lonlat[:, 0]), north])
    positions *= MEAN_RADIUS_M
    return positions


def repeated_runs(lines: Sequence[Positions], lengths_m: Sequence[Values]) -> list[RepeatedRun]:
    """Return the stretches of lines ((n, 2) degrees) that earlier lines, or they themselves, have covered before.

    `lengths_m` are the rough lengths of their segments. The order of the lines says which is covered and which counts.
    The cost is that of MOST_LOOKS places at most, however many vertices there are.
    """
    totals = np.array([float(lengths.sum()) for lengths in lengths_m])
    looks = _looks(lines, lengths_m, totals)
    if looks is None:
        return []
    again = _suspects(looks)
    if len(again) < 2:
        return []
    return _runs(looks, partners(looks, again), totals)


def _looks(lines: Sequence[Positions], lengths_m: Sequence[Values], totals: Values) -> Looks | None:
    step = max(STEP_M, float(totals.sum()) / MOST_LOOKS)
    kept = np.flatnonzero(totals >= AGAIN_M)
    if not len(kept) or totals.sum() < 2 * AGAIN_M or step > LONGEST_STEP_M:
        return None
    counts = np.maximum(3, np.ceil(totals[kept] / step)).astype(int)
    line = np.repeat(kept, counts)
    number = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
    along = (number + 0.5) * np.repeat(totals[kept] / counts, counts)
    # One line after the other on one scale: where two meet there is no look.
    before = np.concatenate([[0.0], np.cumsum(totals[kept])])[:-1]
    sizes = np.array([len(lines[n]) for n in kept.tolist()])
    rows, ends = np.empty((sizes.sum(), 2)), np.empty(sizes.sum())
    begin = np.cumsum(sizes) - sizes
    for n, first, start, end in zip(kept.data, before.data, begin.data, (begin + sizes).data, strict=True):
        rows[start:end], ends[start] = lines[n], first
        ends[start + 1 : end] = first + np.cumsum(lengths_m[n])
    at = along + np.repeat(before, counts)
    lonlat = np.column_stack([np.interp(at, ends, rows[:, 0]), np.interp(at, ends, rows[:, 1])])
    place = plane(lonlat)
    # The direction over two steps: that of a single segment is noise in a recorded track.
    looks = np.arange(len(line))
    heading = place[looks + (number + 1 < np.repeat(counts, counts))] - place[looks - (number > 0)]
    size = np.hypot(heading[:, 0], heading[:, 1])
    stretch = 1 / np.cos(np.radians(np.clip(lonlat[:, 1], -FARTHEST_NORTH, FARTHEST_NORTH)))
    return Looks(line, along, place, heading / np.where(size > 0, size, 1.0)[:, None], stretch, step)


def _suspects(looks: Looks) -> NDArray[np.intp]:
    """Return the looks in squares that lines come to twice, tangles left out; of an honest line hardly any."""
    suspect = np.zeros(len(looks.line), bool)
    width = 4 * BESIDE_M * float(np.median(looks.stretch))
    for shift in (0.0, width / 2):
        # A run beside another cannot lie along the edge of a square in both grids.
        square = _squares(looks.place + shift, width)
        order = np.lexsort((looks.along, looks.line, square))
        same = np.diff(square[order]) == 0
        far = (np.diff(looks.line[order]) != 0) | (np.diff(looks.along[order]) > NEIGHBOURS_M)
        twice = np.unique(square[order][1:][same & far])
        # Around the place where a line turns back its two legs are one run of looks, longer than any way across.
        ends = np.flatnonzero(np.concatenate([~same | (np.diff(looks.line[order]) != 0), [True]]))
        begins = np.concatenate([[0], ends[:-1] + 1])
        folded = square[order][ends[looks.along[order][ends] - looks.along[order][begins] > ACROSS_M]]
        suspect |= np.isin(square, np.union1d(twice, folded))
    small = _squares(looks.place, width / 4)
    _, which, counts = np.unique(small, return_inverse=True, return_counts=True)
    return np.flatnonzero(suspect & (counts[which] <= TANGLE))


def _squares(place: Positions, width: float) -> NDArray[np.int64]:
    row, column = np.floor(place[:, 0] / width).astype(np.int64), np.floor(place[:, 1] / width).astype(np.int64)
    return np.asarray((row << 31) + column)


def _runs(looks: Looks, beside: Partners, totals: Values) -> list[RepeatedRun]:
    """Return the runs in which partners follow each other, where they go on for long enough."""
    later, earlier, apart = beside.later, beside.earlier, beside.apart
    if not len(later):
        return []
    line, at = looks.line[later], looks.along[later]
    of, of_at = looks.line[earlier], looks.along[earlier]
    gone, of_gone = np.diff(at), np.abs(np.diff(of_at))
    together = of_gone <= 1.5 * gone + 3 * looks.step
    hole = (gone > 3 * looks.step) & ((gone > HOLE_M) | (of_gone < gone / 1.5))
    breaks = (np.diff(line) != 0) | ((np.diff(of) == 0) & (~together | hole)) | (gone > HOLE_M)
    starts = np.concatenate([[0], np.flatnonzero(breaks) + 1, [len(later)]])
    runs = []
    for first, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        last = end - 1
        number, total = int(line[first]), float(totals[line[first]])
        half = looks.step / 2
        from_m, to_m = float(at[first]) - half, float(at[last]) + half
        itself = int(of[first]) == number
        back = itself and last > first and bool(of_at[min(last, first + FEW_LOOKS)] < of_at[first])
        gap = float(at[first] - of_at[first])
        near = gap <= NEIGHBOURS_M + 4 * looks.step
        if back and (near or (gap <= FOLDED_M and _mirrored(looks, int(earlier[first]), int(later[first])))):
            from_m = float(at[first] + of_at[first]) / 2
        from_m = 0.0 if from_m <= 2 * looks.step else from_m
        to_m = total if to_m >= total - 2 * looks.step else to_m
        between = float(np.median(apart[first:end]))
        whole = from_m == 0.0 and to_m == total
        if back and between > SAME_M and _opens(apart[first:end]):
            continue
        least = AGAIN_M if between <= SAME_M else WHOLE_M if whole else FOLD_M if itself else LEAST_BESIDE_M
        if to_m - from_m >= least and (end - first) * looks.step >= (to_m - from_m) / 2:
            lap = itself and not back and between > LEG_M
            own_leg = between > SAME_M and (lap or bool(beside.abreast[first:end].mean() > 1 / 2))
            runs.append(RepeatedRun(number, from_m, to_m, between, back, own_leg))
    return _merged(runs, 6 * looks.step)


def _mirrored(looks: Looks, first: int, last: int) -> bool:
    """Whether a line runs out and back between two looks at it, and not round a loop."""
    out, back = looks.place[first : last + 1], looks.place[first : last + 1][::-1]
    apart = np.hypot(*(out - back).T) / looks.stretch[first : last + 1]
    return bool(apart.max() <= BESIDE_M + looks.step)


def _opens(apart: Values) -> bool:
    """Whether two stretches lie ever farther apart, as the legs of a hairpin or of a spike do."""
    quarter = max(1, len(apart) // 4)
    return bool(apart[-quarter:].mean() > OPENING * apart[:quarter].mean())


def _merged(runs: list[RepeatedRun], within_m: float) -> list[RepeatedRun]:
    """Return runs with those made one that follow each other on a line with hardly anything between."""
    merged: list[RepeatedRun] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last is None or last.line != run.line:
            merged.append(run)
        elif run.from_m - last.to_m <= within_m and (last.same, last.own_leg) == (run.same, run.own_leg):
            apart = max(last.apart_m, run.apart_m)
            to_m, back = max(run.to_m, last.to_m), last.back or run.back
            merged[-1] = replace(last, to_m=to_m, apart_m=apart, back=back)
        elif run.from_m < last.to_m:
            merged.append(replace(run, from_m=last.to_m, to_m=max(run.to_m, last.to_m)))
        else:
            merged.append(run)
    return merged
