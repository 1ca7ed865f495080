"""Files of thousands of pieces, or of one long line, in every format that is read: what `real_files` measures."""

import gzip
import io
import json
import math
import random
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas
import numpy as np
import shapely

from tests.support.hostile_databases import geometry, geopackage, register

Rows = list[list[float]]
GPX_HEAD = '<gpx version="1.1" creator="bench" xmlns="http://www.topografix.com/GPX/1/1">'
KML_HEAD = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
TABLE = "CREATE TABLE ways (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
DESCRIPTION = "Seen from the road in July; the old bridge stands, its deck is gone, and the bed is used as a track."


def winding(count: int) -> Rows:
    """Return a line of so many segments along the Araks, in degrees."""
    steps = (n / count for n in range(count + 1))
    return [[round(46.63 - 0.7 * at, 6), round(38.92 - 0.035 * math.sin(9 * at), 6)] for at in steps]


def pieces(count: int) -> list[Rows]:
    """Return the same line as so many pieces of one segment."""
    line = winding(count)
    return [[start, end] for start, end in pairwise(line)]


def long_line(count: int) -> Rows:
    """Return so many vertices from Armenia's west to the Caspian plain, as a survey has them: long, and winding."""
    x = np.linspace(0, 1, count)
    north = 39.4 + 0.55 * np.sin(14 * x) + 0.02 * np.sin(400 * x)
    rows: Rows = np.column_stack([44.2 + 4.6 * x, north]).round(6).tolist()
    return rows


def _collection(kind: str, lines: list[Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(_features(kind, lines))}).encode()


def _features(kind: str, lines: list[Any]) -> Iterator[dict[str, Any]]:
    for n, line in enumerate(lines):
        shape = {"type": kind, "coordinates": line}
        yield {"type": "Feature", "properties": {"name": f"way {n}"}, "geometry": shape}


def placemarks(count: int) -> bytes:
    """KML with one placemark for each piece."""
    marks = "".join(
        f"<Placemark><name>way {n}</name><LineString><coordinates>{start[0]},{start[1]} {end[0]},{end[1]}"
        "</coordinates></LineString></Placemark>"
        for n, (start, end) in enumerate(pieces(count))
    )
    return f"{KML_HEAD}{marks}</Document></kml>".encode()


def packed_placemarks(count: int) -> bytes:
    """KMZ of the same."""
    return _zip({"doc.kml": placemarks(count)})


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def ways(count: int) -> bytes:
    """GeoJSON with one feature for each piece, in no order."""
    return _collection("LineString", _shuffled(count))


def _shuffled(count: int) -> list[Rows]:
    shuffled = pieces(count)
    random.Random(7).shuffle(shuffled)
    return shuffled


def ways_by_line(count: int) -> bytes:
    """Newline-delimited GeoJSON of the same."""
    return "".join(json.dumps(feature) + "\n" for feature in _features("LineString", _shuffled(count))).encode()


def parts(count: int) -> bytes:
    """One MultiLineString of all pieces, in no order, some turned round, with gaps of 4 m."""
    dice = random.Random(7)
    lines = [[start, [round(end[0] + 0.00005, 6), end[1]]] for start, end in pieces(count)]
    lines = [line[::-1] if dice.random() < 0.5 else line for line in lines]
    dice.shuffle(lines)
    return _collection("MultiLineString", [lines])


def parts_beside(count: int) -> bytes:
    """One MultiLineString of so many parallel parts of 300 m, 1 m apart: of each the others are near."""
    east = (round(46.5 - 1.155e-5 * n, 7) for n in range(count))
    return _collection("MultiLineString", [[[[lon, 38.95], [lon, 38.9527]] for lon in east]])


def parts_in_rows(count: int) -> bytes:
    """One MultiLineString of 100 lines 330 m apart, cut into so many parts with gaps of 4 m: their nearest ends tie."""
    each = count // 100
    east = [round(46 + 0.5 * n / each, 6) for n in range(each + 1)]
    north = [round(38.9 + 0.003 * row, 6) for row in range(100)]
    lines = [[[a, lat], [round(b - 0.00005, 6), lat]] for lat in north for a, b in pairwise(east)]
    return _collection("MultiLineString", [lines])


def long_parts(count: int) -> bytes:
    """One MultiLineString of so many parallel parts of 8.6 km, 1 m apart: too long together to be measured."""
    north = (round(38.5 + 1e-5 * n, 6) for n in range(count))
    return _collection("MultiLineString", [[[[46.0, lat], [46.1, lat]] for lat in north]])


def placemark_parts(count: int) -> bytes:
    """KML with one placemark of so many lines."""
    lines = "".join(
        f"<LineString><coordinates>{start[0]},{start[1]} {end[0]},{end[1]}</coordinates></LineString>"
        for start, end in pieces(count)
    )
    mark = f"<Placemark><name>Araks</name><MultiGeometry>{lines}</MultiGeometry></Placemark>"
    return f"{KML_HEAD}{mark}</Document></kml>".encode()


def esri_paths(count: int) -> bytes:
    """Esri JSON with one feature of so many paths."""
    features = [{"attributes": {"name": "Araks"}, "geometry": {"paths": pieces(count)}}]
    kind = {"geometryType": "esriGeometryPolyline", "spatialReference": {"wkid": 4326}}
    return json.dumps({**kind, "features": features}).encode()


def record_parts(count: int) -> bytes:
    """A Shapefile, packed, with one record of so many parts."""
    return _shapefile([shapely.MultiLineString(pieces(count))])


def segments(count: int) -> bytes:
    """GPX with one track of so many segments."""
    return _track("".join(f"<trkseg>{_points(piece)}</trkseg>" for piece in pieces(count)))


def track(count: int) -> bytes:
    """GPX with one track of so many points."""
    return _track(f"<trkseg>{_points(long_line(count))}</trkseg>")


def _points(line: Rows) -> str:
    return "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in line)


def _track(inside: str) -> bytes:
    return f"{GPX_HEAD}<trk><name>Araks</name>{inside}</trk></gpx>".encode()


def features_with_faults(count: int) -> bytes:
    """GeoJSON as programs write it that know no end of decimals: each feature has something to be told of."""
    line = [[lon + 1e-9 / 3, lat] for lon, lat in winding(count)]
    return _collection("LineString", [[start, end] for start, end in pairwise(line)])


def waypoints(count: int, inside: str = "") -> bytes:
    """GPX of nothing but named points, with further elements in each."""
    points = "".join(
        f'<wpt lat="{lat}" lon="{lon}"><name>km {n}</name>{inside}</wpt>'
        for n, (lon, lat) in enumerate(winding(count - 1))
    )
    return f"{GPX_HEAD}{points}</gpx>".encode()


def packed_waypoints(count: int) -> bytes:
    """The same as gzip."""
    return gzip.compress(waypoints(count), mtime=0)


def described_waypoints(count: int) -> bytes:
    """The same points, each with a height, a sign and a sentence."""
    return waypoints(count, f"<ele>612.5</ele><desc>{DESCRIPTION}</desc><sym>Bridge</sym>")


def rows(count: int) -> bytes:
    """A GeoPackage with one row for each piece."""
    inserts = (
        f"INSERT INTO ways (geom, name) VALUES (x'{geometry(piece).hex()}', 'way {n}');"
        for n, piece in enumerate(pieces(count))
    )
    return geopackage("BEGIN;" + TABLE + "".join(inserts) + "COMMIT;", register("ways"), route=False)


def database_line(count: int) -> bytes:
    """A GeoPackage with one row, a line of so many vertices."""
    return _database_row(geometry(long_line(count)))


def database_parts(count: int) -> bytes:
    """A GeoPackage with one row, a MultiLineString of so many pieces."""
    wkb = shapely.to_wkb(shapely.MultiLineString(pieces(count)))
    return _database_row(geometry()[:8] + wkb)


def _database_row(blob: bytes) -> bytes:
    base = geopackage(
        "CREATE TABLE ways (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);", register("ways"), route=False
    )
    database = sqlite3.connect(":memory:")
    database.deserialize(base)
    database.execute("INSERT INTO ways (geom, name) VALUES (?, 'Survey')", (blob,))
    database.commit()
    data: bytes = database.serialize()
    database.close()
    return data


def records(count: int) -> bytes:
    """A Shapefile, packed, with one record for each piece."""
    return _shapefile([shapely.LineString(piece) for piece in pieces(count)])


def record(count: int) -> bytes:
    """A Shapefile, packed, with one record, a line of so many vertices."""
    return _shapefile([shapely.LineString(long_line(count))])


def _shapefile(lines: Sequence[shapely.LineString | shapely.MultiLineString]) -> bytes:
    names = {"name": [f"way {n}" for n in range(len(lines))]}
    frame = geopandas.GeoDataFrame(names, geometry=list(lines), crs="EPSG:4326")
    with TemporaryDirectory() as folder:
        frame.to_file(Path(folder, "ways.shp"))
        return _zip({path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())})


def long_placemark(count: int) -> bytes:
    """KML with one placemark, a line of so many vertices."""
    text = " ".join(f"{lon},{lat}" for lon, lat in long_line(count))
    line = f"<LineString><coordinates>{text}</coordinates></LineString>"
    return f"{KML_HEAD}<Placemark><name>Survey</name>{line}</Placemark></Document></kml>".encode()


def long_feature(count: int) -> bytes:
    """GeoJSON with one feature, a line of so many vertices."""
    return _collection("LineString", [long_line(count)])


def topology(count: int) -> bytes:
    """TopoJSON with an arc for each piece."""
    arcs = pieces(count)
    shapes = [{"type": "LineString", "arcs": [n], "properties": {"name": f"way {n}"}} for n in range(len(arcs))]
    ways_object = {"type": "GeometryCollection", "geometries": shapes}
    return json.dumps({"type": "Topology", "objects": {"ways": ways_object}, "arcs": arcs}).encode()


def esri_features(count: int) -> bytes:
    """Esri JSON with a feature for each piece."""
    features = [
        {"attributes": {"name": f"way {n}"}, "geometry": {"paths": [piece]}} for n, piece in enumerate(pieces(count))
    ]
    kind = {"geometryType": "esriGeometryPolyline", "spatialReference": {"wkid": 4326}}
    return json.dumps({**kind, "features": features}).encode()


def osm_ways(count: int) -> bytes:
    """OpenStreetMap data with a way for each piece, and its nodes."""
    nodes = "".join(f'<node id="{n}" lat="{lat}" lon="{lon}"/>' for n, (lon, lat) in enumerate(winding(count)))
    made = "".join(
        f'<way id="{n}"><nd ref="{n}"/><nd ref="{n + 1}"/><tag k="name" v="way {n}"/></way>' for n in range(count)
    )
    return f'<osm version="0.6">{nodes}{made}</osm>'.encode()


def overpass_ways(count: int) -> bytes:
    """An answer of Overpass with a way for each piece, with its geometry."""
    elements = [
        {
            "type": "way", "id": n, "nodes": [n, n + 1], "tags": {"name": f"way {n}"},
            "geometry": [{"lat": lat, "lon": lon} for lon, lat in piece],
        }
        for n, piece in enumerate(pieces(count))
    ]  # fmt: skip
    return json.dumps({"version": 0.6, "generator": "Overpass API", "elements": elements}).encode()


def unpacked_bytes(data: bytes) -> int:
    """Return how many bytes a file has, out of its archive or packing where it is in one."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(member.file_size for member in archive.infolist())
    return len(gzip.decompress(data)) if data.startswith(b"\x1f\x8b") else len(data)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its suffix, what builds it and of how many pieces or vertices; the bars it is held to.

    `within_s` are the seconds in which it has to be read and measured. `most_memory` is how many times the bytes of the
    file, unpacked, may be held beyond what an idle process holds; None for a small file, which any work outweighs.
    """

    what: str
    suffix: str
    build: Callable[[int], bytes]
    count: int
    within_s: float
    most_memory: float | None = 12.0

    @property
    def file_name(self) -> str:
        """What the file is called."""
        return f"real-{self.count}-{self.build.__name__}.{self.suffix}"


FILE_KINDS = (
    FileKind("10,000 placemarks", "kml", placemarks, 10_000, 3.0, None),
    FileKind("2,000 ways", "geojson", ways, 2_000, 3.0, None),
    FileKind("5,000 shuffled parts", "geojson", parts, 5_000, 3.0, None),
    FileKind("3,000 track segments", "gpx", segments, 3_000, 3.0, None),
    FileKind("20,000 shuffled parts", "geojson", parts, 20_000, 12.0, None),
    FileKind("100,000 short features", "geojson", ways, 100_000, 30.0),
    FileKind("100,000 features, each with a fault", "geojson", features_with_faults, 100_000, 30.0),
    FileKind("100,000 features line by line", "ndjson", ways_by_line, 100_000, 30.0),
    FileKind("100,000 placemarks", "kml", placemarks, 100_000, 30.0),
    FileKind("100,000 placemarks, packed", "kmz", packed_placemarks, 100_000, 30.0),
    FileKind("100,000 waypoints", "gpx", waypoints, 100_000, 30.0),
    FileKind("100,000 waypoints, packed", "gpx.gz", packed_waypoints, 100_000, 30.0),
    FileKind("100,000 waypoints with descriptions", "gpx", described_waypoints, 100_000, 30.0),
    FileKind("50,000 rows", "gpkg", rows, 50_000, 30.0),
    FileKind("100,000 rows", "gpkg", rows, 100_000, 30.0),
    FileKind("100,000 records of a Shapefile", "zip", records, 100_000, 30.0),
    FileKind("100,000 arcs of TopoJSON", "topojson", topology, 100_000, 30.0),
    FileKind("100,000 features of Esri JSON", "json", esri_features, 100_000, 30.0),
    FileKind("100,000 ways of OpenStreetMap", "osm", osm_ways, 100_000, 30.0),
    FileKind("100,000 ways of Overpass", "json", overpass_ways, 100_000, 30.0),
    FileKind("1,000,000 vertices in one line", "geojson", long_feature, 1_000_000, 30.0),
    FileKind("1,000,000 points in one track", "gpx", track, 1_000_000, 30.0),
    FileKind("1,000,000 vertices in one placemark", "kml", long_placemark, 1_000_000, 30.0),
    FileKind("1,000,000 vertices in one row", "gpkg", database_line, 1_000_000, 30.0),
    FileKind("1,000,000 vertices in one record", "zip", record, 1_000_000, 30.0),
    FileKind("400,000 track segments", "gpx", segments, 400_000, 30.0),
    FileKind("100,000 shuffled parts", "geojson", parts, 100_000, 60.0),
    FileKind("200,000 shuffled parts", "geojson", parts, 200_000, 120.0),
    FileKind("100,000 parts 1 m apart", "geojson", parts_beside, 100_000, 60.0),
    FileKind("100,000 parts in rows 330 m apart", "geojson", parts_in_rows, 100_000, 60.0),
    FileKind("100,000 parts of 8.6 km", "geojson", long_parts, 100_000, 60.0),
    FileKind("100,000 lines in one placemark", "kml", placemark_parts, 100_000, 30.0),
    FileKind("100,000 paths in one feature of Esri JSON", "json", esri_paths, 100_000, 30.0),
    FileKind("100,000 parts in one record", "zip", record_parts, 100_000, 30.0),
    FileKind("100,000 parts in one row", "gpkg", database_parts, 100_000, 30.0),
)
