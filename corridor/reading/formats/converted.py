"""What a file in another format becomes: features of GeoJSON, the text of a GeoJSON file, or a reason why neither."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from corridor.land.line_rows import LineRows
from corridor.quantities import counted
from corridor.reading.faults import Check, FindingsWithSpots, Json, JsonMembers
from corridor.reading.formats.beside import BESIDE_CHECKS, Beside
from corridor.reading.formats.feature_texts import FeatureTexts, positions
from corridor.reading.formats.reading_checks import FORMAT_CHECKS, Attempt
from corridor.reading.formats.single_points import SINGLE_POINT_CHECKS, leave_out_single_points
from corridor.reading.structure import LINES

#: How much a file has of what is looked for in it.
NOTHING, FEATURES, A_LINE = range(3)


@dataclass(frozen=True, eq=False)
class Converted:
    """A file in another format: the GeoJSON document made of it, None when nothing could be.

    Its features are kept as texts, their coordinates as they stand in the file; a `crs` member names any system that is
    not lon/lat on WGS84. `geojson` holds the text instead when the file was only a wrapping around JSON. `text` is what
    offsets of findings count in, None where they are of no use. `linked` are further members of an archive that were
    read with the file.
    """

    format: str
    findings: FindingsWithSpots
    document: Json = None
    geojson: bytes | None = None
    text: bytes | None = None
    linked: tuple[str, ...] = ()


def run(checks: tuple[Check[Any], ...], subject: Json) -> FindingsWithSpots:
    """Return what checks find, each with the spot it was found at."""
    return [(check.finding(spot), spot) for check in checks for spot in check.find(subject)]


def noticed(attempt: Attempt) -> FindingsWithSpots:
    """Return what is to be said of an attempt at reading a file."""
    return run(FORMAT_CHECKS, attempt)


def stops(findings: FindingsWithSpots) -> bool:
    """Whether anything stands in the way of a route."""
    return any(finding.blocks for finding, _ in findings)


def collected(name: str, features: FeatureTexts, findings: FindingsWithSpots, beside: Beside) -> Converted:
    """Return features as a document, without those that have no geometry, which are counted."""
    placed = features.with_geometry()
    attempt = Attempt(name, unreadable=len(features) - len(placed), no_features=not len(features))
    features = placed
    left_out = leave_out_single_points(features)
    findings = findings + noticed(attempt) + run(BESIDE_CHECKS, beside) + run(SINGLE_POINT_CHECKS, left_out)
    document = {"type": "FeatureCollection", "features": features}
    return Converted(name, findings, document, linked=tuple(beside.linked))


def held_words(document: Json) -> str:
    """Return what a parsed document holds, in words: "2 lines, 3 points"; nothing where it holds neither.

    A line of several parts is one. Whether a route can be taken from it is not looked at, so none is promised.
    """
    counts: Counter[str] = Counter()
    for geometry in _geometries(document):
        if len(geometry["coordinates"]):
            counts["line"] += geometry.get("type") in LINES
            counts["point"] += geometry.get("type") in ("Point", "MultiPoint")
    return ", ".join(counted(counts[noun], noun) for noun in ("line", "point") if counts[noun])


def line_geometries(document: Json) -> Iterator[JsonMembers]:
    """Yield the geometries of a parsed document that are lines, one of several parts once."""
    each = _geometries(document)
    return (geometry for geometry in each if geometry.get("type") in LINES and len(geometry["coordinates"]))


def positions_in(document: Json) -> int:
    """Return how many positions a parsed document has; lists in lists of any depth are looked through."""
    total = 0
    for geometry in _geometries(document):
        if not isinstance(geometry["coordinates"], list):
            total += positions(geometry["coordinates"])
            continue
        below = [geometry["coordinates"]]
        while below:
            inner = [value for value in below.pop() if isinstance(value, list)]
            below += inner
            total += not inner
    return total


def worth(document: Json) -> int:
    """Return how much a parsed document holds of what is looked for: A_LINE, FEATURES without one, or NOTHING."""
    if next(line_geometries(document), None) is not None:
        return A_LINE
    return NOTHING if next(_geometries(document), None) is None else FEATURES


def _geometries(document: Json) -> Iterator[JsonMembers]:
    """Yield the objects of a document that have coordinates."""
    below: list[Iterator[Json]] = [iter([document])]
    while below:
        for value in below[-1]:
            if isinstance(value, dict):
                if isinstance(value.get("coordinates"), list | np.ndarray | LineRows):
                    yield value
                inner = (value.get(name) for name in ("features", "geometries"))
                below += [iter(members) for members in inner if isinstance(members, list | FeatureTexts)]
                below.append(iter([value.get("geometry")]))
                break
        else:
            below.pop()
