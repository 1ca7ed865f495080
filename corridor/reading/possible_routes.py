"""What of a document may be a route: a feature, or a geometry that stands alone, with its lines and its name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from corridor.reading.faults import JsonPath
from corridor.reading.feature_records import FeatureRecord
from corridor.reading.limits import LONGEST_ROUTE_KM
from corridor.reading.packed_runs import arrays_of
from corridor.reading.position_runs import PositionRun
from corridor.reading.repeats import rough_lengths_m
from corridor.reading.stated_accuracies import stated_m


@dataclass(frozen=True, slots=True, eq=False)
class PossibleRoute:
    """A feature, or a geometry standing alone, that holds lines; `name` is None when the file gives none.

    `holder` has its properties: they, or the record they are kept in. `named_by` is the member the name was taken from,
    "" for one that is simply a name, and `inherited` says that it is that of the folder or layer around the feature.
    `features` are the numbers of all features where their lines are read as one route, empty where it is one feature.
    `covered` are others of the file that lie wholly on it, or beside it as a second track or carriageway; of such a one
    `apart_m` says how far.
    """

    name: str | None
    lines: Sequence[PositionRun]
    holder: Mapping[str, object] | FeatureRecord
    named_by: str = ""
    inherited: bool = False
    features: tuple[int, ...] = ()
    covered: tuple["PossibleRoute", ...] = ()
    apart_m: float | None = None

    @property
    def properties(self) -> Mapping[str, object]:
        """The properties of the feature, or of what stands around its lines."""
        return self.holder.properties if isinstance(self.holder, FeatureRecord) else self.holder

    @property
    def feature(self) -> int | None:
        """The number of the feature, of the first where there are several; None for what stands in none."""
        return self.lines[0].feature

    @property
    def path(self) -> JsonPath:
        """The JSON path of the feature; "" for a geometry that stands in none."""
        return self.lines[0].path.rpartition("/geometry/")[0]

    @property
    def one_geometry(self) -> bool:
        """Whether all lines stand in one geometry of the file."""
        return len({run.path.rpartition("/coordinates")[0] for run in self.lines}) == 1

    @property
    def arrays(self) -> Sequence[NDArray[np.float64]]:
        """The (lon, lat) rows of each line."""
        return arrays_of(self.lines)

    @property
    def rows(self) -> Sequence[NDArray[np.float64]]:
        """The rows of each line: (lon, lat), and the height in metres where a line has heights (NaN for the others)."""
        if all(run.beyond is None for run in self.lines):
            return self.arrays
        return [
            np.column_stack([run.lonlat, np.full(run.count, np.nan) if run.beyond is None else run.beyond[:, 0]])
            for run in self.lines
            if run.lonlat is not None
        ]

    @property
    def too_long(self) -> bool:
        """Whether a route, whose lines are in degrees, is longer than any that is measured."""
        return self.rough_km > LONGEST_ROUTE_KM

    @property
    def rough_km(self) -> float:
        """The length in km of lines that are in degrees, true to half a hundredth."""
        return sum(float(rough_lengths_m(rows).sum()) for rows in self.arrays) / 1000

    @property
    def stated_accuracy_m(self) -> float | None:
        """What the properties say of the accuracy, in metres; None when they say nothing usable."""
        return stated_m(self.properties)


class RouteArrays(Sequence[Sequence[NDArray[np.float64]]]):
    """The arrays of candidates, made when they are asked for: all at once, those of thousands take much room."""

    def __init__(self, candidates: Sequence[PossibleRoute]) -> None:
        """Take the candidates."""
        self._candidates = candidates

    def __len__(self) -> int:
        """Return how many candidates there are."""
        return len(self._candidates)

    @overload
    def __getitem__(self, index: int) -> Sequence[NDArray[np.float64]]: ...
    @overload
    def __getitem__(self, index: slice) -> "RouteArrays": ...
    def __getitem__(self, index: int | slice) -> "Sequence[NDArray[np.float64]] | RouteArrays":
        """Return the (lon, lat) rows of each line of a candidate."""
        some = self._candidates[index]
        return some.arrays if isinstance(some, PossibleRoute) else RouteArrays(some)


def numbered(candidates: Iterable[PossibleRoute]) -> tuple[PossibleRoute, ...]:
    """Return candidates, numbered where several have the name of what is around them: "Lot 3 (1)", "Lot 3 (2)"."""
    routes = tuple(candidates)
    counts = Counter(candidate.name for candidate in routes if candidate.inherited)
    last: Counter[str | None] = Counter()
    named: list[PossibleRoute] = []
    for candidate in routes:
        if candidate.inherited and counts[candidate.name] > 1:
            last[candidate.name] += 1
            candidate = replace(candidate, name=f"{candidate.name} ({last[candidate.name]})")
        named.append(candidate)
    return tuple(named)


def without_length(runs: Iterable[PositionRun]) -> list[str]:
    """Return the paths of lines whose positions are all the same."""
    arrays = ((run.path, run.lonlat) for run in runs if run.lonlat is not None)
    return [path for path, rows in arrays if (rows[0] == rows[-1]).all() and (rows == rows[0]).all()]
