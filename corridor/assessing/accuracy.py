"""How exact a line and a border are, and so how near a border is too near to say on which side a line lies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.assessing.region import Region
from corridor.assessing.sampling import SAGITTA, Samples, Vertices
from corridor.land.geodesy import METRES_PER_DEGREE, Values
from corridor.quantities import metres, within

#: Decimals that are looked for; a file with more is exact to less than a metre, which no border here is.
MOST_DECIMALS = 6
#: Metres of doubt about the reference system that are not worth a word; a border here is known to ten metres at best.
LEAST_WIDENING_M = 0.1
#: Vertices looked at for decimals; all of a longer line would say the same.
LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What a reader sets instead of the data's own accuracies, in metres; None leaves the data's."""

    border_m: float | None = None
    line_m: float | None = None


AS_THE_DATA = Tolerance()


@dataclass(frozen=True, slots=True)
class LineAccuracy:
    """How exact a line is.

    `metres` holds for the line as a whole, `at_vertex_m` for a vertex, one for all parts or one for each; `by_spacing`
    says that between vertices the line may also leave its chord, by the sag of the segment. `says` names where the
    number comes from.
    """

    metres: float
    at_vertex_m: tuple[float, ...]
    by_spacing: bool
    says: str

    def at(self, sag_m: Values, part: NDArray[np.intp]) -> Values:
        """Return the accuracy in metres of places where the sag is `sag_m`, on the parts numbered `part`."""
        several = len(self.at_vertex_m) > 1
        vertex = np.array(self.at_vertex_m)[part] if several else np.full(len(sag_m), self.at_vertex_m[0])
        return np.maximum(vertex, sag_m) if self.by_spacing else vertex

    def widened(self, by_m: float) -> "LineAccuracy":
        """Return the accuracy of the same line if all of it may also lie so many metres elsewhere."""
        if by_m < LEAST_WIDENING_M:
            return self
        says = f"{self.says}. The reference system adds {within(by_m)}: {within(self.metres + by_m)} in all"
        return LineAccuracy(self.metres + by_m, tuple(m + by_m for m in self.at_vertex_m), self.by_spacing, says)


def line_accuracy(
    line: Vertices,
    samples: Samples,
    stated_m: Sequence[float],
    tolerance: Tolerance = AS_THE_DATA,
    system_m: float = 0.0,
) -> LineAccuracy:
    """Return how exact a line is: as set by the reader, else as stated, else from its vertices.

    `system_m` is by how much the whole line may lie elsewhere because of its reference system, which adds to the latter
    two. `stated_m` is empty when nothing is stated, holds one number for the whole line or one for each part.

    From its vertices: half of the last decimal given, and between vertices the sagitta of a right-angled turn.
    """
    if tolerance.line_m is not None:
        says = f"set by the reader: {within(tolerance.line_m)}"
        return LineAccuracy(tolerance.line_m, (tolerance.line_m,), False, says)
    return _of_the_data(line, samples, stated_m).widened(system_m)


def _of_the_data(line: Vertices, samples: Samples, stated_m: Sequence[float]) -> LineAccuracy:
    if len(stated_m) == 1:
        return LineAccuracy(stated_m[0], tuple(stated_m), False, f"stated: {within(stated_m[0])}")
    if stated_m:
        middle = float(np.median(np.array(stated_m)[samples.part]))
        says = f"stated part by part: {within(min(stated_m))} to {within(max(stated_m))}, for half of the length "
        return LineAccuracy(middle, tuple(stated_m), False, says + f"{within(middle)} or better")
    digit = half_last_digit_m(line)
    spacing = typical_spacing_m(samples)
    says = (
        f"from how the line is drawn: along half of it, points are {metres(spacing)} apart or more. A bend between two "
        f"may lie {metres(SAGITTA * spacing)} off it; the numbers in the file are rounded to {within(digit)}"
    )
    return LineAccuracy(max(digit, SAGITTA * spacing), (digit,), True, says)


def half_last_digit_m(line: Vertices) -> float:
    """Return half a unit of the last decimal the coordinates use, in metres of latitude."""
    positions = line.positions.rows
    some = positions[:: max(1, len(positions) // LOOKED_AT)]
    for decimals in range(MOST_DECIMALS):
        if np.abs(some - np.round(some, decimals)).max() < 10.0 ** -(MOST_DECIMALS + 3):
            return 0.5 * 10.0**-decimals * METRES_PER_DEGREE
    return 0.5 * 10.0**-MOST_DECIMALS * METRES_PER_DEGREE


def typical_spacing_m(samples: Samples) -> float:
    """Return the segment length in metres that half of the line's length reaches (median weighted by length)."""
    return float(np.median(samples.spacing_m))


def border_accuracies(region: Region, numbers: NDArray[np.intp], tolerance: Tolerance) -> Values:
    """Return the accuracy in metres of each border by its number in the region, or what the reader set for all."""
    if tolerance.border_m is not None:
        return np.full(len(numbers), tolerance.border_m)
    accuracies: Values = region.accuracies_m[numbers]
    return accuracies
