"""Of several routes each finding says which it is about; what is alike on some of them is one sentence."""

import json

import pytest

from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route
from tests.support.drawn_lines import Line

#: Three stages that meet, each of straight pieces longer than 5 km, the longest of each of another length.
STAGES = {
    "Day 1": [[46.60, 38.90], [46.52, 38.91], [46.44, 38.92]],
    "Day 2": [[46.44, 38.92], [46.35, 38.93], [46.28, 38.94]],
    "Day 3": [[46.28, 38.94], [46.18, 38.95], [46.11, 38.96]],
}


def geojson(lines: dict[str, Line]) -> Reading:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name} if name else {},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for name, line in lines.items()
    ]
    return read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a.geojson")


def gpx(lines: dict[str, Line]) -> Reading:
    tracks = ""
    for name, line in lines.items():
        points = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in line)
        tracks += f"<trk><name>{name}</name><trkseg>{points}</trkseg></trk>"
    return read_route(f'<gpx version="1.1" creator="x">{tracks}</gpx>'.encode(), "a.gpx")


def kml(lines: dict[str, Line]) -> Reading:
    marks = ""
    for name, line in lines.items():
        text = " ".join(f"{x},{y}" for x, y in line)
        marks += f"<Placemark><name>{name}</name><LineString><coordinates>{text}</coordinates></LineString></Placemark>"
    return read_route(f"<kml><Document>{marks}</Document></kml>".encode(), "a.kml")


def said(reading: Reading, code: str) -> list[str]:
    return [finding.says for finding in reading.findings if finding.code == code]


@pytest.mark.parametrize("read", [geojson, gpx, kml])
def test_a_finding_names_its_route_where_a_file_has_several(read):
    sentences = said(read(STAGES), "long-chord")
    assert [sentence.rpartition(". ")[2] for sentence in sentences] == [f"This is on “{name}”." for name in STAGES]
    assert len(set(sentences)) == 3


@pytest.mark.parametrize("read", [geojson, gpx, kml])
def test_of_one_route_nothing_is_added(read):
    (sentence,) = said(read({"Day 1": STAGES["Day 1"]}), "long-chord")
    assert "This is on" not in sentence


@pytest.mark.parametrize("read", [geojson, gpx, kml])
@pytest.mark.parametrize(("count", "listed"), [(2, "“A0” and “A1”"), (5, "“A0”, “A1”, “A2” and 2 more")])
def test_what_is_alike_on_several_routes_is_said_once_and_lists_them(read, count, listed):
    lines = {
        f"A{n}": [[46.0, 39.0 + n / 10], [46.5, 39.0 + n / 10], [46.5, 39.0 + n / 10], [46.6, 39.0 + n / 10]]
        for n in range(count)
    }
    assert said(read(lines), "duplicate-vertices") == [
        f"1 point of the line repeats the one before. This is on {listed}."
    ]


def test_a_route_without_a_name_of_its_own_is_told_by_its_number():
    same = [{"name": "Track"}, {"name": "Track"}, {}]
    lines = [[[46.0, 39.0 + n / 10], [46.1 + n / 10, 39.0 + n / 10]] for n in range(3)]
    features = [
        {"type": "Feature", "properties": named, "geometry": {"type": "LineString", "coordinates": line}}
        for named, line in zip(same, lines, strict=True)
    ]
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a.geojson")
    assert [sentence.rpartition(". ")[2] for sentence in said(reading, "long-chord")] == [
        "This is on route 1, “Track”.",
        "This is on route 2, “Track”.",
        "This is on route 3.",
    ]


def test_many_routes_of_one_fault_are_no_flood():
    lines = {f"A{n}": [[46.0, 39.0 + n / 100], [46.1 + n / 1000, 39.0 + n / 100]] for n in range(60)}
    reading = geojson(lines)
    assert len(said(reading, "long-chord")) == 4
    assert len(reading.routes) == 60


def test_a_route_that_is_stopped_is_named_and_stays_stopped():
    slipped = [[y, x] if n == 1 else [x, y] for n, (x, y) in enumerate(STAGES["Day 2"])]
    reading = geojson({**STAGES, "Day 2": slipped})
    assert [route.name for route in reading.routes] == ["Day 1", "Day 3"]
    (sentence,) = said(reading, "lat-lon-swapped-partly")
    assert sentence.endswith("This is on “Day 2”.")


@pytest.mark.parametrize("read", [geojson, gpx, kml])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_joined_stages_are_named_from_the_first_to_the_last(read, order):
    names = [list(STAGES)[n] for n in order]
    mended = mend(read({name: STAGES[name] for name in names}), ["routes-join"])
    (route,) = mended.reading.routes
    assert route.name == f"{names[0]} to {names[-1]}"
    assert any(f"named “{route.name}”" in words for entry in mended.ledger for words in entry.other)


def test_joined_stages_of_one_name_keep_it():
    lines = {name: STAGES[name] for name in STAGES}
    features = [
        {"type": "Feature", "properties": {"name": "Road"}, "geometry": {"type": "LineString", "coordinates": line}}
        for line in lines.values()
    ]
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a.geojson")
    (route,) = mend(reading, ["routes-join"]).reading.routes
    assert route.name == "Road"
