"""Files that hold nothing, each named by the format that its name promises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corridor.reading.faults import Check, FaultSpot, Severity, shown

#: Formats by the suffix of a file's name, as a sentence calls them.
BY_SUFFIX = {
    ".geojson": "GeoJSON", ".json": "JSON", ".geojsonl": "GeoJSON sequence", ".ndjson": "GeoJSON sequence",
    ".topojson": "TopoJSON", ".kml": "KML", ".kmz": "KMZ", ".gpx": "GPX", ".gpkg": "GeoPackage", ".zip": "zip",
    ".gz": "gzip", ".shp": "Shapefile", ".osm": "OSM XML", ".xml": "XML", ".csv": "CSV", ".tcx": "TCX", ".fit": "FIT",
    ".dxf": "DXF", ".tif": "GeoTIFF", ".html": "HTML", ".mbtiles": "MBTiles",
}  # fmt: skip
#: What is read as JSON, so that the rules of GeoJSON are broken by a file of the kind that holds nothing.
JSON_FORMATS = frozenset(("GeoJSON", "JSON", "GeoJSON sequence", "TopoJSON"))
#: Blanks, zeros and marks of encodings, and nothing else to the end. Nothing is tried twice.
NOTHING_IN_IT = re.compile(rb"[\0\s\x1e\xef\xbb\xbf\xfe\xff]*+\Z")
EMPTY = "file-empty"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file with its name; `inside` says that it is a member of an archive."""

    name: str
    data: bytes
    inside: bool = False


def is_empty(data: bytes) -> bool:
    """Whether a file holds nothing: no byte at all, or blanks and zeros alone."""
    return NOTHING_IN_IT.match(data) is not None


def format_by_name(name: str) -> str:
    """Return the format that a file's name promises; "unknown" for one that promises none."""
    _, dot, suffix = name.lower().rpartition(".")
    return BY_SUFFIX.get(dot + suffix, "unknown")


def _empty(file: NamedFile) -> Iterator[FaultSpot]:
    if is_empty(file.data):
        size = len(file.data)
        held = "" if not size else ", all zeros" if not file.data.strip(b"\0") else ", all of them blank"
        known = format_by_name(file.name)
        named = "" if known == "unknown" else f"{known} "
        inside = f" “{shown(file.name, 60)}” in the archive" if file.inside else ""
        yield FaultSpot(words={"size": size, "held": held, "named": named, "inside": inside})


EMPTY_CHECKS: tuple[Check[NamedFile], ...] = (
    Check(
        EMPTY,
        Severity.ERROR,
        "{size:byte|bytes}{held}: this {named}file{inside} is empty.",
        "Export or download it again, and see that it has a size before you send it.",
        _empty,
        blocks=True,
    ),
)
