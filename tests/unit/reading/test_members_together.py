"""Several members of an archive with lines: each gives its routes, in its own system, under a name that tells it."""

import json
import re

import pytest
import shapely
from pyproj import Transformer

from corridor.land.geodesy import length_km
from corridor.reading.formats.members_together import MOST_LINES
from corridor.reading.limits import Limits
from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route
from tests.support.route_files import (
    LINE,
    NAME,
    OTHER,
    collection,
    feature,
    gpx,
    kml,
    packed_gzip,
    points,
    shapefile,
    text,
    zipped,
)

GEOJSON = text(feature(OTHER, "Detour"))
LINES = [LINE, OTHER]


def track(line: list[list[float]], name: str = "") -> bytes:
    named = f"<name>{name}</name>" if name else ""
    return gpx(f"<trk>{named}<trkseg>{points('trkpt', line)}</trkseg></trk>")


def placemark(line: list[list[float]], name: str = "") -> bytes:
    named = f"<name>{name}</name>" if name else ""
    at = " ".join(f"{x},{y}" for x, y in line)
    return kml(f"<Placemark>{named}<LineString><coordinates>{at}</coordinates></LineString></Placemark>")


def read(members: dict[str, bytes], **given) -> Reading:
    return read_route(zipped(members), "a.zip", **given)


def names(reading: Reading) -> list[str]:
    return [route.name for route in reading.routes]


def said(reading: Reading, code: str) -> list[str]:
    return [finding.says for finding in reading.findings if finding.code == code]


@pytest.mark.parametrize(
    "members",
    [
        {"a.gpx": gpx(), "b.gpx": track(OTHER, "Detour")},
        {"a.kml": kml(), "b.kml": placemark(OTHER, "Detour")},
        {"a.geojson": text(feature()), "b.geojson": GEOJSON},
        {"a.gpx": gpx(), "b.geojson": text(collection(feature(OTHER, "Detour")))},
        {**shapefile(stem="a"), "b.kml": placemark(OTHER, "Detour")},
        {"mail/a.zip": zipped({"a.gpx": gpx()}), "mail/b.zip": zipped({"doc.kml": placemark(OTHER, "Detour")})},
        {"a.geojson.gz": packed_gzip(text(feature())), "b.json": GEOJSON},
        {"notes.txt": b"sent on Monday", "a.gpx": gpx(), "b.ndjson": GEOJSON + b"\n"},
    ],
)
def test_each_member_with_a_line_gives_its_route(members):
    reading = read(members)
    lines = sorted(shapely.get_coordinates(route.line).tolist() for route in reading.routes)
    assert lines == sorted(LINES)
    assert sorted(names(reading)) == sorted([NAME, "Detour"])
    assert said(reading, "files-together")
    assert not said(reading, "files-ignored")


def test_what_was_read_is_said_by_name_and_what_was_not_beside_it():
    reading = read({"a.gpx": gpx(), "b.gpx": track(OTHER), "c.dxf": b"0\nSECTION\n", "d.kml": kml("")})
    assert said(reading, "files-together") == ["The archive gives the routes of 2 files: a.gpx and b.gpx."]
    assert said(reading, "files-ignored") == ["2 files were read. 1 other file was not: c.dxf."]
    assert said(reading, "files-without-line") == ["2 files were read; 1 other file holds no line: d.kml."]


@pytest.mark.parametrize(
    "members",
    [
        {"a.gpx": gpx(), "b.kml": placemark(LINE[:-1], "Copy")},
        {**shapefile(stem="a"), "b.gpx": track(LINE[:-1], "Copy")},
    ],
)
def test_files_of_which_one_route_is_left_are_not_set_side_by_side(members):
    reading = read(members)
    assert len(reading.routes) == 1
    (together,) = (finding for finding in reading.findings if finding.code == "files-together")
    assert re.fullmatch(r"“.+” is counted once, with “.+”: one route is left\.", together.advice)


def test_files_of_which_several_routes_are_left_can_be_set_side_by_side():
    reading = read({"a.gpx": gpx(), "b.kml": placemark(OTHER, "Detour")})
    (together,) = (finding for finding in reading.findings if finding.code == "files-together")
    assert together.advice.startswith("Routes can be set side by side")


def test_a_member_that_is_broken_is_named_and_stops_no_other():
    reading = read({"1.gpx": gpx(), "2.gpx": track(OTHER)[:-30], "3.gpx": track(OTHER, "Detour")})
    assert names(reading) == [NAME, "Detour"]
    assert said(reading, "files-ignored") == ["2 files were read. 1 other file was not: 2.gpx (cannot be read)."]


def test_a_line_without_a_name_is_called_as_its_file_and_one_name_in_two_files_is_told_apart():
    for write in (track, placemark):
        assert names(read({"days/first.x.gpx": write(LINE), "second.kml": write(OTHER)})) == ["first.x", "second"]
        assert names(read({"one.gpx": write(LINE, "Track"), "two.kml": write(OTHER, "Track")})) == [
            "Track (one)",
            "Track (two)",
        ]
    unnamed = {**collection(feature(OTHER, "")), "name": "Lot 3"}
    assert names(read({"a.gpx": gpx(), "b.geojson": text(unnamed)})) == [NAME, "Lot 3"]
    twice = {"2025/route.gpx": track(LINE), "2026/route.gpx": track(OTHER)}
    assert names(read(twice)) == ["2025/route.gpx", "2026/route.gpx"]
    twice = {"route.gpx": track(LINE, "Track"), "route.kml": placemark(OTHER, "Track")}
    assert names(read(twice)) == ["Track (route.gpx)", "Track (route.kml)"]


@pytest.mark.parametrize("write", [track, placemark, lambda line, name: text(feature(line, name))])
def test_stages_are_in_the_order_of_their_numbers_and_can_be_joined_on_request(write):
    ends = [[46 + n / 20, 39 + (n % 2) / 20] for n in range(4)]
    days = {f"day {n + 9}.gpx": write(ends[n : n + 2], f"Day {n + 9}") for n in range(3)}
    reading = read(dict(sorted(days.items())))
    assert names(reading) == ["Day 9", "Day 10", "Day 11"]
    assert said(reading, "routes-join") == ["The 3 routes of this file join end to end."]
    (whole,) = mend(reading, ["routes-join"]).reading.routes
    assert shapely.get_coordinates(whole.line).tolist() == ends
    assert length_km(whole.line) == pytest.approx(sum(length_km(route.line) for route in reading.routes))


def test_every_member_keeps_the_system_it_names():
    to_utm = Transformer.from_crs("EPSG:4326", "EPSG:32638", always_xy=True)
    metres = [list(to_utm.transform(*position)) for position in OTHER]
    system = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32638"}}
    in_metres = {**collection(feature(metres, "Detour")), "crs": system}
    for others in ({"a.gpx": gpx()}, {"a.geojson": text(feature())}, shapefile(stem="a")):
        reading = read({**others, "b.geojson": text(in_metres)})
        routes = {route.name: shapely.get_coordinates(route.line) for route in reading.routes}
        assert routes[NAME].tolist() == LINE
        assert routes["Detour"] == pytest.approx(shapely.get_coordinates(shapely.LineString(OTHER)), abs=1e-6)
        assert reading.converted
    both = {**collection(feature([list(to_utm.transform(*position)) for position in LINE])), "crs": system}
    reading = read({"a.geojson": text(both), "b.geojson": text(in_metres)})
    assert len(reading.routes) == 2
    assert reading.crs == "EPSG:32638"


def test_a_fault_is_said_once_with_the_file_it_is_in():
    link = "<NetworkLink><Link><href>https://example.invalid/{}.kml</href></Link></NetworkLink>"
    faulty = placemark(LINE).replace(b"</kml>", link.format("x").encode() + b"</kml>")
    also = placemark(OTHER).replace(b"</kml>", link.format("x").encode() + b"</kml>")
    (in_one,) = said(read({"a.kml": faulty, "b.kml": placemark(OTHER)}), "network-link")
    assert in_one.endswith("This is about “a.kml”.")
    (in_both,) = said(read({"a.kml": faulty, "b.kml": also}), "network-link")
    assert "This is about" not in in_both


def test_the_same_route_in_several_formats_is_one_route():
    reading = read({"a.gpx": gpx(), "a.kml": kml(), "a.geojson": text(feature())})
    assert len(reading.routes) == 1
    assert len(said(reading, "same-route")) == 2


def test_a_map_of_many_lines_does_not_bury_the_route_beside_it():
    def roads(count: int) -> bytes:
        return text(
            collection(*(feature([[46 + n / 50, 39], [46 + n / 50, 39.01]], f"Road {n}") for n in range(count)))
        )

    members = {"route.kml": kml(), "roads.geojson": roads(MOST_LINES + 1)}
    assert names(read(members)) == [NAME]
    assert len(read({**members, "roads.geojson": roads(MOST_LINES)}).routes) == MOST_LINES + 1


def test_members_beyond_the_caps_are_named_and_the_others_are_read():
    members = {f"{n}.gpx": track([[46 + n / 20, 39], [46 + n / 20, 39.01]]) for n in range(4)}
    reading = read(members, limits=Limits(features=2))
    assert names(reading) == ["0", "1"]
    assert "2.gpx" in said(reading, "files-ignored")[0]
    assert names(read(members, limits=Limits(vertices=7))) == ["0", "1", "2"]
    assert names(read(members, limits=Limits(file_bytes=len(zipped(members)) + 1))) != []


def test_what_is_written_of_several_members_is_one_sound_file():
    members = {"a.gpx": gpx(), "b.geojson": GEOJSON, **shapefile(stem="c")}
    reading = read(members)
    written = mend(reading, []).data
    assert {one["type"] for one in json.loads(written)["features"]} == {"Feature"}
    assert reading.format == "GPX, GeoJSON and Shapefile"
    again = read_route(written, "a.geojson")
    assert names(again) == names(reading)
    assert again.geojson == "valid"


@pytest.mark.parametrize(
    "odd",
    [
        b'{"type": "FeatureCollection", "features": {"a": 1}}',
        b'{"type": "LineString", "coordinates": [1, 2]}',
        b'{"type": "LineString", "coordinates": {"0": [46, 39]}}',
        b'{"type": "Feature", "properties": [], "geometry": {"type": "LineString", "coordinates": [[46, "x"]]}}',
        b'{"type": ["LineString"], "coordinates": [[46, 39], [46, 40]]}',
        b'{"type": "MultiLineString", "coordinates": [[], [3], "a"]}',
        b"[" * 2000,
        b'{"type": "LineString", "coordinates": ' + b"[" * 90 + b"]" * 90 + b"}",
    ],
)
def test_a_member_of_whatever_json_ends_in_no_traceback(odd):
    reading = read({"a.gpx": gpx(), "b.geojson": odd})
    assert NAME in [route.name.removesuffix(" (a)") for route in reading.routes]
    mend(reading, ())
