"""Files made to occupy the machine that reads them, each small to send; `HOSTILE` names and builds every one.

Sizes are those of the attacks that were tried; a builder takes its count, so that a test can ask for a small one.
"""

import gzip
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

#: A window across the borders of Armenia, Iran, Nakhchivan and the main part of Azerbaijan: west, south, east, north.
WINDOW = (45.0, 38.8, 46.9, 39.9)


def line_feature(corners: NDArray[np.float64], name: str = "line") -> dict[str, Any]:
    """Return a feature with one line."""
    geometry = {"type": "LineString", "coordinates": corners.round(6).tolist()}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def collection(features: list[dict[str, Any]]) -> bytes:
    """Return features as the bytes of a collection."""
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def scattered(count: int, seed: int = 7) -> NDArray[np.float64]:
    """Return positions anywhere in the window, (count, 2) rows of (lon, lat)."""
    west, south, east, north = WINDOW
    return np.random.default_rng(seed).uniform((west, south), (east, north), (count, 2))


def random_vertices(count: int = 100_000) -> bytes:
    """A line that jumps across every border at every vertex, and across itself everywhere."""
    return collection([line_feature(scattered(count))])


def zigzag(count: int = 50_000) -> bytes:
    """A line to and fro over one border, the Araks between Armenia and Iran."""
    lon = np.linspace(46.0, 46.5, count)
    lat = np.where(np.arange(count) % 2 == 0, 38.80, 38.95)
    return collection([line_feature(np.column_stack([lon, lat]))])


def scribble(count: int = 100_000) -> bytes:
    """A line that crosses itself everywhere in a few kilometres, far from any border."""
    turn = np.linspace(0, count / 3, count)
    return collection(
        [line_feature(np.column_stack([44.9 + 0.02 * np.cos(turn * 1.7), 40.2 + 0.02 * np.sin(turn * 2.3)]))]
    )


def far_scatter(count: int = 100_000) -> bytes:
    """A line of random vertices over the whole earth: millions of kilometres."""
    corners = np.random.default_rng(3).uniform((-180, -85), (180, 85), (count, 2))
    return collection([line_feature(corners)])


def one_spot(count: int = 100_000) -> bytes:
    """A line whose vertices all lie on one spot."""
    return collection([line_feature(np.tile([[46.2, 39.1]], (count, 1)))])


def many_features(count: int = 100_000) -> bytes:
    """As many features as are read, each a short line: 11 MB."""
    west = scattered(count)
    return collection([line_feature(np.stack([at, at + 0.001]), "a") for at in west])


def many_point_features(count: int = 100_000) -> bytes:
    """As many features as are read, none of them a line."""
    return collection(
        [
            {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": at}}
            for at in scattered(count).round(6).tolist()
        ]
    )


def many_parts(count: int = 100_000) -> bytes:
    """One route of very many short parts."""
    parts = [np.stack([at, at + 0.001]).round(6).tolist() for at in scattered(count)]
    geometry = {"type": "MultiLineString", "coordinates": parts}
    return collection([{"type": "Feature", "properties": {"name": "parts"}, "geometry": geometry}])


def routes_of_parts(routes: int = 300, parts: int = 300) -> bytes:
    """Many routes with many parts each."""
    features = []
    for number in range(routes):
        lines = [np.stack([at, at + 0.002]).round(6).tolist() for at in scattered(parts, number)]
        geometry = {"type": "MultiLineString", "coordinates": lines}
        features.append({"type": "Feature", "properties": {"name": str(number)}, "geometry": geometry})
    return collection(features)


def many_spikes(count: int = 100_000) -> bytes:
    """A line that runs out to a point and back at every second vertex."""
    lon = np.repeat(np.linspace(45.2, 46.4, count // 2), 2)
    lat = 39.6 + 0.01 * (np.arange(len(lon)) % 4 == 1)
    return collection([line_feature(np.column_stack([lon, lat]))])


def many_faults(count: int = 100_000) -> bytes:
    """Features each of which has faults of its own: no type, doubled names, positions that are words."""
    geometry = b'{"type":"LineString","coordinates":[["x",1],[400,2]]}'
    feature = b'{"type":"Feature","properties":{"a":1,"a":2},"geometry":' + geometry + b"}"
    return b'{"type":"FeatureCollection","features":[' + b",".join([feature] * count) + b"]}"


def many_rings(count: int = 20_000) -> bytes:
    """Polygons whose rings cross themselves."""
    features = []
    for lon, lat in scattered(count).round(6).tolist():
        ring = [[lon, lat], [lon + 0.01, lat + 0.01], [lon + 0.01, lat], [lon, lat + 0.01], [lon, lat]]
        features.append({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return collection(features)


def star_ring(count: int = 100_000) -> bytes:
    """One polygon of random vertices: a ring that crosses itself everywhere."""
    ring = scattered(count).round(6).tolist()
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return collection([{"type": "Feature", "properties": {}, "geometry": geometry}])


def nested_kml(count: int = 1_000) -> bytes:
    """KML folders one inside the other."""
    deep = "".join(f"<Folder><name>{n}</name>" for n in range(count))
    line = "<Placemark><LineString><coordinates>46.0,39.0 46.5,39.2</coordinates></LineString></Placemark>"
    return (
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{deep}{line}{"</Folder>" * count}</Document></kml>'
    ).encode()


def wide_kml(count: int = 1_000) -> bytes:
    """KML folders one beside the other, each a layer to GDAL."""
    line = "<Placemark><LineString><coordinates>46.0,39.0 46.5,39.2</coordinates></LineString></Placemark>"
    folders = "".join(f"<Folder><name>{n}</name>{line}</Folder>" for n in range(count))
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folders}</Document></kml>'.encode()


def _geopackage(fill: Callable[[sqlite3.Connection], None]) -> bytes:
    """Return a GeoPackage with the tables every one has, and whatever `fill` adds."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        base = sqlite3.connect(path)
        base.executescript(
            "PRAGMA application_id=0x47504B47; PRAGMA user_version=10300;"
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT"
            " NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);"
            "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT"
            " UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT '2026-01-01T00:00:00.000Z',"
            " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
            " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\"]', '');"
        )
        fill(base)
        base.commit()
        base.close()
        return path.read_bytes()


#: A line from 46, 39 to 46.5, 39.2 as GeoPackage holds it: "GP", version, flags, system 4326, then WKB; in SQL.
BLOB = "X'47500001E6100000" + "0102000000020000000000000000004740000000000080434000000000004047409A99999999994340'"


def _layer(base: sqlite3.Connection, name: str) -> None:
    base.execute(
        "INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES (?,'features',?,4326)",
        (name, name),
    )
    base.execute("INSERT INTO gpkg_geometry_columns VALUES (?,'geom','LINESTRING',4326,0,0)", (name,))


def many_layers(count: int = 10_000) -> bytes:
    """A GeoPackage of very many layers with one line each."""

    def fill(base: sqlite3.Connection) -> None:
        for number in range(count):
            name = f"l{number}"
            base.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY, geom LINESTRING)")
            base.execute(f"INSERT INTO {name} VALUES (1, {BLOB})")
            _layer(base, name)

    return _geopackage(fill)


def endless_view(count: int = 10**15) -> bytes:
    """A GeoPackage whose layer is a view over a recursive query."""

    def fill(base: sqlite3.Connection) -> None:
        base.execute(
            "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
            f"{count}) SELECT i AS fid, {BLOB} AS geom FROM n"
        )
        _layer(base, "endless")

    return _geopackage(fill)


def zero_blob(count: int = 900_000_000) -> bytes:
    """A GeoPackage whose view makes blobs of nearly a gigabyte out of nothing."""

    def fill(base: sqlite3.Connection) -> None:
        base.execute("CREATE TABLE seed (fid INTEGER PRIMARY KEY)")
        base.executemany("INSERT INTO seed VALUES (?)", [(n,) for n in range(100)])
        base.execute(f"CREATE VIEW blobs AS SELECT fid, zeroblob({count}) AS geom FROM seed")
        _layer(base, "blobs")

    return _geopackage(fill)


def many_members(count: int = 65_000) -> bytes:
    """A ZIP archive of very many empty members."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.shp", b"")
    return out.getvalue()


def zip_bomb(count: int = 400) -> bytes:
    """A ZIP archive that unfolds to `count` megabytes of one KML file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b"<kml>" + b" " * (count * 1_000_000))
    return out.getvalue()


def overlapping_members(count: int = 200) -> bytes:
    """A ZIP archive whose directory names one packed KML, of ten thousand points, as `count` files."""
    point = "<Placemark><Point><coordinates>46,39</coordinates></Point></Placemark>"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.kml", f"<kml><Document>{point * 10_000}</Document></kml>")
    data = out.getvalue()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    listed = data[start:end] * count
    return data[:start] + listed + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listed), start, 0)


def gzip_bomb(count: int = 400) -> bytes:
    """A gzip file, packed twice, that unfolds to `count` megabytes of blanks."""
    packing = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = b"".join(packing.compress(b" " * 1_000_000) for _ in range(count)) + packing.flush()
    return gzip.compress(packed, mtime=0)


def many_gzip_parts(count: int = 1_000_000) -> bytes:
    """A gzip file of very many parts of one bracket each."""
    return gzip.compress(b"[", mtime=0) * count


def many_texts(count: int = 1_000_000) -> bytes:
    """A sequence of very many texts, one on each line, with many more that are empty."""
    return b'{"type":"Point","coordinates":[46,39]}\n' * count + b"{}\n" * count


def many_separated_texts(count: int = 1_000_000) -> bytes:
    """A sequence of very many texts with separators and nothing between."""
    return b'\x1e{"type":"Point","coordinates":[46,39]}' * count


def arc_bomb(count: int = 100_000) -> bytes:
    """A topology whose line names one long arc again and again: `count` squared positions."""
    arc = np.column_stack([np.linspace(46, 47, count), np.full(count, 39.0)]).round(6).tolist()
    line = {"type": "LineString", "arcs": [0, -1] * count}
    return orjson.dumps({"type": "Topology", "arcs": [arc], "objects": {"line": line}})


def long_polyline(count: int = 5_000_000) -> bytes:
    """An answer of a router whose line has very many positions in two signs each: 10 MB."""
    return orjson.dumps({"code": "Ok", "routes": [{"geometry": "_p~iF~ps|U" + "AA" * count, "legs": []}]})


def many_steps(count: int = 100_000) -> bytes:
    """An answer of a router with a line of its own for each of very many steps."""
    return orjson.dumps({"code": "Ok", "routes": [{"legs": [{"steps": [{"geometry": "_p~iF~ps|U_ulLnnqC"}] * count}]}]})


def relation_bomb(count: int = 100_000) -> bytes:
    """A relation that names one way of a thousand nodes again and again."""
    way = {"type": "way", "id": 1, "geometry": [{"lat": 39, "lon": 46 + step / 1e4} for step in range(1_000)]}
    relation = {"type": "relation", "id": 2, "members": [{"type": "way", "ref": 1}] * count}
    return orjson.dumps({"version": 0.6, "elements": [way, relation]})


def nested_archives(count: int = 200) -> bytes:
    """Archives of archives of archives, as many in each as are read."""
    data = b"<kml/>"
    for suffix in ("kml", "zip", "zip"):
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(count):
                archive.writestr(f"{number}.{suffix}", data)
        data = out.getvalue()
    return data


def loose_points(count: int = 1_000_000) -> bytes:
    """Track points without track, segment or root."""
    return b'<trkpt lat="39" lon="46"/>' * count


#: What each is called, the suffix of its file, and how its bytes are made.
HOSTILE: tuple[tuple[str, str, Callable[..., bytes]], ...] = (
    ("random-vertices", "geojson", random_vertices),
    ("zigzag", "geojson", zigzag),
    ("scribble", "geojson", scribble),
    ("far-scatter", "geojson", far_scatter),
    ("one-spot", "geojson", one_spot),
    ("many-features", "geojson", many_features),
    ("many-points", "geojson", many_point_features),
    ("many-parts", "geojson", many_parts),
    ("routes-of-parts", "geojson", routes_of_parts),
    ("many-spikes", "geojson", many_spikes),
    ("many-faults", "geojson", many_faults),
    ("many-rings", "geojson", many_rings),
    ("star-ring", "geojson", star_ring),
    ("nested-kml", "kml", nested_kml),
    ("wide-kml", "kml", wide_kml),
    ("many-layers", "gpkg", many_layers),
    ("endless-view", "gpkg", endless_view),
    ("zero-blob", "gpkg", zero_blob),
    ("many-members", "zip", many_members),
    ("zip-bomb", "kmz", zip_bomb),
    ("overlapping-members", "zip", overlapping_members),
    ("gzip-bomb", "gz", gzip_bomb),
    ("many-gzip-parts", "gz", many_gzip_parts),
    ("many-texts", "geojsonl", many_texts),
    ("many-separated-texts", "geojsons", many_separated_texts),
    ("arc-bomb", "topojson", arc_bomb),
    ("long-polyline", "json", long_polyline),
    ("many-steps", "json", many_steps),
    ("relation-bomb", "json", relation_bomb),
    ("nested-archives", "zip", nested_archives),
    ("loose-points", "gpx", loose_points),
)
