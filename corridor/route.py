"""What a reader's own file turns out to hold: the routes taken from it and everything noticed on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.faults import Finding, Severity


class GeojsonVerdict(StrEnum):
    """How a file stands to RFC 7946 and geometric validity alone."""

    VALID = "valid"
    WARNING = "warning"
    INVALID = "invalid"
    NOT_GEOJSON = "not-geojson"


@dataclass(frozen=True, eq=False)
class Route:
    """One route of a file: a line, or the parts of one, as (lon, lat) in degrees on WGS84.

    `heights_m` holds one height in metres per vertex over all parts (NaN where the file gives none), or None when the
    file has no heights. `stated_accuracy_m` is what the file itself says of its accuracy, None when it says nothing.
    `feature` is its index in the file. Properties are the file's own and must be shown as text only.
    """

    name: str
    line: shapely.LineString | shapely.MultiLineString
    properties: Mapping[str, object]
    heights_m: NDArray[np.float64] | None = None
    stated_accuracy_m: float | None = None
    feature: int | None = None

    @property
    def parts(self) -> tuple[shapely.LineString, ...]:
        """The parts in the order of the file; one for a single line."""
        return tuple(part for part in shapely.get_parts(self.line) if isinstance(part, shapely.LineString))


@dataclass(frozen=True, eq=False)
class Reading:
    """A file as read: what it is, what was noticed, and the routes that could be taken from it.

    `data` are the bytes as given and `sha256` their hash; `crs` is the reference system the coordinates are in
    ("OGC:CRS84" for RFC 7946), None when it is not known.
    """

    file: str
    data: bytes
    sha256: str
    format: str
    crs: str | None
    geojson: GeojsonVerdict
    findings: tuple[Finding, ...] = ()
    routes: tuple[Route, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether at least one route could be taken from the file."""
        return bool(self.routes)

    @property
    def worst(self) -> Severity | None:
        """The gravest severity among the findings, None without findings."""
        present = {finding.severity for finding in self.findings}
        return next((severity for severity in Severity if severity in present), None)
