"""A route that lies wholly on another of its file draws it again: named and counted once, and no alternative is."""

import json
import math
import random
import zipfile
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.geodesy import length_km, segment_lengths_m
from corridor.reading import covered_routes as covering
from corridor.reading.covered_routes import covered_routes
from corridor.reading.mend import MENDABLE, mend, mend_by_default, offered_repairs
from corridor.reading.route import Reading, read_route
from tests.support.drawn_lines import SEVERAL, Line, beside, winding
from tests.support.hostile_databases import geometry, geopackage, register

LINE = winding()


def km(line: Line) -> float:
    return float(segment_lengths_m(np.array(line)[:, :2]).sum()) / 1000


WHOLE = km(LINE)
#: Another way between the same ends, and one that parts from the line half way.
OTHER = [[lon, lat + 0.06 * math.sin(math.pi * i / 80)] for i, (lon, lat) in enumerate(LINE)]
OTHER[0], OTHER[-1] = LINE[0], LINE[-1]
PARTING = [*LINE[:40], *[[lon, lat + 0.004 * i] for i, (lon, lat) in enumerate(LINE[40:60])]]


def read_all(*lines: Line) -> list[Reading]:
    return [read_route(write(lines), name) for name, write in SEVERAL.items()]


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def names(reading: Reading) -> list[str]:
    return [route.name for route in reading.routes]


def between(line: Line) -> Line:
    """Return a line with more vertices on the same segments."""
    more = [line[0]]
    for (x, y), (lon, lat) in pairwise(line):
        more += [[round(x + (lon - x) / 3, 7), round(y + (lat - y) / 3, 7)], [lon, lat]]
    return more


PIECES = {
    "vertex for vertex": LINE[20:50],
    "the other way": LINE[20:50][::-1],
    "from the first end": LINE[:30],
    "with more vertices": between(LINE[20:50]),
    "three metres away": beside(LINE[20:50], 3),
    "rounded to five decimals": [[round(lon, 5), round(lat, 5)] for lon, lat in LINE[20:50]],
}


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
@pytest.mark.parametrize("first", [True, False])
def test_a_piece_of_another_route_is_named_and_counted_once(piece, first):
    for reading in read_all(*((piece, LINE) if first else (LINE, piece))):
        (route,) = reading.routes
        assert length_km(route.line) == pytest.approx(WHOLE, abs=1e-3)
        assert route.repeated_km == pytest.approx(km(piece), abs=1e-3)
        (finding,) = [finding for finding in reading.findings if finding.code == "piece-of-route"]
        called, other = ("A", "B") if first else ("B", "A")
        assert route.name == other
        assert f"“{called}” lies wholly on “{other}”" in finding.says
        assert f"{km(piece):.1f} km" in finding.says
        assert len(finding.says.split()) <= 25


@pytest.mark.parametrize("again", [LINE, LINE[::-1]])
def test_the_same_line_twice_is_counted_once(again):
    for reading in read_all(LINE, again, OTHER):
        assert names(reading) == ["A", "C"]
        assert [length_km(route.line) for route in reading.routes] == pytest.approx([WHOLE, km(OTHER)], abs=1e-3)
        assert reading.routes[0].repeated_km == pytest.approx(WHOLE, abs=1e-3)
        assert {"same-route"} == codes(reading) & {"same-route", "piece-of-route"}


def test_of_two_drawn_over_each_other_the_earlier_counts():
    for longer in (beside(LINE, 2), between(beside(LINE, 2))):
        for lines in ((LINE, longer), (longer, LINE)):
            for reading in read_all(*lines):
                assert names(reading) == ["A"]
                assert length_km(reading.routes[0].line) == pytest.approx(km(lines[0]), abs=1e-3)


ALTERNATIVES = {
    "that share both ends": (LINE, OTHER),
    "that share one end": (LINE, LINE[:1] + [[lon, lat + 0.002 * i] for i, (lon, lat) in enumerate(LINE[1:50], 1)]),
    "that share half of the way": (LINE, PARTING),
    "that overlap": (LINE[:50], LINE[30:]),
    "that follow each other": (LINE[:41], LINE[40:]),
    "ten metres apart": (LINE, beside(LINE[10:70], 10)),
    "with a detour of half a kilometre": (LINE, [*LINE[20:35], [LINE[35][0], LINE[35][1] + 0.005], *LINE[36:50]]),
    "a short street across": (LINE, [[LINE[40][0], LINE[40][1] - 3e-5], [LINE[40][0], LINE[40][1] + 3e-5]]),
}


@pytest.mark.parametrize("lines", ALTERNATIVES.values(), ids=ALTERNATIVES)
@pytest.mark.parametrize("turned", [False, True])
def test_alternatives_stay_routes_of_their_own(lines, turned):
    lines = [line[::-1] for line in lines] if turned else lines
    for reading in read_all(*lines):
        assert names(reading) == ["A", "B"]
        assert [length_km(route.line) for route in reading.routes] == pytest.approx([*map(km, lines)], abs=1e-3)
        assert not codes(reading) & {"piece-of-route", "same-route"}


def test_a_railway_and_a_road_are_two_routes_wherever_they_are_drawn():
    features = [
        {"type": "Feature", "properties": {"name": mode, "mode": mode},
         "geometry": {"type": "LineString", "coordinates": line}}
        for mode, line in (("rail", LINE), ("road", LINE[10:60]), ("rail", LINE[30:50]))
    ]  # fmt: skip
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "modes.geojson")
    assert names(reading) == ["rail", "road"]


def test_what_is_kept_in_two_layers_or_folders_are_two_routes():
    def folder(name: str, *lines: Line) -> str:
        marks = "".join(
            f"<Placemark><name>{name} {n}</name><LineString><coordinates>{' '.join(f'{x},{y}' for x, y in line)}"
            "</coordinates></LineString></Placemark>"
            for n, line in enumerate(lines)
        )
        return f"<Folder><name>{name}</name>{marks}</Folder>"

    folders = folder("Old", LINE, LINE[10:20]) + folder("New", LINE[20:50])
    kml = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{folders}</Document></kml>'.encode()
    table = "CREATE TABLE {0} (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
    row = "INSERT INTO {0} VALUES (NULL, x'{1}', '{0} {2}');"
    gpkg = geopackage(
        *(
            table.format(layer) + "".join(row.format(layer, geometry(line).hex(), n) for n, line in enumerate(lines))
            for layer, lines in (("Old", (LINE, LINE[10:20])), ("New", (LINE[20:50],)))
        ),
        register("Old") + register("New"),
        route=False,
    )
    for data, name in ((kml, "folders.kml"), (gpkg, "layers.gpkg")):
        reading = read_route(data, name)
        assert names(reading) == ["Old 0", "New 0"]
        assert [length_km(r.line) for r in reading.routes] == pytest.approx([WHOLE, km(LINE[20:50])], abs=1e-3)
        # The file that is written says so too.
        assert names(mend_by_default(reading).reading) == ["Old 0", "New 0"]


def test_lots_of_a_whole_line_are_one_sentence():
    lots = [LINE[i : i + 11] for i in range(0, 80, 10)]
    for reading in read_all(*lots, LINE):
        (route,) = reading.routes
        assert (length_km(route.line), route.repeated_km) == pytest.approx((WHOLE, WHOLE), abs=1e-3)
        (finding,) = [finding for finding in reading.findings if finding.code == "piece-of-route"]
        assert "“A”, “B”, “C” and 5 more lie wholly on “I”" in finding.says


def test_a_piece_counts_once_whatever_parts_its_feature_has():
    features = [
        {"type": "Feature", "properties": {"name": "Parts"},
         "geometry": {"type": "MultiLineString", "coordinates": [LINE[50:60], LINE[5:20]]}},
        {"type": "Feature", "properties": {"name": "Two lots"},
         "geometry": {"type": "MultiLineString", "coordinates": [LINE[:41], LINE[40:]]}},
    ]  # fmt: skip
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "parts.geojson")
    assert names(reading) == ["Two lots"]
    assert length_km(reading.routes[0].line) == pytest.approx(WHOLE, abs=1e-3)


def test_a_repair_takes_out_what_lies_on_another_when_asked_and_the_length_stays():
    for reading in read_all(LINE, LINE[20:50], OTHER, OTHER[::-1]):
        assert [left.would.code for left in mend_by_default(reading).not_done] == ["same-route", "piece-of-route"]
        mended = mend(reading, ["piece-of-route", "same-route"])
        assert names(mended.reading) == names(reading) == ["A", "C"]
        for route, before in zip(mended.reading.routes, reading.routes, strict=True):
            assert route.repeated_km == 0
            assert length_km(route.line) == length_km(before.line)
        for entry in mended.ledger:
            assert entry.length_before_km == entry.length_after_km == pytest.approx(WHOLE + km(OTHER), abs=1e-3)
            assert "drawn twice are taken out" in entry.effect
        assert not {"piece-of-route", "same-route"} & {offer.would.code for offer in offered_repairs(mended)}


def test_routes_that_join_are_not_offered_to_be_joined_while_one_is_drawn_twice():
    for reading in read_all(LINE[:41], LINE[40:], LINE[10:30]):
        assert "routes-join" not in codes(reading)
        assert "routes-join" in codes(mend(reading, ["piece-of-route"]).reading)


def test_what_lies_on_a_route_that_cannot_be_taken_is_taken_itself():
    features = [
        {"type": "Feature", "properties": {"name": "Stopped"},
         "geometry": {"type": "MultiLineString", "coordinates": [LINE, [[True, 39.9], [45.1, 39.9]]]}},
        {"type": "Feature", "properties": {"name": "Piece"},
         "geometry": {"type": "LineString", "coordinates": LINE[20:50]}},
    ]  # fmt: skip
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "stopped.geojson")
    assert "coordinate-not-number" in codes(reading)
    assert names(reading) == ["Piece"]


def test_files_of_an_archive_that_repeat_each_other_count_once():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("day.gpx", SEVERAL["several.gpx"]([LINE, LINE[::-1]]))
    (route,) = read_route(out.getvalue(), "day.zip").routes
    assert length_km(route.line) == pytest.approx(WHOLE, abs=1e-3)


@given(st.randoms(use_true_random=False), st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_each_piece_is_covered_and_no_other_line_whatever_the_order(dice: random.Random, count: int):
    others = [LINE, OTHER, [[lon, lat + 0.5] for lon, lat in LINE]]
    routes = [(line, n) for n, line in enumerate(others)]
    for _ in range(count):
        n = dice.randrange(3)
        first = dice.randrange(0, 70)
        piece = others[n][first : first + dice.randrange(2, 10)]
        routes.append((piece[::-1] if dice.random() < 0.5 else piece, n))
    dice.shuffle(routes)
    cover = covered_routes([[np.array(line)] for line, _ in routes])
    whole = {n: routes.index((others[n], n)) for n in range(3)}
    assert cover == {i: whole[n] for i, (_, n) in enumerate(routes) if i not in whole.values()}


def test_what_would_take_long_is_not_looked_for(monkeypatch):
    routes = [[np.array(LINE)], [np.array(LINE[20:50])]]
    assert covered_routes(routes) == {1: 0}
    for bound in ("MOST_ROUTES", "MOST_MET"):
        with monkeypatch.context() as patched:
            patched.setattr(covering, bound, 1)
            assert covered_routes(routes) == {}


def test_every_code_of_a_repeat_has_a_repair_that_is_done_by_name():
    for code in ("piece-of-route", "same-route"):
        assert MENDABLE[code].mend is not None
        assert MENDABLE[code].mend.by_name
