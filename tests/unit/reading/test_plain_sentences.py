"""What is found is said so that somebody who is no specialist knows which line it is, what is wrong and what to do."""

import json

import pytest
from pyproj import Transformer

from corridor.present.own_route.system_table import LESS_LIKELY, choice_words
from corridor.reading.faults import Finding
from corridor.reading.route import read_route
from corridor.reading.system_candidates import place
from tests.support.route_files import LINE, collection, feature, gpx, kml, points, text


def found(data: bytes, name: str, code: str) -> Finding:
    return next(finding for finding in read_route(data, name).findings if finding.code == code)


def placemark(line: list[list[float]]) -> str:
    at = " ".join(f"{x},{y}" for x, y in line)
    return f"<Placemark><LineString><coordinates>{at}</coordinates></LineString></Placemark>"


@pytest.mark.parametrize(
    ("signs", "says"),
    [
        ((-1, 1), "The longitudes have a minus too many: "),
        ((1, -1), "The latitudes have a minus too many: "),
        ((-1, -1), "The longitudes and latitudes have the wrong sign: "),
    ],
)
def test_a_wrong_sign_is_said_of_the_numbers_that_have_it(signs, says):
    line = [[x * signs[0], y * signs[1]] for x, y in LINE]
    for data, name in ((text(feature(line)), "a.geojson"), (kml(placemark(line)), "a.kml")):
        finding = found(data, name, "sign-lost")
        assert finding.says.startswith(says)
        assert finding.advice.startswith("If that is the place, let the sign be changed; until then")


def test_a_minus_that_is_lost_is_said_where_the_region_lies_west():
    region = (-80.0, 30.0, -70.0, 40.0)
    line = [[75.0, 35.0], [75.1, 35.05], [75.2, 35.1]]
    findings = read_route(text(feature(line)), "a.geojson", region).findings
    (lost,) = (finding for finding in findings if finding.code == "sign-lost")
    assert lost.says.startswith("The longitudes lack a minus: ")


def test_places_without_a_line_are_counted_as_places():
    spots = [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": at}} for at in LINE[:3]]
    finding = found(text(collection(*spots)), "a.geojson", "no-line")
    assert finding.says == "The file holds 3 places and no line."
    assert finding.advice.startswith("Ask for the route drawn as a line")
    one = "".join(f"<Placemark><Point><coordinates>{x},{y}</coordinates></Point></Placemark>" for x, y in LINE[:1])
    assert found(kml(one), "a.kml", "no-line").says == "The file holds 1 place and no line."


@pytest.mark.parametrize(
    ("rows", "words"), [([2], ("at point 3 of", "Let it be")), ([1, 2], ("first at point 2 of", "Let them be"))]
)
def test_a_position_without_a_number_is_placed_along_its_line(rows, words):
    as_json = [["NaN", y] if row in rows else [x, y] for row, (x, y) in enumerate(LINE)]
    finding = found(json.dumps(feature(as_json)).encode(), "a.geojson", "position-without-place")
    assert words[0] in finding.says
    assert finding.advice.startswith(words[1])
    track = points("trkpt", [["NaN", y] if row in rows else [x, y] for row, (x, y) in enumerate(LINE)])
    finding = found(gpx(f"<trk><trkseg>{track}</trkseg></trk>"), "a.gpx", "position-without-place")
    assert words[0] in finding.says


def test_a_line_of_one_position_stops_no_other_and_that_is_said():
    for data, name in (
        (text(collection(feature(LINE), feature(LINE[:1], "Short"))), "a.geojson"),
        (kml(placemark(LINE) + placemark(LINE[:1])), "a.kml"),
    ):
        finding = found(data, name, "line-too-short")
        assert finding.advice.endswith("1 other line of the file is read.")
    alone = found(text(feature(LINE[:1])), "a.geojson", "line-too-short")
    assert alone.advice == "Add its other end, or take it out."


def test_a_place_near_nought_is_written_without_a_row_of_decimals():
    assert place(0.0004189, 0.0003498) == "0 E, 0 N"
    assert place(-0.001, -0.001) == "0 E, 0 N"
    assert place(46.63067, 38.94164) == "46.63 E, 38.94 N"
    assert place(-28.27, -153.5) == "28.27 W, 153.5 S"


@pytest.mark.parametrize("system", ["EPSG:28408", "EPSG:32638"])
def test_a_declared_system_that_fits_with_its_numbers_exchanged_is_not_said_to_be_wrong(system):
    to_system = Transformer.from_crs("OGC:CRS84", system, always_xy=True)
    turned = [to_system.transform(*at)[::-1] for at in LINE]
    document = {**collection(feature(turned)), "crs": {"type": "name", "properties": {"name": system}}}
    finding = found(text(document), "a.geojson", "system-contradicted")
    assert "The system fits, the order of its numbers does not: with easting first, the line " in finding.says
    others = " What else fits is less likely: the file does not name it."
    assert finding.advice == (
        f"Choose {system} with northing first: the same system, its two numbers exchanged.{others}"
    )
    assert [choice.less_likely for choice in finding.systems] == [False] + [True] * (len(finding.systems) - 1)
    assert LESS_LIKELY not in choice_words(finding.systems[0].name, finding)
    assert all(LESS_LIKELY in choice_words(choice.name, finding) for choice in finding.systems[1:])


def test_a_declared_system_that_does_not_fit_is_not_said_to_fit():
    to_system = Transformer.from_crs("OGC:CRS84", "EPSG:32638", always_xy=True)
    document = collection(feature([to_system.transform(*at) for at in LINE]))
    document["crs"] = {"type": "name", "properties": {"name": "EPSG:32639"}}
    finding = found(text(document), "a.geojson", "system-contradicted")
    assert ". So read, the line lies " in finding.says
