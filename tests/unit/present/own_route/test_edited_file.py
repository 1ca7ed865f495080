"""What was edited, drawn or copied becomes a file that says where it comes from, and reads like any other."""

import hashlib
import json
from datetime import date

import numpy as np
import pytest
import shapely

from corridor.assessing.assessment import assess
from corridor.assessing.candidate_lines import candidate_lines
from corridor.assessing.editing import Edit, EditedLine
from corridor.present.own_route.edited_file import candidate_geojson, drawn_geojson, edited_geojson
from corridor.present.own_route.what_if import panel
from corridor.quantities import kilometres
from corridor.reading.faults import Severity
from corridor.reading.route import Route, read_route
from corridor.store.work import region
from corridor.ui.context import briefing_context
from tests.support.drawn_lines import FORMATS, winding
from tests.support.shapes import lines_of

ON = date(2026, 11, 26)
LINE = [[46.75, 39.05, 300.5], [46.4, 38.95, 410.0], [46.2, 38.95, 500.0], [45.8, 39.0, 620.0]]
FILE = json.dumps(
    {
        "type": "Feature",
        "properties": {"name": "<b>Mine</b>", "accuracy_m": 5, "colour": "red", "nested": {"deep": [1, None]}},
        "geometry": {"type": "LineString", "coordinates": LINE},
    }
).encode()


@pytest.fixture(scope="module")
def before():
    (route,) = read_route(FILE, "mine.geojson").routes
    return assess(route, region())


def test_an_edited_route_names_its_file_hash_changes_and_day_and_keeps_every_other_digit(before):
    line = EditedLine(before.route, region())
    line.apply(Edit(0, 1, 1, np.array([[46.41, 38.96, np.nan]])))
    line.apply(Edit(0, 3, 0, np.array([[46.0, 38.97, np.nan], [45.9, 38.98, np.nan]])))
    sha256 = hashlib.sha256(FILE).hexdigest()
    now = line.assessment().measures
    data, changes = edited_geojson(line.route(), now, before, "Mine (edited)", "mine.geojson", sha256, 1, ON)
    assert changes.startswith("Of 4 vertices 3 stay where they were, 1 went and 3 came; ")
    (feature,) = json.loads(data)["features"]
    of = feature["properties"]
    assert of["origin_of_route"] == {
        "file": "mine.geojson", "sha256": sha256, "route": 1, "made_on": "2026-11-26", "changes": changes
    }  # fmt: skip
    assert "26 November 2026" in of["origin"]
    assert changes.endswith("Its heights were left out, since vertices that were moved or added have none.")
    assert (of["name"], of["colour"], of["nested"]) == ("Mine (edited)", "red", {"deep": [1, None]})
    assert "accuracy_m" not in of
    assert feature["geometry"]["coordinates"] == [
        LINE[0][:2], [46.41, 38.96], LINE[2][:2], [46.0, 38.97], [45.9, 38.98], LINE[3][:2]
    ]  # fmt: skip
    (again,) = read_route(data, "again.geojson").routes
    assert assess(again, region()).measures.length_km == pytest.approx(line.assessment().measures.length_km, abs=1e-9)


def test_heights_stay_where_every_vertex_has_one(before):
    line = EditedLine(before.route, region())
    line.apply(Edit(0, 1, 1, np.zeros((0, 3))))
    now = line.assessment().measures
    data, changes = edited_geojson(line.route(), now, before, "Shorter", "mine.geojson", "a" * 64, 1, ON)
    (feature,) = json.loads(data)["features"]
    assert feature["geometry"]["coordinates"] == [LINE[0], *LINE[2:]]
    assert "heights" not in changes


def test_a_route_edited_twice_carries_the_later_origin(before):
    data, _ = edited_geojson(before.route, before.measures, before, "Once", "mine.geojson", "a" * 64, 1, ON)
    (once,) = read_route(data, "once.geojson").routes
    measured = assess(once, region())
    twice, _ = edited_geojson(once, measured.measures, measured, "Twice", "once.geojson", "b" * 64, 1, ON)
    (feature,) = json.loads(twice)["features"]
    assert feature["properties"]["origin_of_route"]["sha256"] == "b" * 64
    assert "once.geojson" in feature["properties"]["origin"]


def test_a_drawn_route_says_that_it_was_drawn():
    drawn = Route("x", lines_of(shapely.LineString([(46.4, 38.95), (46.2, 38.95)])), {})
    (feature,) = json.loads(drawn_geojson(drawn, "Drawn", ON))["features"]
    assert (
        feature["properties"]["origin"] == "Drawn by hand on the Declaration Map on 26 November 2026, with 2 vertices."
    )


@pytest.mark.slow
def test_every_drawn_candidate_can_be_copied_and_reads_without_error():
    for identity in briefing_context().drawn_candidates:
        found = briefing_context().candidate_route(identity)
        candidate = briefing_context().shipped.candidates[identity]
        lines = candidate_lines(candidate, briefing_context().shipped.by_id)
        reading = read_route(candidate_geojson(candidate, lines, found, ON), f"{identity}.geojson")
        assert reading.worst is not Severity.ERROR, (identity, reading.findings)
        (route,) = reading.routes
        assert route.properties["origin_of_route"] == {"candidate": identity, "made_on": "2026-11-26"}
        assert route.name == f"Copy of {candidate.name}"
        copied = assess(route, region()).measures
        assert copied.length_km == pytest.approx(found.measures.length_km, abs=1e-6)
        assert copied.repeated_km == pytest.approx(found.measures.repeated_km, abs=1e-6)
        assert copied.by_territory_km == pytest.approx(found.measures.by_territory_km, abs=1e-6)
        assert route.stated_accuracy_m == max(found.measures.accuracy.at_vertex_m)


def test_a_line_that_is_edited_over_itself_is_written_whole_and_counts_once(before):
    line = EditedLine(before.route, region())
    line.apply(Edit(0, 3, 0, np.array([[46.25, 39.1, np.nan], [46.2, 38.95, np.nan]])))
    measures = line.assessment().measures
    assert measures.repeated_km == pytest.approx(17.2, abs=0.1)
    data, changes = edited_geojson(line.route(), measures, before, "Spur", "mine.geojson", "a" * 64, 1, ON)
    (feature,) = json.loads(data)["features"]
    assert len(feature["geometry"]["coordinates"]) == 6
    assert f"{measures.length_km:.1f} km after" in changes
    (route,) = read_route(data, "spur.geojson").routes
    again = assess(route, region()).measures
    assert (again.length_km, again.repeated_km) == pytest.approx((measures.length_km, measures.repeated_km), abs=1e-6)


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_file_draws_twice_is_left_out_of_the_edited_line_and_said_to_be(name):
    way = winding()
    (route,) = read_route(FORMATS[name]([way, way[20:50]]), name).routes
    origin = assess(route, region())
    line = EditedLine(route, region())
    line.apply(Edit(0, 0, 1, np.array([[45.1, 39.6, np.nan]])))
    now = line.assessment().measures
    assert origin.measures.repeated_km > 20
    assert now.repeated_km == 0
    assert now.drawn_km == now.length_km
    said = panel(line.assessment(), region(), origin)["accuracy"]
    assert f"What its file draws twice, {kilometres(origin.measures.repeated_km)}, does not move with it" in said
    data, changes = edited_geojson(line.route(), now, origin, "Moved", name, "a" * 64, 1, ON)
    assert f"Left out are {kilometres(origin.measures.repeated_km)} that its file draws twice." in changes
    assert read_route(data, "moved.geojson").routes[0].repeated_km == 0


def test_the_panel_says_what_is_drawn_twice_as_the_line_stands(before):
    line = EditedLine(before.route, region())
    assert "drawn twice" not in panel(line.assessment(), region(), before)["accuracy"]
    line.apply(Edit(0, 3, 0, np.array([[46.25, 39.1, np.nan], [46.2, 38.95, np.nan]])))
    assert "17.2 km of it are drawn twice and counted once" in panel(line.assessment(), region(), before)["accuracy"]
    line.apply(Edit(0, 3, 2, np.zeros((0, 3))))
    assert "drawn twice" not in panel(line.assessment(), region(), before)["accuracy"]
