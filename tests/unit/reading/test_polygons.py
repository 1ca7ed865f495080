"""A closed polygon, or a buffer round a line, is no route unless asked: in GeoJSON, KML and GeoPackage."""

import json
import struct
from collections.abc import Callable

import pytest
import shapely

from corridor.land.geodesy import length_km
from corridor.reading.ledger import WhyLeft
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import Reading, read_route
from tests.support.drawn_lines import beside, winding
from tests.support.hostile_databases import geopackage, register

LINE = winding()
STRAIGHT = shapely.LineString(LINE)
WHOLE = length_km(STRAIGHT)


def mirrored(metres: float) -> shapely.Polygon:
    """Return a line closed to a polygon: there on one side and back on the other."""
    return shapely.Polygon([*LINE, *beside(LINE, metres)[::-1]])


SHAPES: dict[str, shapely.Polygon | shapely.MultiPolygon] = {
    "line closed by a GIS": shapely.Polygon([*LINE, [LINE[40][0], LINE[40][1] - 0.2]]),
    "thin polygon": mirrored(4),
    "buffer": shapely.buffer(STRAIGHT, 0.002),
    "buffer with a hole": shapely.difference(shapely.buffer(STRAIGHT, 0.01), shapely.Point(LINE[40]).buffer(0.004)),
    "two buffers": shapely.MultiPolygon(
        [shapely.buffer(shapely.LineString(part), 0.001) for part in (LINE[:30], LINE[40:])]
    ),
}


def as_geojson(*shapes: shapely.Geometry) -> bytes:
    features = [
        {"type": "Feature", "properties": {"name": shape.geom_type}, "geometry": shapely.geometry.mapping(shape)}
        for shape in shapes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def as_kml(*shapes: shapely.Geometry) -> bytes:
    def positions(ring: shapely.LineString) -> str:
        return "<coordinates>" + " ".join(f"{x},{y}" for x, y in ring.coords) + "</coordinates>"

    def written(shape: shapely.Geometry) -> str:
        if isinstance(shape, shapely.LineString):
            return f"<LineString>{positions(shape)}</LineString>"
        if isinstance(shape, shapely.MultiPolygon):
            return f"<MultiGeometry>{''.join(map(written, shape.geoms))}</MultiGeometry>"
        outer = f"<outerBoundaryIs><LinearRing>{positions(shape.exterior)}</LinearRing></outerBoundaryIs>"
        inner = (f"<innerBoundaryIs><LinearRing>{positions(r)}</LinearRing></innerBoundaryIs>" for r in shape.interiors)
        return f"<Polygon>{outer}{''.join(inner)}</Polygon>"

    marks = (f"<Placemark><name>{shape.geom_type}</name>{written(shape)}</Placemark>" for shape in shapes)
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(marks)}</Document></kml>'.encode()


def as_geopackage(*shapes: shapely.Geometry) -> bytes:
    head = b"GP\0\x01" + struct.pack("<i", 4326)
    rows = "".join(
        f"INSERT INTO land VALUES (NULL, x'{(head + shapely.to_wkb(shape)).hex()}', '{shape.geom_type}');"
        for shape in shapes
    )
    table = "CREATE TABLE land (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
    return geopackage(table + rows + register("land"), route=False)


FILES: dict[str, Callable[..., bytes]] = {
    "land.geojson": as_geojson,
    "land.kml": as_kml,
    "land.gpkg": as_geopackage,
}


def said_of_polygons(reading: Reading) -> list[str]:
    return [finding.says for finding in reading.findings if finding.code == "polygon-for-line"]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_polygon_alone_is_no_route_and_stays_one_until_asked(shape, name):
    reading = read_route(FILES[name](shape), name)
    assert not reading.usable
    assert "stands where a route has to be a line" in "".join(said_of_polygons(reading))
    mended = mend_by_default(reading)
    assert not mended.reading.usable
    assert [(left.would.code, left.why) for left in mended.not_done] == [("polygon-for-line", WhyLeft.BY_NAME)]
    kinds = {feature["geometry"]["type"] for feature in json.loads(mended.data)["features"]}
    assert kinds <= {"Polygon", "MultiPolygon", "GeometryCollection"}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_beside_a_line_only_the_line_is_a_route(shape, name):
    for shapes in ((shape, STRAIGHT), (STRAIGHT, shape)):
        reading = read_route(FILES[name](*shapes), name)
        (route,) = reading.routes
        assert length_km(route.line) == pytest.approx(WHOLE, abs=1e-6)
        assert route.repeated_km == 0
        assert said_of_polygons(reading)


@pytest.mark.parametrize("name", FILES)
def test_the_outline_of_a_thin_polygon_counts_once_when_it_is_asked_for(name):
    reading = read_route(FILES[name](mirrored(4)), name)
    (route,) = mend(reading, ["polygon-for-line"]).reading.routes
    assert length_km(route.line) == pytest.approx(WHOLE, rel=0.003)
    assert route.repeated_km == pytest.approx(WHOLE, rel=0.003)


@pytest.mark.parametrize("name", FILES)
def test_the_outline_of_a_wide_buffer_is_as_long_as_it_is_when_it_is_asked_for(name):
    outline = shapely.buffer(STRAIGHT, 0.002)
    reading = read_route(FILES[name](outline), name)
    (route,) = mend(reading, ["polygon-for-line"]).reading.routes
    assert length_km(route.line) == pytest.approx(length_km(shapely.LineString(outline.exterior.coords)), rel=1e-6)


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize("name", FILES)
def test_areas_beside_a_line_are_told_in_one_sentence(name, count):
    areas = [shapely.Point(46.3 + at / 100, 38.5).buffer(0.001) for at in range(count)]
    reading = read_route(FILES[name](STRAIGHT, *areas), name)
    (sentence,) = said_of_polygons(reading)
    assert sentence.startswith(f"{count} area")
    assert "not measured" in sentence
    assert [length_km(route.line) for route in reading.routes] == [pytest.approx(WHOLE)]
