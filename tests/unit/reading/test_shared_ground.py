"""Routes of one file that run on the same ground are told with how far, and a second track is counted once."""

import json

import numpy as np
import pytest

from corridor.land.geodesy import length_km, segment_lengths_m
from corridor.reading import shared_ground as sharing
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import Reading, read_route
from corridor.reading.shared_ground import called_alike, shared_ground
from tests.support.drawn_lines import SEVERAL, Line, beside, winding

LINE = winding()


def km(line: Line) -> float:
    return float(segment_lengths_m(np.array(line)).sum()) / 1000


def read_all(*lines: Line) -> list[Reading]:
    return [read_route(write(lines), name) for name, write in SEVERAL.items()]


def said(reading: Reading, code: str) -> list[str]:
    return [finding.says for finding in reading.findings if finding.code == code]


PARTING = [*LINE[:40], *[[lon, lat + 0.004 * i] for i, (lon, lat) in enumerate(LINE[40:60])]]
PARTLY = {
    "lots that overlap": (LINE[:50], LINE[30:], LINE[30:50], 0.0),
    "a way that parts half way": (LINE, PARTING, LINE[:40], 0.0),
    "the other way round": (LINE, PARTING[::-1], LINE[:40], 0.0),
    "beside it for a part": (LINE, beside(LINE[10:60], 20), LINE[10:60], 20.0),
}


@pytest.mark.parametrize("case", PARTLY.values(), ids=PARTLY)
def test_routes_that_overlap_in_part_keep_their_lengths_and_are_told_how_far_they_do(case):
    first, second, together, apart_m = case
    for reading in read_all(first, second):
        assert [length_km(route.line) for route in reading.routes] == pytest.approx([km(first), km(second)], abs=1e-3)
        (says,) = said(reading, "shares-ground")
        assert float(says.partition(" km of “B” run ")[0]) == pytest.approx(km(together), abs=1.6)
        how = f"beside “A”, {apart_m:.0f} m away" if apart_m else "on the same ground as “A”"
        assert f"{how}. Each keeps its whole length." in says


APART = {
    "that cross": (LINE, [[lon, 2 * 39.6 - lat] for lon, lat in LINE]),
    "that follow each other": (LINE[:41], LINE[40:]),
    "sixty metres apart": (LINE, beside(LINE, 60)),
    "of one alone": (LINE,),
}


@pytest.mark.parametrize("lines", APART.values(), ids=APART)
def test_nothing_is_said_of_routes(lines):
    for reading in read_all(*lines):
        assert len(reading.routes) == len(lines)
        assert not said(reading, "shares-ground") + said(reading, "second-track")


@pytest.mark.parametrize("metres", [8, 25, 45])
@pytest.mark.parametrize("turned", [False, True])
def test_a_second_track_drawn_as_a_feature_is_named_and_counted_once(metres, turned):
    track = beside(LINE, metres)[::-1] if turned else beside(LINE, metres)
    for reading in read_all(LINE, track):
        (route,) = reading.routes
        assert length_km(route.line) == pytest.approx(km(LINE), abs=1e-3)
        assert route.repeated_km == pytest.approx(km(track), abs=1e-3)
        (says,) = said(reading, "second-track")
        assert f"“B” runs beside “A”, {metres} m apart" in says
        assert not said(reading, "shares-ground")


def test_a_second_track_is_dropped_only_when_asked_and_the_length_stays():
    for reading in read_all(LINE, beside(LINE, 12)):
        assert [left.would.code for left in mend_by_default(reading).not_done] == ["second-track"]
        mended = mend(reading, ["second-track"])
        (route,) = mended.reading.routes
        assert (length_km(route.line), route.repeated_km) == (pytest.approx(km(LINE), abs=1e-3), 0)
        assert "drawn twice are taken out" in mended.ledger[0].effect


@pytest.mark.parametrize(
    "properties",
    [
        ({"name": "Road"}, {"name": "Railway"}),
        ({"name": "M2", "mode": "road"}, {"name": "M2", "mode": "rail"}),
        ({"name": "Line 1", "layer": "old"}, {"name": "Line 2", "layer": "new"}),
    ],
)
def test_what_is_called_or_kept_otherwise_stays_a_route_of_its_own(properties):
    features = [
        {"type": "Feature", "properties": own, "geometry": {"type": "LineString", "coordinates": line}}
        for own, line in zip(properties, (LINE, beside(LINE, 12)), strict=True)
    ]
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "two.geojson")
    assert len(reading.routes) == 2
    (says,) = said(reading, "shares-ground")
    assert "12 m away. Each keeps its whole length" in says


def test_many_routes_on_one_trunk_are_one_sentence():
    spread = [[*LINE[:40], *[[x, y + 0.0008 * n * i] for i, (x, y) in enumerate(LINE[40:60])]] for n in range(1, 7)]
    for reading in read_all(LINE, *spread):
        assert len(reading.routes) == 7
        (says,) = said(reading, "shares-ground")
        assert says.startswith("6 routes run on the ground of others of this file, one for 3")


def test_of_more_routes_than_can_be_set_side_by_side_nothing_is_sought(monkeypatch):
    def never(*_):
        raise AssertionError("sought")

    monkeypatch.setattr(sharing, "repeated_runs", never)
    assert shared_ground([[np.array(LINE)]] * (sharing.MOST_ROUTES + 1)) == []


@pytest.mark.parametrize(
    ("names", "alike"),
    [
        (("Track 1", "Track 2"), True),
        (("M2 northbound", "M2 Southbound"), True),
        (("A", "B"), True),
        ((None, "Axis"), True),
        (("Линия 1 путь", "Линия 2 путь"), True),
        (("Road", "Railway"), False),
        (("By Meghri", "By Kapan"), False),
    ],
)
def test_names_that_differ_by_a_number_or_a_direction_are_alike(names, alike):
    assert called_alike(*names) is alike
