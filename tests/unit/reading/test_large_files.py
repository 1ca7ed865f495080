"""What is kept lean of a large file is read as all of it would be: each quick way is held to the plain one."""

import json
import struct
from itertools import pairwise

import numpy as np
import orjson
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridor.land import line_rows
from corridor.reading.faults import Finding
from corridor.reading.feature_records import FeatureRecords
from corridor.reading.formats import feature_texts, json_batches, kml, layers
from corridor.reading.formats.feature_texts import FeatureTexts, text_of
from corridor.reading.formats.json_places import JsonPlaces
from corridor.reading.formats.well_known_binary import long_lines
from corridor.reading.route import Reading, read_route
from corridor.reading.structure import STAND_INS
from tests.support.any_json import JSON
from tests.support.hostile_databases import geometry, geopackage, register
from tests.support.route_files import feature, shapefile, zipped

LINE = [[46 + n / 1000, 39 + (n % 7) / 1000] for n in range(60)]
HIGH = [[*place, 700.5 + n % 5] for n, place in enumerate(LINE)]
GPX = '<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">'
GROUND = [[*place, 0.0] for place in LINE]


def placemark(text: str) -> bytes:
    line = f"<LineString><coordinates>{text}</coordinates></LineString>"
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>A</name>{line}</Placemark></kml>'.encode()


def written(line: list[list[float]]) -> str:
    return "\n ".join(",".join(map(str, place)) for place in line)


def row(line: list[list[float]]) -> bytes:
    table = "CREATE TABLE ways (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
    return geopackage(
        table, f"INSERT INTO ways (geom, name) VALUES (x'{geometry(line).hex()}', 'A');", register("ways"), route=False
    )


def outcome(reading: Reading) -> tuple[bytes, tuple[Finding, ...], list, tuple]:
    routes = [
        (route.name, route.line.wkt, None if route.heights_m is None else str(route.heights_m.tolist()))
        for route in reading.routes
    ]
    return reading.document, reading.findings, routes, reading.waypoints


@pytest.mark.parametrize(
    "text",
    [
        written(LINE),
        written(HIGH),
        written(GROUND),
        f"  {written(LINE)}\n\n",
        written(LINE) + " 46.5,39.1,12",
        written(HIGH) + " 46.5,39.1,nan",
        written(LINE) + " 46.5",
        written(LINE) + " 46.5,inf",
        written(LINE).replace(",", " , "),
        written(LINE).replace(".", "_"),
        " ".join(f"{lon},{lat}".replace(".", ",") for lon, lat in LINE),
        " ".join("46,39" for _ in LINE),
        "none " * 40,
        " " * 400,
    ],
)
def test_a_long_text_of_coordinates_is_read_as_a_short_one(text, monkeypatch):
    short = outcome(read_route(placemark(text), "line.kml"))
    monkeypatch.setattr(kml, "LONG_TEXT", 100)
    assert outcome(read_route(placemark(text), "line.kml")) == short


@pytest.mark.parametrize("around", ["<MultiGeometry>{}</MultiGeometry>", "<MultiGeometry>{0}{0}</MultiGeometry>"])
def test_long_lines_within_others_are_read_as_short_ones(around, monkeypatch):
    line = placemark(written(LINE)).decode()
    inner = line[line.index("<LineString>") : line.index("</Placemark>")]
    file = line.replace(inner, around.format(inner)).encode()
    short = outcome(read_route(file, "line.kml"))
    monkeypatch.setattr(kml, "LONG_TEXT", 100)
    assert outcome(read_route(file, "line.kml")) == short


def row_of_parts(*parts: list[list[float]]) -> bytes:
    shape = geometry()[:8] + shapely.to_wkb(shapely.MultiLineString(parts))
    table = "CREATE TABLE ways (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
    return geopackage(
        table, f"INSERT INTO ways (geom, name) VALUES (x'{shape.hex()}', 'A');", register("ways"), route=False
    )


def of_segments(*parts: list[list[float]]) -> bytes:
    def point(lon: float, lat: float, height: float | None = None) -> str:
        inside = "" if height is None else f"<ele>{height}</ele>"
        return f'<trkpt lat="{lat}" lon="{lon}">{inside}</trkpt>'

    segments = "".join(f"<trkseg>{''.join(point(*place) for place in part)}</trkseg>" for part in parts)
    return f"{GPX}<trk><name>A</name>{segments}</trk></gpx>".encode()


def of_lines(*parts: list[list[float]]) -> bytes:
    lines = "".join(f"<LineString><coordinates>{written(part)}</coordinates></LineString>" for part in parts)
    inner = f"<Placemark><name>A</name><MultiGeometry>{lines}</MultiGeometry></Placemark>"
    return f'<kml xmlns="http://www.opengis.net/kml/2.2">{inner}</kml>'.encode()


def of_paths(*parts: list[list[float]]) -> bytes:
    kind = {"geometryType": "esriGeometryPolyline", "spatialReference": {"wkid": 4326}}
    features = [{"attributes": {"name": "A"}, "geometry": {"paths": parts}}]
    return json.dumps({**kind, "hasZ": len(parts[0][0]) > 2, "features": features}).encode()


@pytest.fixture
def all_long(monkeypatch):
    """Return what has every line taken for a long one from then on."""

    def begin() -> None:
        monkeypatch.setattr(layers, "LONG", 10)
        monkeypatch.setattr(feature_texts, "LONG_LINE", 2)

    return begin


@pytest.mark.parametrize("line", [LINE, HIGH, GROUND])
def test_a_long_line_of_a_database_is_read_as_a_short_one(line, all_long):
    short = outcome(read_route(row(line), "line.gpkg"))
    all_long()
    assert outcome(read_route(row(line), "line.gpkg")) == short
    assert len(short[2]) == 1


def test_a_long_line_of_a_shapefile_is_read_as_a_short_one(all_long):
    file = zipped(shapefile())
    short = outcome(read_route(file, "line.zip"))
    all_long()
    assert outcome(read_route(file, "line.zip")) == short


@pytest.mark.parametrize("file", [row_of_parts, of_segments, of_lines, of_paths])
@pytest.mark.parametrize("line", [LINE, HIGH, GROUND])
@pytest.mark.parametrize("ends", [(0, 20, 60), (0, 20, 21, 60), (0, 60), (0, 1, 60)])
def test_many_parts_are_read_as_few(file, line, ends, all_long, monkeypatch):
    monkeypatch.setattr(line_rows, "AT_A_TIME", 2)
    parts = [line[max(0, start - 1) : end] for start, end in pairwise(ends)]
    if file is row_of_parts and min(map(len, parts)) < 2:
        pytest.skip("a shape of one position cannot be made")
    data = file(*parts)
    few = outcome(read_route(data, "parts"))
    all_long()
    assert outcome(read_route(data, "parts")) == few
    assert few[2]


@pytest.mark.parametrize("flavor", ["iso", "extended"])
@pytest.mark.parametrize("shape", [shapely.LineString, lambda line: shapely.MultiLineString([line[:9], line[8:]])])
@pytest.mark.parametrize("line", [LINE, HIGH])
def test_the_numbers_of_binary_lines_are_those_that_geos_reads(flavor, shape, line):
    made = shape(line)
    read = long_lines(shapely.to_wkb(made, flavor=flavor))
    assert read["type"] == made.geom_type
    lines = [read["coordinates"]] if made.geom_type == "LineString" else list(read["coordinates"])
    parts = [shapely.get_coordinates(part, include_z=made.has_z).tolist() for part in shapely.get_parts(made)]
    assert [rows.tolist() for rows in lines] == parts


@pytest.mark.parametrize(
    "wkb",
    [
        shapely.to_wkb(shapely.LineString(LINE), byte_order=0),
        shapely.to_wkb(shapely.MultiLineString([LINE, LINE]), byte_order=0),
        shapely.to_wkb(shapely.MultiLineString([LINE, LINE]))[:-8],
        shapely.to_wkb(shapely.LineString(LINE))[:-8],
        shapely.to_wkb(shapely.LineString(LINE), include_srid=True)[:4],
        shapely.to_wkb(shapely.set_srid(shapely.LineString(LINE), 4326), include_srid=True),
        shapely.to_wkb(shapely.LineString(LINE))[:-8] + struct.pack("<d", np.nan),
        shapely.to_wkb(shapely.MultiLineString([LINE, LINE]))[:-8] + struct.pack("<d", np.inf),
        shapely.to_wkb(shapely.MultiLineString()),
        shapely.to_wkb(shapely.MultiPoint(LINE)),
        shapely.to_wkb(shapely.Polygon(LINE)),
        shapely.to_wkb(shapely.from_wkt("LINESTRING M (46 39 1, 46.1 39 2)"), flavor="iso"),
        shapely.to_wkb(shapely.MultiLineString([LINE, LINE])).replace(b"\x01\x02\0\0\0", b"\x01\x03\0\0\0", 1),
        shapely.to_wkb(shapely.LineString(LINE))[:5] + b"\1\0\0\0" + bytes(16),
        b"\x01\x05\0\0\0\1\0\0\0\x01\x02\0\0\0\1\0\0\0" + bytes(16),
        b"",
    ],
)
def test_what_is_no_plain_line_of_finite_numbers_is_left_to_geos(wkb):
    assert long_lines(wkb) is None


def test_rows_are_made_some_at_a_time_none_lost(monkeypatch):
    table = "CREATE TABLE ways (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
    rows = "".join(
        f"INSERT INTO ways (geom, name) VALUES (x'{geometry(LINE[n : n + 2]).hex()}', 'way {n}');" for n in range(7)
    )
    file = geopackage(table, rows, register("ways"), route=False)
    whole = outcome(read_route(file, "ways.gpkg"))
    monkeypatch.setattr(layers, "AT_A_TIME", 3)
    assert outcome(read_route(file, "ways.gpkg")) == whole
    assert whole[0].count(b'"Feature"') == 7


@settings(max_examples=40)
@given(st.lists(st.dictionaries(st.sampled_from(["type", "properties", "geometry", "id"]), JSON)), JSON)
def test_features_kept_as_texts_are_the_features(features, crs):
    features = orjson.loads(orjson.dumps(features))
    kept = FeatureTexts(features)
    assert (list(kept), len(kept)) == (features, len(features))
    document = {"type": "FeatureCollection", "features": features, "crs": crs}
    assert text_of({**document, "features": kept}) == orjson.dumps(document)
    for number, changed in enumerate(features):
        changed["bbox"] = number
        kept[number] = changed
    twice = FeatureTexts(features)
    twice.extend(kept)
    assert list(twice) == features * 2


def test_a_feature_with_an_array_keeps_it():
    rows = np.array(LINE)
    kept = FeatureTexts([{"type": "Feature", "geometry": {"type": "LineString", "coordinates": rows}}])
    assert kept[0]["geometry"]["coordinates"] is rows
    short = feature([[46, 39], [47, 39]])
    more = FeatureTexts([short])
    more.extend(kept)
    more.append(short)
    more.extend(more)
    assert [at["geometry"]["coordinates"] is rows for at in more] == [False, True, False] * 2
    more[2] = {**short, "geometry": None}
    more[3] = more[2]
    some = more.with_geometry()
    some.append(short)
    more[1] = short
    assert list(more) == [short, short, more[2], more[2], more[4], short]
    assert [at["geometry"]["coordinates"] is rows for at in some] == [False, True, True, False, False]
    assert some[4] == some[0] == short
    assert json.loads(kept.between(b"[", b"]"))[0]["geometry"]["coordinates"] == LINE


NAMES = st.sampled_from(["name", "ref", "id"])


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.none() | st.dictionaries(NAMES, JSON), JSON, st.booleans(), st.permutations(range(3)))))
def test_features_kept_as_records_are_the_features(parts):
    features = []
    for properties, more, has_more, order in parts:
        members = [("type", "Feature"), ("properties", properties), ("geometry", STAND_INS["Point"])]
        features.append(dict([members[place] for place in order] + ([("id", more)] if has_more else [])))
    kept = FeatureRecords()
    for number, given_feature in enumerate(features):
        kept.append(dict(given_feature))
        kept.settle(number)
    assert json.dumps(list(kept)) == json.dumps(features)
    assert kept == features
    assert [kept[number] for number in range(len(features))] == features
    for number, (properties, *_) in enumerate(parts):
        mapping = kept.record(number).properties
        assert mapping == (properties or {})
        assert list(mapping) == list(properties or {})
        assert {**mapping} == (properties or {})
        assert [mapping.get(name, 7) for name in ("name", "ref", "x")] == [
            (properties or {}).get(name, 7) for name in ("name", "ref", "x")
        ]


def test_a_feature_with_another_member_is_kept_as_it_is():
    odd = {**feature(LINE), "bbox": [46, 39, 47, 40], "geometry": STAND_INS["LineString"]}
    kept = FeatureRecords()
    kept.append(odd)
    kept.settle(0)
    assert kept[0] is odd
    assert kept.record(0) is None


@pytest.mark.parametrize("name", [*json_batches.LONG_ARRAYS, "others"])
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(JSON), st.dictionaries(st.sampled_from([*json_batches.LONG_ARRAYS, "a"]), JSON), st.booleans())
def test_a_long_array_is_parsed_as_all_of_its_text_would_be(monkeypatch, name, elements, around, first):
    monkeypatch.setattr(json_batches, "LARGE", 0)
    monkeypatch.setattr(json_batches, "MANY", 3)
    monkeypatch.setattr(json_batches, "AT_A_TIME", 2)
    document = {name: elements, **around} if first else {**around, name: elements}
    text = json.dumps(document).encode()
    assert json.dumps(json_batches.parse_in_batches(text)) == json.dumps(document)
    path = f"/{name}"
    assert JsonPlaces(text, json_batches.ARRAY_DEPTH).elements(path) == JsonPlaces(text).elements(path)
    with pytest.raises(orjson.JSONDecodeError):
        json_batches.parse_in_batches(text[:-1])


@pytest.mark.parametrize(
    "text", [b'{"arcs": [1, 2,, 3, 4]}', b'{"arcs": [1, 2, 3, 4]', b'{"arcs": [1, 2, {3, 4]}', b"[[]"]
)
def test_a_long_array_of_a_broken_text_is_refused_as_all_of_it_would_be(monkeypatch, text):
    monkeypatch.setattr(json_batches, "LARGE", 0)
    monkeypatch.setattr(json_batches, "MANY", 3)
    with pytest.raises(orjson.JSONDecodeError):
        json_batches.parse_in_batches(text)


def test_an_arc_and_a_member_that_come_twice_are_read_twice():
    arcs = [LINE[:3], [[46.1, 39.2, 700], [46.2, 39.2, 710]], "no arc"]
    shapes = [
        {"type": "LineString", "arcs": names} for names in ([0], [~0], [0, ~0], [1], [~1], [2], [3], [~3], [0, 2])
    ]
    inner = {
        "type": "GeometryCollection",
        "geometries": [*shapes, {"type": "GeometryCollection", "geometries": shapes}],
    }
    text = json.dumps({"type": "Topology", "objects": {"ways": inner}, "arcs": arcs}).encode()
    read = [
        shape["geometry"]["coordinates"] for shape in json.loads(read_route(text, "ways.topojson").document)["features"]
    ]
    there, high = LINE[:3], arcs[1]
    assert read == [there, there[::-1], there + there[1::-1], high, high[::-1]] * 2


def test_a_way_that_comes_twice_and_a_node_with_tags_are_read_whatever_their_order():
    nodes = "".join(f'<node id="{n}" lon="{lon}" lat="{lat}"/>' for n, (lon, lat) in enumerate(LINE[:3]))
    way = "".join(f'<nd ref="{n}"/>' for n in range(3))
    tagged = '<node id="1" lon="46.001" lat="39.001"><tag k="name" v="Post"/></node>'
    for inside in (nodes + tagged, tagged + nodes):
        first = f'<way id="9">{way}</way>'
        second = f'<way id="9">{way}<tag k="name" v="Road"/></way>'
        for ways in (first + second, second + first.replace("</way>", '<tag k="name" v="Road"/></way>')):
            reading = read_route(f'<osm version="0.6">{ways}{inside}</osm>'.encode(), "road.osm")
            assert [route.name for route in reading.routes] == ["Road"]
            assert [point.name for point in reading.waypoints] == ["Post"]
