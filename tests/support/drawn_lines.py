"""Lines drawn for tests of how they lie to each other, and the same lines as files of several formats."""

import json
import math
from collections.abc import Callable, Sequence

from tests.support.hostile_databases import geometry, geopackage, register

Line = list[list[float]]


def winding(count: int = 81, west: float = 45.2, east: float = 45.9, lat: float = 39.6) -> Line:
    """Return a line from west to east that winds by a few kilometres, about 65 km long."""
    return [
        [round(west + (east - west) * i / (count - 1), 6), round(lat + 0.02 * math.sin(i / 7), 6)] for i in range(count)
    ]


def beside(line: Line, metres: float) -> Line:
    """Return a line to the left of another, so many metres away."""
    moved = []
    for i, (lon, lat) in enumerate(line):
        before, after = line[max(0, i - 1)], line[min(len(line) - 1, i + 1)]
        across = math.cos(math.radians(lat))
        east, north = (after[0] - before[0]) * across, after[1] - before[1]
        size = math.hypot(east, north)
        degrees = metres / 111_195
        moved.append([round(lon - north / size * degrees / across, 7), round(lat + east / size * degrees, 7)])
    return moved


def as_geojson(parts: Sequence[Line]) -> bytes:
    """Return lines as one feature of GeoJSON."""
    shape = {"type": "LineString", "coordinates": parts[0]}
    if len(parts) > 1:
        shape = {"type": "MultiLineString", "coordinates": list(parts)}
    return json.dumps({"type": "Feature", "properties": {"name": "Line"}, "geometry": shape}).encode()


def as_kml(parts: Sequence[Line]) -> bytes:
    """Return lines as one placemark of KML."""
    lines = "".join(
        "<LineString><coordinates>" + " ".join(f"{x},{y}" for x, y in part) + "</coordinates></LineString>"
        for part in parts
    )
    shape = lines if len(parts) == 1 else f"<MultiGeometry>{lines}</MultiGeometry>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        f"<Placemark><name>Line</name>{shape}</Placemark></Document></kml>"
    ).encode()


def as_gpx(parts: Sequence[Line]) -> bytes:
    """Return lines as the segments of one track of GPX."""
    segments = "".join(
        "<trkseg>" + "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in part) + "</trkseg>" for part in parts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="test" '
        f'xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Line</name>{segments}</trk></gpx>'
    ).encode()


FORMATS: dict[str, Callable[[Sequence[Line]], bytes]] = {
    "line.geojson": as_geojson,
    "line.kml": as_kml,
    "line.gpx": as_gpx,
}


def as_features(lines: Sequence[Line]) -> bytes:
    """Return lines as features of GeoJSON, called A, B, C."""
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "LineString", "coordinates": line}}
        for name, line in _called(lines)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def as_placemarks(lines: Sequence[Line]) -> bytes:
    """Return lines as placemarks of KML."""
    marks = "".join(
        f"<Placemark><name>{name}</name><LineString><coordinates>"
        + " ".join(f"{x},{y}" for x, y in line)
        + "</coordinates></LineString></Placemark>"
        for name, line in _called(lines)
    )
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'.encode()


def as_tracks(lines: Sequence[Line]) -> bytes:
    """Return lines as tracks of GPX."""
    tracks = "".join(
        f"<trk><name>{name}</name><trkseg>"
        + "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in line)
        + "</trkseg></trk>"
        for name, line in _called(lines)
    )
    return f'<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">{tracks}</gpx>'.encode()


def as_rows(lines: Sequence[Line]) -> bytes:
    """Return lines as the rows of a layer of a GeoPackage."""
    rows = "".join(f"INSERT INTO lines VALUES (NULL, x'{geometry(line).hex()}', '{n}');" for n, line in _called(lines))
    table = "CREATE TABLE lines (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
    return geopackage(table + rows + register("lines"), route=False)


def _called(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    return list(zip("ABCDEFGHIJKL", lines, strict=False))


#: Ways to hold lines that are routes of their own.
SEVERAL: dict[str, Callable[[Sequence[Line]], bytes]] = {
    "several.geojson": as_features,
    "several.kml": as_placemarks,
    "several.gpx": as_tracks,
    "several.gpkg": as_rows,
}
