"""What a document offers as routes: its lines by feature, their names, and how their coordinates can be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Bounds, segment_lengths_m
from corridor.reading.faults import shown
from corridor.reading.line_shape import LineShape
from corridor.reading.reference_systems import degrees_like, is_plain, named_system
from corridor.reading.structure import Node, PositionRun, Structure

NAMES = ("name", "Name", "NAME", "title", "Title", "label", "Label", "ref")
ACCURACIES = ("accuracy_m", "horizontal_accuracy_m", "accuracy")


@dataclass(frozen=True, slots=True, eq=False)
class PossibleRoute:
    """A feature, or a geometry standing alone, that holds lines; `name` is None when the file gives none.

    `path` is the JSON path of the feature or of the geometry.
    """

    path: str
    name: str | None
    lines: tuple[PositionRun, ...]
    properties: Mapping[str, object]
    feature: int | None

    @property
    def arrays(self) -> list[NDArray[np.float64]]:
        """The (lon, lat) rows of each line."""
        return [run.lonlat for run in self.lines if run.lonlat is not None]

    @property
    def stated_accuracy_m(self) -> float | None:
        """What the properties say of the accuracy, in metres; None when they say nothing usable."""
        values = (self.properties.get(key) for key in ACCURACIES)
        stated = (float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool) and v > 0)
        return next(stated, None)


@dataclass(frozen=True, eq=False)
class Contents:
    """A document as a source of routes; `outer_system` is the reference system a format other than GeoJSON declares."""

    structure: Structure
    region: Bounds
    outer_system: str | None = None

    @cached_property
    def lines(self) -> tuple[PositionRun, ...]:
        """The lines whose positions are all numbers, two or more of them."""
        runs = self.structure.runs
        return tuple(run for run in runs if run.role == "line" and run.lonlat is not None and len(run.lonlat) >= 2)

    @cached_property
    def courses(self) -> tuple[tuple[PositionRun, LineShape], ...]:
        """Each line with its course."""
        return tuple((run, LineShape(run.lonlat)) for run in self.lines if run.lonlat is not None)

    @cached_property
    def declared_systems(self) -> tuple[tuple[str, str], ...]:
        """(path, name) of every `crs` member that has a name."""
        found = []
        for node in self.structure.nodes:
            if node.type is not None and (name := named_system(node.value.get("crs"))):
                found.append((f"{node.path}/crs", name))
        return tuple(found)

    @cached_property
    def system(self) -> str | None:
        """The declared system the coordinates have to be converted from, None when they are lon/lat on WGS84."""
        names = [self.outer_system] if self.outer_system else [name for _, name in self.declared_systems]
        return next((name for name in names if not is_plain(name)), None)

    @cached_property
    def candidates(self) -> tuple[PossibleRoute, ...]:
        """Everything that holds a line, in the order of the file."""
        features = {node.path: node for node in self.structure.nodes if node.type == "Feature"}
        grouped: dict[str, list[PositionRun]] = {}
        for run in self.lines:
            owner = run.path.rpartition("/geometry/")[0] if "/geometry/" in run.path else ""
            grouped.setdefault(owner if owner in features else "", []).append(run)
        return tuple(_candidate(owner, features.get(owner), runs) for owner, runs in grouped.items())


def _candidate(path: str, feature: Node | None, runs: list[PositionRun]) -> PossibleRoute:
    value: dict[str, Any] = feature.value if feature is not None else {}
    given = value.get("properties")
    properties = given if isinstance(given, dict) else {}
    spoken = (properties.get(key) for key in NAMES)
    name = next((one.strip() for one in spoken if isinstance(one, str) and one.strip()), None)
    if name is None and isinstance(value.get("id"), str) and value["id"].strip():
        name = value["id"].strip()
    return PossibleRoute(path, None if name is None else shown(name, 200), tuple(runs), properties, runs[0].feature)


def in_degrees(lonlat: NDArray[np.float64]) -> bool:
    """Whether every row can be a longitude and a latitude."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    return degrees_like((lon.min(), lat.min(), lon.max(), lat.max()))


def segment_m(lonlat: NDArray[np.float64], index: int) -> float:
    """Return the geodesic length in metres of one segment."""
    return float(segment_lengths_m(lonlat[index : index + 2])[0])
