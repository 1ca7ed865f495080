"""Each limit: just under it a file is read; just over it the sentence says what was counted, how many, and the cap."""

import gzip
import json
import struct
from dataclasses import replace

import numpy as np
import pytest
import shapely

from corridor.reading.limits import LIMITS, Limits
from corridor.reading.route import Reading, read_route
from tests.support.hostile_databases import geometry, geopackage, register
from tests.support.route_files import collection, feature, gpx, kml, points, shapefile_parts, text, zipped

FEW = replace(LIMITS, vertices=40, features=6, layers=3, archive_members=4)


def line(count: int) -> list[list[float]]:
    return [[round(46.2 + 0.001 * n, 4), round(38.9 + 0.0005 * (n % 3), 4)] for n in range(count)]


def written(count: int, between: str = " ") -> str:
    return between.join(f"{x},{y}" for x, y in line(count))


def placemarks(count: int, each: int = 2, description: str = "") -> bytes:
    inside = f"<description>{description}</description><LineString><coordinates>{{}}</coordinates></LineString>"
    return kml("".join(f"<Placemark>{inside.format(written(each))}</Placemark>" for _ in range(count)))


def points_of(count: int) -> bytes:
    return gpx(f"<trk><trkseg>{points(line=line(count))}</trkseg></trk>")


def named_points(count: int) -> bytes:
    named = (f'<rtept lat="{y}" lon="{x}"><name>a</name></rtept>' for x, y in line(count))
    return gpx(f"<rte>{''.join(named)}</rte>")


def osm(count: int) -> bytes:
    nodes = "".join(f'<node id="{n}" lon="{x}" lat="{y}"/>' for n, (x, y) in enumerate(line(count)))
    way = "".join(f'<nd ref="{n}"/>' for n in range(count))
    return f'<osm version="0.6">{nodes}<way id="9"><tag k="highway" v="road"/>{way}</way></osm>'.encode()


def rows(count: int, each: int = 2) -> bytes:
    blob = geometry()[:8] + shapely.to_wkb(shapely.LineString(line(each)))
    inserted = "".join(f"INSERT INTO route VALUES ({n + 2}, x'{blob.hex()}', 'n', 0);" for n in range(count))
    return geopackage(f"DELETE FROM route; {inserted}")


def layers(count: int) -> bytes:
    return geopackage(
        *(
            f"CREATE TABLE t{n} (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
            f"INSERT INTO t{n} SELECT fid, geom, name FROM route; {register(f't{n}')}"
            for n in range(count - 1)
        )
    )


def members(count: int) -> bytes:
    return zipped({"route.geojson": text(feature()), **{f"{n}.txt": b"a" for n in range(count - 1)}})


def topojson(count: int, times: int = 1) -> bytes:
    geometries = [{"type": "LineString", "arcs": [0]}] * times
    objects = {"a": {"type": "GeometryCollection", "geometries": geometries}}
    return text({"type": "Topology", "objects": objects, "arcs": [line(count)]})


def esri(count: int) -> bytes:
    return text({"geometryType": "esriGeometryPolyline", "features": [{"geometry": {"paths": [line(count)]}}]})


def with_lists(count: int) -> bytes:
    """A line of two positions, and as many more lists as make `count`."""
    more = {"type": "Feature", "properties": {"a": [[]] * (count - 5), "[[[": "[[[["}, "geometry": None}
    return text(collection(feature(line(2)), more))


def linked(each: int) -> bytes:
    """Two files that name each other, so that neither is read without the other."""
    own = f"<Placemark><LineString><coordinates>{written(each)}</coordinates></LineString></Placemark>"
    link = "<NetworkLink><Link><href>{}.kml</href></Link></NetworkLink>"
    return zipped({"doc.kml": kml(own + link.format("other")), "other.kml": kml(own + link.format("doc"))})


def deep(levels: int) -> bytes:
    held: object = feature()["geometry"]
    for _ in range(levels - 5):
        held = {"a": held}
    assert isinstance(held, dict)
    return text(feature()).replace(b'"properties": {', b'"properties": {"a": ' + json.dumps(held).encode() + b", ")


def deep_xml(levels: int) -> bytes:
    return kml("<Folder>" * (levels - 4) + "{}" + "</Folder>" * (levels - 4)).replace(
        b"{}", b"<Placemark><LineString><coordinates>46.2,38.9 46.3,38.9</coordinates></LineString></Placemark>"
    )


#: What is made of `n` things, the most that is read, the limits, and what is said where there is one more of it.
TABLE = {
    "features of GeoJSON": (
        lambda n: text(collection(*[feature(line(2))] * n)), 6, FEW,
        "The file has 7 entries (features); at most 6 are read.",
    ),
    "features, with the word in texts": (
        lambda n: text(collection(*[feature(line(2), "Feature")] * n)), 6, FEW,
        "The file has 7 entries (features); at most 6 are read.",
    ),
    "lists of GeoJSON": (
        with_lists, 42, FEW,
        "The file has 43 lists in square brackets, as each position is one; at most 42 are read.",
    ),
    "depth of JSON": (deep, 100, FEW, "The file nests 101 levels deep; at most 100 are read."),
    "depth of XML": (deep_xml, 100, FEW, "The XML nests deeper than the 100 levels that are read."),
    "positions of KML": (
        lambda n: placemarks(1, n), 40, FEW, "The file has 41 positions; at most 40 are read.",
    ),
    "positions of KML with blanks beside commas": (
        lambda n: placemarks(1, n).replace(b",", b" , "), 40, FEW, "The file has 41 positions; at most 40 are read.",
    ),
    "positions of KML beside texts with commas": (
        lambda n: placemarks(1, n, "a, b, c," * 300), 40, FEW, "The file has 41 positions; at most 40 are read.",
    ),
    "placemarks": (
        placemarks, 6, FEW, "The file has 7 placemarks; at most 6 are read.",
    ),
    "points of GPX": (points_of, 40, FEW, "The file has 41 points; at most 40 are read."),
    "waypoints": (
        lambda n: gpx(f"<trk><trkseg>{points()}</trkseg></trk>" + points("wpt") * 2).replace(
            b"</gpx>", b'<wpt lat="38.9" lon="46.2"/>' * (n - 7) + b"</gpx>"
        ), 7, replace(FEW, features=7),
        "The file has 8 tracks, routes and waypoints; at most 7 are read.",
    ),
    "points with names of a route": (
        named_points, 6, FEW,
        "The GPX has more than 6 waypoints and points with names; at most 6 are read.",
    ),
    "nodes of OSM": (
        lambda n: osm(n), 20, FEW,
        "The file has 42 nodes and places of nodes in ways; at most 40 are read.",
    ),
    "linked files": (
        linked, 20, FEW, "The KMZ has more than 40 positions with its linked files; at most 40 are read.",
    ),
    "features of a database": (
        rows, 6, FEW, "The GeoPackage has more than 6 entries (features); at most 6 are read.",
    ),
    "positions of a database": (
        lambda n: rows(1, n), 40, FEW, "The GeoPackage has 41 positions; at most 40 are read.",
    ),
    "layers": (layers, 3, FEW, "The GeoPackage lists 4 layers; at most 3 are read."),
    "members": (members, 4, FEW, "The archive holds 5 files; at most 4 are read."),
    "positions of a topology": (
        lambda n: topojson(n, 2), 20, FEW, "The TopoJSON has more than 40 positions; at most 40 are read.",
    ),
    "geometries of a topology": (
        lambda n: topojson(2, n), 6, FEW, "The TopoJSON has more than 6 entries (features); at most 6 are read.",
    ),
    "positions of Esri's JSON": (
        lambda n: esri(n), 200, replace(FEW, vertices=200),
        "The Esri JSON has more than 200 positions; at most 200 are read.",
    ),
    "texts of a sequence": (
        lambda n: b"\n".join([text(feature())] * 2 + [b"{}"] * n), 6, FEW,
        "The GeoJSON sequence has more than 6 texts that are no GeoJSON; at most 6 are read.",
    ),
    "bytes": (
        lambda n: text(feature()).ljust(n), 1_200_000, replace(LIMITS, file_bytes=1_200_000),
        "The file has 1,200,001 bytes; at most 1,200,000 are read.",
    ),
    "bytes of an archive": (
        lambda n: zipped({"a.geojson": text(feature()).ljust(n)}), 1_200_000,
        replace(LIMITS, expanded_bytes=1_200_000),
        "Unpacked the archive has 1,200,001 bytes by its own list; at most 1,200,000 are read.",
    ),
    "bytes of gzip": (
        lambda n: gzip.compress(text(feature()).ljust(n)), 1_200_000, replace(LIMITS, expanded_bytes=1_200_000),
        "The gzip file (.gz) cannot be unpacked: more than 1.2 MB would be unpacked of the file in all, the most that "
        "is read.",
    ),
}  # fmt: skip


def refusals(reading: Reading) -> list[str]:
    return [finding.says for finding in reading.findings if finding.blocks]


@pytest.mark.parametrize("name", TABLE)
def test_a_refusal_says_what_was_counted_how_many_and_the_limit(name):
    build, most, limits, says = TABLE[name]
    under = read_route(build(most), "a", limits=limits)
    assert refusals(under) == []
    over = read_route(build(most + 1), "a", limits=limits)
    assert refusals(over) == [says]
    assert over.routes == ()


def test_the_records_of_a_shapefile_are_counted():
    few = replace(FEW, archive_members=10)
    data = zipped({f"a{suffix}": part for suffix, part in shapefile_parts().items()})
    assert refusals(read_route(data, "a.zip", limits=few)) == []
    for limits, says in (
        (replace(few, features=0), "The Shapefile has more than 0 entries (features); at most 0 are read."),
        (replace(few, vertices=2), "The Shapefile has 3 positions; at most 2 are read."),
    ):
        assert refusals(read_route(data, "a.zip", limits=limits)) == [says]


def test_the_memory_of_a_database_is_counted_in_bytes():
    data = geopackage("UPDATE route SET name = hex(zeroblob(600000))")
    assert refusals(read_route(data, "a.gpkg")) == []
    reading = read_route(data, "a.gpkg", limits=replace(LIMITS, expanded_bytes=1_000_000))
    assert refusals(reading) == [
        "The GeoPackage has more than 1,000,000 bytes of shapes and values; at most 1,000,000 are read."
    ]


def test_arcs_are_counted_as_what_becomes_of_them():
    at = np.arange(21)
    arcs = np.column_stack([46 + at * 1e-6 + 1e-4 * (at % 2), 39 + 5e-5 * (at % 2)])
    blob = (geometry()[:8] + struct.pack("<BII", 1, 8, len(arcs)) + arcs.tobytes()).hex()
    data = geopackage(f"UPDATE route SET geom = x'{blob}'")
    assert refusals(read_route(data, "a.gpkg")) == []
    assert refusals(read_route(data, "a.gpkg", limits=FEW)) == [
        "The GeoPackage has more than 40 positions along its arcs; at most 40 are read."
    ]


def test_every_limit_is_in_the_table():
    pushed = {
        name for _, _, limits, _ in TABLE.values() for name in Limits.__slots__
        if getattr(limits, name) != getattr(LIMITS, name)
    }  # fmt: skip
    # The depth is that of `LIMITS` itself.
    assert pushed | {"depth"} == set(Limits.__slots__)
