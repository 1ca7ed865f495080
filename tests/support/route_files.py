"""One line in the files of many programs, written by us as those programs write it: by the name of each file."""

import gzip
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas
import shapely

LINE = [[46.2, 38.9], [46.21, 38.91], [46.22, 38.9]]
OTHER = [[45.9, 39.1], [45.92, 39.12], [45.95, 39.11]]
COORDINATES = " ".join(f"{x},{y}" for x, y in LINE)
NAME = "Araz route"


def feature(line: list[list[float]] = LINE, name: str = NAME) -> dict[str, Any]:
    """Return a feature with one line."""
    geometry = {"type": "LineString", "coordinates": line}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def text(value: object) -> bytes:
    """Return a value as JSON on one line."""
    return json.dumps(value).encode()


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    """Return features as a collection."""
    return {"type": "FeatureCollection", "features": list(features)}


def kml(inside: str | None = None, root: str = "kml") -> bytes:
    """Return a KML text around placemarks, in a root of another name where one is given."""
    line = (
        f"<Placemark><name>{NAME}</name><LineString><coordinates>{COORDINATES}</coordinates></LineString></Placemark>"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}>{line if inside is None else inside}</{root}>'.encode()


def points(name: str = "trkpt", line: list[list[float]] = LINE) -> str:
    """Return the points of a line as GPX writes them."""
    return "".join(f'<{name} lat="{y}" lon="{x}"/>' for x, y in line)


def gpx(inside: str | None = None, before: str = "") -> bytes:
    """Return a GPX text around tracks."""
    track = f"<trk><name>{NAME}</name><trkseg>{points()}</trkseg></trk>"
    head = '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1" xmlns:osmand="https://osmand.net">'
    return f'<?xml version="1.0"?>{before}{head}{track if inside is None else inside}</gpx>'.encode()


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return members as a zip archive, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def apple_double() -> bytes:
    """Return what macOS writes beside a file."""
    return b"\0\x05\x16\x07\0\x02\0\0Mac OS X        " + bytes(40)


@cache
def shapefile_parts(lines: tuple[shapely.LineString, ...] = ()) -> dict[str, bytes]:
    """Return the parts of a Shapefile by suffix, as GDAL writes it; of several lines each has a number to its name."""
    names = [f"{NAME} {number}" for number, _ in enumerate(lines, 1)] or [NAME]
    frame = geopandas.GeoDataFrame({"name": names}, geometry=list(lines) or [shapely.LineString(LINE)], crs="EPSG:4326")
    with TemporaryDirectory() as folder:
        frame.to_file(Path(folder, "route.shp"))
        return {path.suffix: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def shapefile(*suffixes: str, stem: str = "route") -> dict[str, bytes]:
    """Return parts of a Shapefile as members of an archive; all of them without suffixes."""
    return {f"{stem}{suffix}": data for suffix, data in shapefile_parts().items() if not suffixes or suffix in suffixes}


def measured_shapefile() -> bytes:
    """Return the .shp of a line with measures (PolyLineM, kind 23), written by its record."""
    flat = b"".join(struct.pack("<dd", *at) for at in LINE)
    measures = struct.pack("<dd", 0, 2) + b"".join(struct.pack("<d", n) for n in range(3))
    body = struct.pack("<i4dii", 23, 46.2, 38.9, 46.22, 38.91, 1, 3) + struct.pack("<i", 0) + flat + measures
    record = struct.pack(">ii", 1, len(body) // 2) + body
    header = struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, (100 + len(record)) // 2)
    return header + struct.pack("<ii8d", 1000, 23, 46.2, 38.9, 46.22, 38.91, 0, 0, 0, 2) + record


def packed_gzip(data: bytes) -> bytes:
    """Return data as gzip, the same each time."""
    return gzip.compress(data, mtime=0)
