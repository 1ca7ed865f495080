"""A system chosen among several that fit leaves a doubt: said, added to the accuracy, and kept with a mended file."""

import json

import numpy as np
import pytest

from corridor.assessing.assessment import assess
from corridor.land.geodesy import REGION
from corridor.reading.checks.systems import CHOSEN
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import read_route
from corridor.reading.standing import ChosenSystems
from corridor.reading.system_candidates import MOST_DRAWN, fitting_systems, small_lines
from corridor.store.work import region
from corridor.storyboard.embedding import line_text
from tests.support.other_systems import LINE, feature, geojson, geopackage, in_system, kml, shapefile

QUESTION = "projected-coordinates"


def files(folder, numbers) -> dict[str, bytes]:
    return {
        "a.geojson": geojson(feature(numbers)),
        "a.kml": kml(numbers),
        "a.zip": shapefile(folder, numbers, None),
        "a.gpkg": geopackage(folder, [("a", numbers, None)]),
    }


def codes(reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def of(reading, code):
    return next(finding for finding in reading.findings if finding.code == code)


@pytest.mark.parametrize("chosen", ["EPSG:32638", "EPSG:28468"])
def test_the_shift_between_the_candidates_widens_the_accuracy_in_every_format(tmp_path, chosen):
    numbers = in_system("EPSG:32638")
    for name, data in files(tmp_path, numbers).items():
        question = read_route(data, name)
        asked = next(finding for finding in question.findings if finding.choices)
        others = [choice for choice in asked.systems if choice.name != chosen]
        assert others, name
        reading = read_route(data, name, chosen=ChosenSystems(unclear=chosen))
        (route,) = reading.routes
        # The two that are taken for each other; a zone 260 km away widens nothing.
        shift = asked.systems[1].shift_m
        assert 1_500 < shift < 2_000, name
        assert 0.9 * shift < route.system_accuracy_m < 1.1 * shift, name
        said = of(reading, CHOSEN)
        assert said.severity == "warning"
        assert said.says.startswith(f"You chose {chosen}")
        far = len(others) - sum(choice.shift_m < 10_000 for choice in asked.systems) + 1
        assert not far or (f"{len(others)} others fit: " in said.says and f"{far} over 10 km" in said.says), said.says
        assert not said.blocks
        accuracy = assess(route, region()).measures.accuracy
        assert accuracy.metres > route.system_accuracy_m
        assert "reference system adds" in accuracy.says
        # The same once it is mended, and once what was mended is read again by anybody.
        mended = mend(question, {asked.code: chosen})
        assert of(mended.reading, CHOSEN).says == said.says
        for again in (mended.reading, read_route(mended.data, "mended.geojson")):
            assert again.routes[0].system_accuracy_m == pytest.approx(route.system_accuracy_m, abs=0.06)
        beside = " ".join(mended.ledger[0].other)
        assert "system_accuracy_m" in beside
        # What the choice leaves open stands beside what the conversion adds: the sum alone would be a third number.
        assert " since other systems fit too, " in beside
        assert beside.endswith(" for the conversion)")
        assert mend_by_default(read_route(mended.data, "mended.geojson")).data == mended.data


def test_a_geometry_that_stands_alone_keeps_the_doubt_too():
    line = {"type": "LineString", "coordinates": in_system("EPSG:32638")}
    reading = read_route(json.dumps(line).encode(), "a.geojson")
    mended = mend(reading, {QUESTION: "EPSG:32638"})
    assert mended.valid
    assert mended.reading.routes[0].system_accuracy_m > 1_000


def test_what_a_file_says_of_its_accuracy_stays_beside_the_doubt():
    numbers = in_system("EPSG:32638")
    line = feature(numbers)
    line["properties"]["accuracy_m"] = 20
    mended = mend(read_route(geojson(line), "a.geojson"), {QUESTION: "EPSG:32638"})
    properties = json.loads(mended.data)["features"][0]["properties"]
    assert properties["accuracy_m"] == 20
    assert properties["system_accuracy_m"] > 1_000
    accuracy = assess(mended.reading.routes[0], region()).measures.accuracy
    assert accuracy.metres == pytest.approx(20 + properties["system_accuracy_m"], abs=0.1)
    # A story carries both.
    assert json.loads(line_text(mended.reading.routes[0]))["properties"].keys() == {"accuracy_m", "system_accuracy_m"}


def test_a_declared_system_with_northing_first_leaves_no_doubt():
    numbers = in_system("EPSG:28408", northing_first=True)
    reading = read_route(geojson(feature(numbers), crs="EPSG:28408"), "a.geojson", chosen=ChosenSystems("EPSG:28408"))
    assert CHOSEN not in codes(reading)
    assert reading.routes[0].system_accuracy_m < 20


def test_a_clear_system_is_not_widened(tmp_path):
    numbers = in_system("EPSG:28408")
    for data in (geojson(feature(numbers), crs="EPSG:28408"), geopackage(tmp_path, [("a", numbers, "EPSG:28408")])):
        reading = read_route(data, "a")
        assert CHOSEN not in codes(reading)
        assert reading.routes[0].system_accuracy_m < 20


def test_degrees_of_no_stated_datum_keep_their_doubt_once_chosen(tmp_path):
    for data in (shapefile(tmp_path, LINE, b""), geojson(feature(LINE), crs=None)):
        reading = read_route(data, "a")
        mended = mend(reading, {"system-missing": "OGC:CRS84"})
        assert 90 < mended.reading.routes[0].system_accuracy_m < 130
        assert "would put the line up to" in of(mended.reading, CHOSEN).says


@pytest.mark.parametrize("name", ["a.geojson", "a.kml"])
def test_a_wrong_choice_is_said_in_place_of_the_question_and_nothing_is_changed(tmp_path, name):
    data = files(tmp_path, in_system("EPSG:32638"))[name]
    reading = read_route(data, name)
    mended = mend(reading, {QUESTION: "EPSG:32639"})
    assert not mended.changed
    refused = of(mended.reading, "system-contradicted")
    assert refused.says.startswith("You chose EPSG:32639")
    assert not refused.mendable
    assert QUESTION not in codes(mended.reading)
    assert QUESTION in codes(mend(reading, {}).reading)


def test_each_candidate_comes_with_the_line_where_it_would_lie():
    numbers = in_system("EPSG:32638")
    asked = of(read_route(geojson(feature(numbers)), "a.geojson"), QUESTION)
    assert len(asked.systems) > 1
    for choice in asked.systems:
        (line,) = choice.lines
        assert line[0] == pytest.approx((choice.lon, choice.lat), abs=1e-6)
    assert np.array(asked.systems[0].lines[0]) == pytest.approx(np.array(LINE), abs=1e-6)


@pytest.mark.parametrize("count", [2, 500, 40_000])
@pytest.mark.parametrize("parts", [1, 7, 900])
def test_a_small_map_holds_few_positions_and_the_ends_of_lines(count, parts):
    lines = [np.column_stack([np.linspace(44, 47, count), np.full(count, 39.0)]) for _ in range(parts)]
    drawn = small_lines(lines)
    assert sum(map(len, drawn)) <= 3 * MOST_DRAWN
    assert drawn[0][0] == (44.0, 39.0)
    assert drawn[0][-1] == (47.0, 39.0)


def test_shifts_are_those_from_the_first_choice():
    choices = fitting_systems(np.array(in_system("EPSG:32638")), REGION)
    assert choices[0].shift_m == 0
    assert all(choice.shift_m > 0 for choice in choices[1:])


def test_a_file_that_names_no_system_is_not_said_to_lose_the_name_of_one(tmp_path):
    question = read_route(shapefile(tmp_path, in_system("EPSG:32638"), None), "a.zip")
    (entry,) = mend(question, {QUESTION: "EPSG:32638"}).ledger
    assert entry.dropped == ("the empty place for the name of a system in the file",)
