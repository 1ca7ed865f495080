"""Lines in JSON of other programs: every form gives the same line, says what it is, and what is missing in it."""

import json
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import LineString

from corridor.land.geodesy import CRS84, length_km
from corridor.reading.formats.encoded_polyline import PolylineError, decoded, is_polyline, likeliest
from corridor.reading.limits import Limits
from corridor.reading.mend import MENDABLE, mend
from corridor.reading.route import Reading, read_route
from tests.support.other_json_files import (
    HIGH,
    LINE,
    NODES,
    OTHER,
    OTHER_JSON,
    PLAIN,
    TAGS,
    WAY,
    encoded,
    esri,
    graphhopper,
    osrm,
    overpass,
    places,
    topology,
    valhalla,
)
from tests.support.route_files import NAME, collection, feature, packed_gzip, text


def read(document: object) -> Reading:
    return read_route(text(document), "a.json")


def said(reading: Reading, code: str) -> list[str]:
    return [finding.says for finding in reading.findings if finding.code == code]


@pytest.mark.parametrize(("kind", "document"), OTHER_JSON.values(), ids=OTHER_JSON)
def test_every_form_gives_its_line_and_says_what_it_is(kind, document):
    reading = read(document)
    (route,) = reading.routes
    assert np.abs(shapely.get_coordinates(route.line) - LINE).max() < 1e-9
    assert (reading.format, reading.geojson) == (kind, "not-geojson")
    assert len(said(reading, "json-of-another-form")) == 1
    assert "1 line was" in said(reading, "json-of-another-form")[0]
    assert reading.worst in ("note", "warning")


@pytest.mark.parametrize(("kind", "document"), OTHER_JSON.values(), ids=OTHER_JSON)
def test_what_is_written_of_it_is_sound_geojson(kind, document):
    mended = mend(read(document), [])
    again = read_route(mended.data, "a.geojson")
    assert again.geojson == "valid", kind
    assert json.loads(mended.data)["type"] == "FeatureCollection"
    assert len(again.routes) == 1


def test_names_tags_and_heights_come_along():
    for name in ("esri features", "topojson", "overpass nodes", "overpass relation of ways", "umap", "inside data"):
        assert read(OTHER_JSON[name][1]).routes[0].name == NAME
    assert read(OTHER_JSON["umap"][1]).routes[0].properties["layer"] == "Lot 1"
    heights = read(OTHER_JSON["graphhopper with heights"][1]).routes[0].heights_m
    assert heights is not None
    assert heights.tolist() == [one[2] for one in HIGH]
    measured = read(OTHER_JSON["esri measures"][1]).routes[0]
    assert measured.heights_m is None


@pytest.mark.parametrize(
    ("reference", "system"),
    [
        ({"wkid": 102100, "latestWkid": 3857}, "EPSG:3857"),
        ({"wkid": 102100}, "EPSG:3857"),
        ({"wkid": 32638}, "EPSG:32638"),
        ({"wkid": 54034}, "ESRI:54034"),
    ],
)
def test_a_system_of_arcgis_is_the_system_of_the_reading(reference, system):
    metres = in_system(system)
    for document in (
        esri(spatialReference=reference, features=[{"attributes": {}, "geometry": {"paths": [metres]}}]),
        {"attributes": {}, "geometry": {"paths": [metres], "spatialReference": reference}},
    ):
        reading = read(document)
        assert (reading.crs, reading.converted) == (system, True)
        assert np.abs(shapely.get_coordinates(reading.routes[0].line) - LINE).max() < 1e-6


def in_system(name):
    return np.column_stack(Transformer.from_crs(CRS84, name, always_xy=True).transform(*np.array(LINE).T)).tolist()


def test_systems_that_differ_from_feature_to_feature_are_told():
    features = [
        {"geometry": {"paths": [line], "spatialReference": {"wkid": wkid}}}
        for wkid, line in ((4326, OTHER), (32638, in_system("EPSG:32638")))
    ]
    reading = read({"features": features})
    assert said(reading, "layers-mixed-systems")
    assert len(reading.routes) == 2


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (esri(exceededTransferLimit=True), "only a part"),
        (esri(features=[{"geometry": {"curvePaths": [[*LINE[:2], {"b": [LINE[2], LINE[0], LINE[1]]}]]}}]), "curves"),
        (topology([LINE], [0, 7]), "arcs that are not in it"),
        (overpass(*NODES[:2], {**WAY, "nodes": [1, 2, 77, 1, 2]}), "lacks some nodes"),
        (overpass({"type": "way", "id": 9, "geometry": [*places(LINE), None, *places(OTHER)]}), "lacks some nodes"),
        (overpass(*NODES, WAY, {"type": "relation", "id": 5, "members": [
            {"type": "way", "ref": 9}, {"type": "way", "ref": 10}]}), "some ways of a relation"),
        ({**overpass(WAY, *NODES), "remark": "runtime error: Query timed out"}, "stopped with an error"),
        ({"type": "umap", "layers": [
            collection(feature()), {"features": [], "_umap_options": {"name": "x", "remoteData": {"url": "https://x.invalid"}}}]},
         "at an address"),
        (osrm(None), "without its line"),
        (osrm("not a polyline"), "cannot be decoded"),
        (graphhopper(encoded(LINE)[:-1]), "cannot be decoded"),
    ],
)  # fmt: skip
def test_what_is_missing_in_a_document_is_told(document, words):
    reading = read(document)
    assert any(words in one for one in said(reading, "content-missing")), [one.says for one in reading.findings]


def test_a_way_of_a_relation_is_not_a_route_of_its_own_and_other_ways_are():
    other = {"type": "way", "id": 10, "geometry": places(OTHER), "tags": {"name": "Siding"}}
    relation = {"type": "relation", "id": 5, "tags": TAGS, "members": [{"type": "way", "ref": 9, "role": "forward"}]}
    assert [route.name for route in read(overpass(*NODES, WAY, other, relation)).routes] == [NAME, "Siding"]


def test_alternatives_of_a_router_are_routes_of_their_own():
    first = osrm(encoded(LINE))
    first["routes"] += osrm(encoded(OTHER))["routes"]
    assert len(read(first).routes) == 2
    assert len(read(valhalla(encoded(LINE, 6), alternates=[valhalla(encoded(OTHER, 6))])).routes) == 2


def test_osm_xml_gives_the_same_as_overpass():
    nodes = "".join(f'<node id="{number}" lat="{y}" lon="{x}"/>' for number, (x, y) in enumerate(LINE, start=1))
    tags = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in TAGS.items())
    way = f'<way id="9">{"".join(f"<nd ref={chr(34)}{n}{chr(34)}/>" for n in (1, 2, 3))}{tags}</way>'
    inline = "".join(f'<nd ref="1" lat="{y}" lon="{x}"/>' for x, y in LINE)
    relation = f'<relation id="5"><member type="way" ref="9" role="">{inline}</member>{tags}</relation>'
    gone = '<way id="8" action="delete"><nd ref="1"/><nd ref="2"/></way>'
    for inside in (nodes + way + gone, way + nodes, relation, f'<way id="9">{inline}{tags}</way>'):
        reading = read_route(f'<?xml version="1.0"?><osm version="0.6">{inside}</osm>'.encode(), "a.osm")
        (route,) = reading.routes
        assert (reading.format, route.name) == ("OSM XML", NAME)
        assert shapely.get_coordinates(route.line).tolist() == LINE


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"datasets": [{"version": "v1", "data": {"allData": [[46.2, 38.9]], "fields": []}}]}, "kepler.gl"),
        ({"info": {"app": "kepler.gl"}, "datasets": []}, "kepler.gl"),
        ({"semanticSegments": []}, "Google Timeline"),
        ({"locations": [{"latitudeE7": 389000000, "longitudeE7": 462000000}]}, "Google Timeline"),
        ({"version": 8, "sources": {}, "layers": []}, "map style"),
        ({"routes": [{"sections": [{"polyline": "BG05xgKuy2xCx9B7vUl0OhnR54EqSzpEl-HxjD3pB"}]}]}, "HERE routing"),
        ([{"id": "document", "version": "1.0"}, {"id": "a"}], "CZML"),
        ({"type": "CityJSON", "version": "1.1"}, "CityJSON"),
        ({"error": {"code": 499, "message": "Token Required"}}, "server message"),
        ({"message": "Not Found", "documentation_url": "https://x.invalid"}, "server message"),
    ],
)  # fmt: skip
def test_json_without_a_line_to_take_is_named_with_the_way_to_one(document, kind):
    reading = read(document)
    (finding,) = reading.findings
    assert (reading.format, finding.code) == (kind, "format-named")
    assert len(finding.advice.split()) <= 25


def test_geojson_that_only_lacks_its_type_is_not_taken_for_another_form():
    for document in (
        {"features": [feature()]},
        {"type": "featurecollection", "features": [feature()]},
        PLAIN,
        {},
        7,
        [],
    ):
        assert not said(read(document), "json-of-another-form")


def test_more_than_is_read_is_refused_and_not_taken_in_part():
    few = Limits(vertices=8, features=2)
    for document in (
        topology([LINE], [0] * 1_000), overpass({"type": "way", "id": 1, "geometry": places(LINE * 5)}),
        osrm(encoded(LINE * 5)), [feature()] * 3, {"paths": [LINE * 5], "spatialReference": {}},
    ):  # fmt: skip
        reading = read_route(text(document), "a.json", limits=few)
        assert reading.routes == ()
        assert {finding.code for finding in reading.findings} & {
            "format-too-many",
            "too-many-features",
            "too-many-vertices",
        }


POSITIONS = st.tuples(st.integers(-1_800_000, 1_800_000), st.integers(-900_000, 900_000))


@given(st.lists(POSITIONS, min_size=1, max_size=30), st.sampled_from([5, 6]))
def test_a_line_comes_back_from_its_polyline(positions, decimals):
    line = [[x / 10_000, y / 10_000] for x, y in positions]
    assert np.abs(decoded([encoded(line, decimals)], decimals)[0] - line).max() < 1e-9


@given(st.text(max_size=60))
def test_no_text_makes_decoding_fail_in_another_way(given_text):
    try:
        likeliest([given_text], 5, length_m=12.0)
    except PolylineError:
        assert not is_polyline(given_text)


def test_the_stated_length_decides_between_five_and_six_decimals():
    near = [[2.0, 1.0], [2.1, 1.1]]
    length_m = 15_700.0
    assert likeliest([encoded(near, 6)], 5, length_m=length_m).pieces[0][0].tolist() == near[0]
    assert likeliest([encoded(near, 5)], 5, length_m=length_m).pieces[0][0].tolist() == near[0]


#: Far from the region, so that five decimals and six both lie on earth.
VIENNA = [[16.37, 48.21], [16.57, 48.31], [16.77, 48.41]]


@pytest.mark.parametrize(
    "document",
    [
        {"code": "Ok", "routes": [{"geometry": encoded(VIENNA, 5), "distance": 1}]},
        {"code": "Ok", "routes": [{"geometry": encoded(VIENNA, 5)}]},
        {"routes": [{"overview_polyline": {"points": encoded(VIENNA, 5)}, "legs": []}]},
        {"name": "a program's own", "polyline": encoded(VIENNA, 5)},
    ],
    ids=["OSRM, a length that fits neither", "OSRM", "Google", "own"],
)
def test_a_packed_line_that_fits_either_number_of_decimals_says_which_was_taken(document):
    reading = read(document)
    (finding,) = (finding for finding in reading.findings if finding.code == "decimals-of-packed-line")
    assert "from 48.21 N, 16.37 E" in finding.says
    assert "from 4.82 N, 1.64 E" in finding.advice
    assert reading.routes[0].line.coords[0] == tuple(VIENNA[0])


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"code": "Ok", "routes": [{"geometry": encoded(LINE, 6)}]}, "with 5 it would lie off the Earth"),
        ({"trip": {"legs": [{"shape": encoded(LINE, 5)}]}}, "so it lies in the mapped region"),
        (
            {"code": "Ok", "routes": [{"geometry": encoded([[1.6, 4.8], [1.7, 4.9]], 6), "distance": 15_700}]},
            "so it is as long",
        ),
    ],
    ids=["OSRM with six", "Valhalla with five", "a length"],
)
def test_an_unusual_number_of_decimals_is_said_with_its_reason(document, reason):
    reading = read(document)
    assert reason in said(reading, "unusual-decimals")[0]
    assert not said(reading, "decimals-of-packed-line")


def test_the_usual_decimals_in_the_region_need_no_word():
    assert not said(read({"code": "Ok", "routes": [{"geometry": encoded(LINE, 5)}]}), "unusual-decimals")


@given(st.lists(st.lists(POSITIONS, min_size=1, max_size=6), min_size=1, max_size=6), st.sampled_from([5, 6]))
def test_pieces_are_decoded_together_as_each_alone(pieces, decimals):
    lines = [[[x / 10_000, y / 10_000] for x, y in piece] for piece in pieces]
    together = decoded([encoded(line, decimals) for line in lines], decimals)
    assert [rows.tolist() for rows in together] == [
        decoded([encoded(line, decimals)], decimals)[0].tolist() for line in lines
    ]


@pytest.mark.parametrize(
    "around",
    [
        lambda inner: {"spatialReference": {"wkid": 32638}, "routes": inner},
        lambda inner: {"results": [{"value": {"spatialReference": {"wkid": 32638}, **inner}}]},
        lambda inner: [{"spatialReference": {"wkid": 32638}, "layers": [{"id": 0, **inner}]}],
    ],
    ids=["of the answer", "of the set", "of a list"],
)
def test_features_of_esri_inside_other_json_are_in_the_system_said_around_them(around):
    to_metres = Transformer.from_crs(CRS84, "EPSG:32638", always_xy=True).transform
    inner = {"features": [{"attributes": {"name": NAME}, "geometry": {"paths": [[to_metres(*at) for at in LINE]]}}]}
    reading = read(around(inner))
    assert reading.crs == "EPSG:32638"
    assert np.allclose(shapely.get_coordinates(reading.routes[0].line), LINE, atol=1e-6)
    assert len(read(around({"features": [{"attributes": {}, "geometry": {"x": 5, "y": 6}}]})).routes) == 0


def test_stops_beside_a_route_of_esri_are_kept_as_places():
    stop = {"attributes": {"Name": "Meghri"}, "geometry": {"x": 46.24, "y": 38.9}}
    reading = read({"routes": esri(), "stops": {"geometryType": "esriGeometryPoint", "features": [stop]}})
    assert [place.name for place in reading.waypoints] == ["Meghri"]
    assert len(reading.routes) == 1


TOWNS = [("Yerevan", 40.18, 44.51), ("Baku", 40.41, 49.87), ("Tbilisi", 41.72, 44.78), ("Kars", 40.6, 43.1)]
TABLES = {
    "a list": lambda rows, name: [{name: text, "lat": y, "lon": x} for text, y, x in rows],
    "a member": lambda rows, name: {"found": 4, "cities": [{name: text, "lat": y, "lng": x} for text, y, x in rows]},
    "columns": lambda rows, name: dict(zip((name, "lat", "lon"), map(list, zip(*rows, strict=True)), strict=True)),
    "columns of pandas": lambda rows, name: {
        key: {str(at): value for at, value in enumerate(column)}
        for key, column in zip((name, "lat", "lon"), zip(*rows, strict=True), strict=True)
    },
}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", ["name", "Название", "station", "ad"])
def test_places_with_names_are_points_and_no_line_through_them(table, name):
    reading = read(TABLES[table](TOWNS, name))
    assert reading.routes == ()
    assert "holds 4 places and no line" in said(reading, "no-line")[0]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("text", ["12{}", "PK {}+100", "T-{}", "", "start"])
def test_points_that_are_numbered_or_named_alike_are_a_line(table, text):
    rows = [(text.format(at), y, x) for at, (x, y, *_) in enumerate(LINE)]
    (route,) = read(TABLES[table](rows, "name")).routes
    assert np.allclose(shapely.get_coordinates(route.line), np.array(LINE)[:, :2])


RING = [[46.3, 38.9], [46.301, 38.9], [46.301, 38.901], [46.3, 38.9]]


def _elements(ways):
    """Ways, each positions and tags, as Overpass's JSON and as an .osm file."""
    elements = [{"type": "way", "id": n, "tags": tags, "geometry": places(at)} for n, (at, tags) in enumerate(ways, 1)]
    yield text(overpass(*elements)), "a.json"
    written = "".join(
        f'<way id="{n}">'
        + "".join(f'<nd ref="1" lat="{y}" lon="{x}"/>' for x, y in at)
        + "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        + "</way>"
        for n, (at, tags) in enumerate(ways, 1)
    )
    yield f'<osm version="0.6">{written}</osm>'.encode(), "a.osm"


@pytest.mark.parametrize(
    ("tags", "is_area"),
    [
        ({"building": "yes"}, True), ({"landuse": "farmland"}, True), ({"natural": "water"}, True),
        ({"highway": "services"}, True), ({"railway": "station"}, True), ({"highway": "footway", "area": "yes"}, True),
        ({"highway": "primary", "junction": "roundabout"}, False), ({"natural": "cliff"}, False), ({}, False),
        ({"building": "no", "railway": "rail"}, False), ({"leisure": "track"}, False),
        ({"landuse": "railway", "area": "no"}, False), ({"railway": "rail"}, False),
    ],
)  # fmt: skip
def test_a_closed_way_of_openstreetmap_is_an_area_by_its_tags_alone(tags, is_area):
    for data, name in _elements([(LINE, TAGS), (RING, tags)]):
        reading = read_route(data, name)
        assert len(reading.routes) == (1 if is_area else 2), name
        assert bool(said(reading, "polygon-for-line")) == is_area
        (alone,) = (written for written in _elements([(RING, tags)]) if written[1] == name)
        assert bool(read_route(*alone).routes) != is_area


def test_a_way_that_is_open_is_a_line_whatever_its_tags():
    for data, name in _elements([(LINE, {"barrier": "hedge", "landuse": "grass"})]):
        assert len(read_route(data, name).routes) == 1


def test_a_boundary_of_closed_ways_is_an_area_and_a_route_of_them_none():
    for kind, count in (("boundary", 0), ("multipolygon", 0), ("route", 1)):
        members = [{"type": "way", "ref": 1, "role": "outer", "geometry": places(RING)}]
        relation = {"type": "relation", "id": 5, "tags": {"type": kind, "name": NAME}, "members": members}
        assert len(read(overpass(relation)).routes) == count, kind


def _winding(steps: int = 12) -> list[list[float]]:
    return [[round(46.2 + 0.01 * i, 5), round(38.9 + 0.01 * (i % 2), 5)] for i in range(steps + 1)]


def _with_steps(whole, pieces, distance_m):
    steps = [{"geometry": piece} for piece in pieces]
    return {"code": "Ok", "routes": [{"geometry": whole, "distance": distance_m, "legs": [{"steps": steps}]}]}


def _steps_of(line):
    """The line of each step, and the one that arrives, which is one place, twice."""
    return [*(line[at : at + 4] for at in range(0, len(line) - 1, 3)), [line[-1], line[-1]]]


def _plain(line):
    return {"type": "LineString", "coordinates": line}


@pytest.mark.parametrize("written", [encoded, _plain], ids=["encoded", "plain"])
@pytest.mark.parametrize("overview", [slice(None, None, 12), slice(None)], ids=["simplified", "full"])
def test_the_lines_of_the_steps_are_taken_where_that_of_the_route_is_simplified(written, overview):
    line = _winding()
    length_m = length_km(LineString(line)) * 1000
    reading = read(_with_steps(written(line[overview]), [written(step) for step in _steps_of(line)], length_m))
    assert [list(map(list, route.line.coords)) for route in reading.routes] == [line]
    assert not said(reading, "content-missing")


@pytest.mark.parametrize(
    "router",
    [
        lambda line, length_m: _with_steps(encoded(line), [], length_m),
        lambda line, length_m: _with_steps(_plain(line), [None, encoded(line)], length_m),
        lambda line, length_m: {"paths": [{"distance": length_m, "points": _plain(line)}]},
        lambda line, length_m: {
            "routes": [{"summary": {"distance": length_m}, "geometry": encoded(line)}], "metadata": {}
        },
    ],
    ids=["OSRM", "Mapbox, steps without lines", "GraphHopper", "openrouteservice"],
)  # fmt: skip
def test_a_line_that_is_shorter_than_its_router_says_is_told_with_both_lengths(router):
    line = _winding()
    length_m = length_km(LineString(line)) * 1000
    short = length_km(LineString(line[::12]))
    (sentence,) = said(read(router(line[::12], length_m)), "content-missing")
    assert f"a line of {short:,.1f} km for a route of {length_m / 1000:,.1f} km" in sentence
    assert not said(read(router(line, length_m)), "content-missing")
    assert not said(read(router(line, length_m * 1.003)), "content-missing"), "on a sphere"


def test_what_was_matched_to_a_recording_in_parts_is_no_alternative():
    line = _winding()
    matched = {"code": "Ok", "matchings": [{"geometry": _plain(line[:5])}, {"geometry": _plain(line[6:])}]}
    assert [route.name for route in read(matched).routes] == ["Route 1", "Route 2"]


JUNK = [None, True, 0, -1, 7.5, 10**30, "", "x", "0", [], [[]], [None], {}, {"type": "Feature"}, {"coordinates": 1}]


def with_junk(document: Any, at: list[int], junk: object) -> Any:
    """A copy of a document in which the value that `at` leads to, member by member, is another."""
    if not at or not isinstance(document, dict | list) or not document:
        return junk
    keys = list(document) if isinstance(document, dict) else range(len(document))
    key = keys[at[0] % len(keys)]
    copy = dict(document) if isinstance(document, dict) else list(document)
    copy[key] = with_junk(document[key], at[1:], junk)
    return copy


@pytest.mark.parametrize("name", OTHER_JSON)
@settings(max_examples=60, deadline=None)
@given(at=st.lists(st.integers(0, 20), min_size=1, max_size=9), junk=st.sampled_from(JUNK))
def test_no_value_in_the_place_of_another_makes_reading_fail(name, at, junk):
    reading = read(with_junk(OTHER_JSON[name][1], at, junk))
    assert reading.routes or reading.findings
    mend(reading, MENDABLE)


def test_what_stands_beside_a_line_names_it():
    for kind in ("rows of a table", "rows with geometries as texts", "points of a program", "activity of Strava"):
        assert [route.name for route in read(OTHER_JSON[kind][1]).routes] == [NAME]


def test_places_inside_json_keep_their_heights_and_what_is_no_place_is_found():
    points = [{"latitude": y, "longitude": x, "elevation": 700 + x} for x, y in LINE]
    heights = read({"courseName": NAME, "geoPoints": points}).routes[0].heights_m
    assert heights is not None
    assert heights.tolist() == [700 + x for x, _ in LINE]
    broken = read({"points": [*points[:2], {"note": "pause"}, points[2]]})
    assert any(finding.severity == "error" for finding in broken.findings)


def test_heights_in_a_list_of_their_own_are_said_not_to_be_read():
    stream = {"latlng": {"data": [[y, x] for x, y in LINE]}, "altitude": {"data": [700, 701, 702]}}
    assert "heights in a list of their own" in said(read(stream), "content-missing")[0]


@pytest.mark.parametrize(
    "document",
    [
        {"detail": "Not authenticated"},
        {"type": "about:blank", "title": "Forbidden", "status": 403},
        {"errors": [{"message": "Not authorised"}], "data": None},
        {"error_message": "The provided API key is invalid.", "routes": [], "status": "REQUEST_DENIED"},
        {"version": "2.0.0", "exceptions": [{"code": "noApplicableCode", "text": "No such layer"}]},
        {"status": "error", "code": 401, "msg": "login required"},
    ],
)
def test_what_a_server_says_in_place_of_a_file_is_told_as_that(document):
    reading = read(document)
    assert reading.format == "server message"
    (finding,) = reading.findings
    assert "error message of a server" in finding.says


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (
            {"currentVersion": 11.1, "name": "Rail", "geometryType": "esriGeometryPolyline", "fields": []},
            "service description",
        ),
        ({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, "notebook"),
        (encoded(LINE), "encoded polyline"),
    ],
)
def test_json_that_holds_no_line_is_named(document, name):
    reading = read(document)
    assert (reading.format, len(reading.findings)) == (name, 1)


def test_a_list_of_numbers_that_are_no_line_is_not_taken_for_one():
    for document in ({"values": LINE}, {"points": 3}, {"polyline": "none"}, {"path": "/home"}, {"path": [1, 2, 3]}):
        assert read(document).routes == ()


@pytest.mark.parametrize(
    ("elements", "lack"),
    [
        ([WAY], "ways without their course"),
        ([{"type": "way", "id": 9, "center": {"lat": 38.9, "lon": 46.2}, "tags": TAGS}], "only their middles"),
        ([{"type": "count", "id": 0, "tags": {"ways": "3"}}], "only how many"),
    ],
)
def test_an_answer_of_overpass_without_lines_says_how_to_ask_again(elements, lack):
    reading = read(overpass(*elements))
    (finding,) = (finding for finding in reading.findings if finding.code == "content-missing")
    assert lack in finding.says
    assert "out geom" in finding.advice
    assert {"null-geometry", "no-line", "empty-collection"}.isdisjoint(one.code for one in reading.findings)


def test_another_way_of_a_relation_is_a_route_of_its_own_and_its_stops_are_kept():
    members = [
        {"type": "node", "ref": 1, "role": "stop", "lat": LINE[0][1], "lon": LINE[0][0]},
        {"type": "way", "ref": 9, "role": "main", "geometry": places(LINE)},
        {"type": "way", "ref": 10, "role": "alternative", "geometry": places(OTHER)},
    ]
    reading = read(overpass({"type": "relation", "id": 5, "tags": TAGS, "members": members}))
    assert [route.name for route in reading.routes] == [NAME, f"{NAME}, alternative"]
    assert [(point.lon, point.lat) for point in reading.waypoints] == [tuple(LINE[0][:2])]


@pytest.mark.parametrize(
    ("members", "part"),
    [
        ({"exceededTransferLimit": True}, "a part"),
        ({"properties": {"exceededTransferLimit": True}}, "a part"),
        ({"numberMatched": 40, "numberReturned": 1}, "1 of 40"),
        ({"totalFeatures": 1_200}, "1 of 1,200"),
        ({"links": [{"rel": "next", "href": "https://x.invalid/?page=2"}]}, "a part"),
    ],
)
def test_a_part_of_what_a_service_has_is_said_to_be_one(members, part):
    reading = read({**collection(feature()), **members})
    assert [part in sentence for sentence in said(reading, "service-stopped")] == [True]
    assert len(reading.routes) == 1


def test_all_of_what_a_service_has_is_not_said_to_be_a_part():
    for members in (
        {"numberMatched": 1, "numberReturned": 1},
        {"totalFeatures": "unknown"},
        {"links": [{"rel": "self"}]},
    ):
        assert not said(read({**collection(feature()), **members}), "service-stopped")


GEOMETRY = {"type": "LineString", "coordinates": LINE}
WKT = shapely.LineString(LINE).wkt
WRAPPED = [[{"$numberDouble": str(number)} for number in place] for place in LINE]
PLACES = [{"latitude": y, "longitude": x} for x, y in LINE]


@pytest.mark.parametrize(
    "document",
    [
        {"_id": {"$oid": "5f"}, "name": "A", "loc": {**GEOMETRY, "coordinates": WRAPPED}},
        [{"_id": {"$oid": "5f"}, "name": "A", "loc": GEOMETRY}],
        {"took": 1, "hits": {"hits": [{"_source": {"name": "A", "location": {**GEOMETRY, "type": "linestring"}}}]}},
        {"response": {"docs": [{"name": "A", "geo": [WKT]}]}},
        {"meta": [{"name": "geo"}], "data": [["A", WKT]], "rows": 1},
        {"resourceSets": [{"resources": [{"routePath": {"line": GEOMETRY}}]}]},
        {"result": [{"maneuvers": [{"outcoming_path": {"geometry": [{"selection": WKT}]}}]}]},
        {"formatVersion": "0.0.12", "routes": [{"legs": [{"points": PLACES}]}]},
        [{"name": "A", "st_asgeojson": json.dumps(GEOMETRY)}],
        {"lat": [y for _, y in LINE], "lon": [x for x, _ in LINE]},
        {name: {str(row): place[at] for row, place in enumerate(LINE)} for at, name in enumerate(("lon", "lat"))},
        {"data": [{"type": "scattermapbox", "lat": [y for _, y in LINE], "lon": [x for x, _ in LINE]}], "layout": {}},
    ],
    ids=[
        "mongo canonical",
        "mongo",
        "elastic",
        "solr",
        "clickhouse",
        "bing",
        "2gis",
        "tomtom",
        "postgis",
        "columns",
        "pandas",
        "plotly",
    ],
)
def test_lines_in_the_answers_and_exports_of_databases_and_services_are_read(document):
    for data in (json.dumps(document).encode(), packed_gzip(json.dumps(document).encode())):
        reading = read_route(data, "a.json")
        assert [list(map(list, route.line.coords)) for route in reading.routes] == [LINE]
        assert not [finding for finding in reading.findings if finding.severity == "error"]


@pytest.mark.parametrize("document", [{"a": 1}, {"samples": [{"x": "y"}]}, [1, 2], "text", {"type": "Elsewhere"}])
def test_json_that_nobody_knows_is_one_sentence(document):
    reading = read_route(json.dumps(document).encode(), "a.json")
    assert len(reading.findings) == 1


def test_the_record_of_a_phone_is_named():
    moment = {"startTime": "2026", "endTime": "2026", "timelinePath": [{"point": "geo:38.9,46.2"}]}
    assert read_route(json.dumps([moment]).encode(), "a.json").format == "Google Timeline"


@pytest.mark.parametrize("scale", [None, [1.0, 1.0], [1e308, 1e308]])
def test_numbers_of_a_topology_that_are_too_large_are_a_finding(scale):
    arcs = [[[46.2, 38.9], [1e300, 38.8]]]
    places = {"type": "MultiPoint", "coordinates": [[1e300, 38.8]]}
    document = {"type": "Topology", "objects": {"a": {"type": "LineString", "arcs": [0]}, "b": places}, "arcs": arcs}
    if scale is not None:
        document["transform"] = {"scale": scale, "translate": [0.0, 0.0]}
    reading = read_route(json.dumps(document).encode(), "a.topojson")
    assert not reading.usable
    assert reading.worst in ("error", "warning")


def test_a_topology_in_metres_is_in_the_system_it_names():
    metres = [list(place) for place in Transformer.from_crs("OGC:CRS84", "EPSG:32638", always_xy=True).itransform(LINE)]
    document = {"type": "Topology", "objects": {"a": {"type": "LineString", "arcs": [0]}}, "arcs": [metres]}
    document["crs"] = {"type": "name", "properties": {"name": "EPSG:32638"}}
    reading = read_route(json.dumps(document).encode(), "a.json")
    assert reading.crs == "EPSG:32638"
    assert shapely.equals_exact(reading.routes[0].line, shapely.LineString(LINE), tolerance=1e-6)
