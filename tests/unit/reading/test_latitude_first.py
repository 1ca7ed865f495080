"""A file with latitude first is a question: nothing is measured until its reader says which number comes first."""

import json

import numpy as np
import pytest
import shapely

from corridor.assessing.assessment import assess
from corridor.commands.cli import main
from corridor.land.geodesy import CRS84, length_km
from corridor.reading.axis_order import LATITUDE_FIRST
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.repairs.systems import answered, chosen_systems
from corridor.reading.route import read_route
from corridor.store.work import region
from tests.support.commands import records
from tests.support.hostile_databases import geometry, geopackage, register

#: Made up, along the Araks, about 26 km; and one that begins far west of the mapped region.
LINE = [[46.32, 38.91], [46.25, 38.885], [46.17, 38.846], [46.04, 38.875]]
FROM_AFAR = [[41.2, 39.9], [41.9, 39.9], [43.4, 39.8], [43.9, 39.7], [44.4, 39.6], [44.8, 39.5]]
KM = length_km(shapely.LineString(LINE))


def turned(line):
    return [[lat, lon] for lon, lat in line]


def geojson(*lines) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"Line {n}"},
            "geometry": {"type": "LineString", "coordinates": line},
        }
        for n, line in enumerate(lines)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def gpx(*lines) -> bytes:
    tracks = "".join(
        "<trk><trkseg>" + "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in line) + "</trkseg></trk>"
        for line in lines
    )
    return f'<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">{tracks}</gpx>'.encode()


def kml(*lines) -> bytes:
    marks = "".join(
        "<Placemark><LineString><coordinates>" + " ".join(f"{x},{y},700" for x, y in line)
        + "</coordinates></LineString></Placemark>"
        for line in lines
    )  # fmt: skip
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'.encode()


def package(*lines) -> bytes:
    rows = "".join(f"INSERT INTO way VALUES ({n}, X'{geometry(line).hex()}');" for n, line in enumerate(lines, 1))
    table = f"CREATE TABLE way (fid INTEGER PRIMARY KEY, geom BLOB);{rows}"
    return geopackage(table + register("way"), route=False)


FORMATS = {"a.geojson": geojson, "a.gpx": gpx, "a.kml": kml, "a.gpkg": package}


def question_of(reading):
    return next(finding for finding in reading.findings if finding.code == "lat-lon-swapped")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_measured_before_the_order_is_known(name):
    reading = read_route(FORMATS[name](turned(LINE)), name)
    assert reading.routes == ()
    question = question_of(reading)
    assert (question.severity, question.blocks, question.mendable, question.by_name) == ("warning", True, True, False)
    assert question.choices == (LATITUDE_FIRST, CRS84)
    assert f"{KM:,.1f} km" in question.advice
    first, second = question.systems
    assert [first.lon, first.lat] == LINE[0]
    assert [list(place) for place in first.lines[0]] == LINE
    assert second.shift_m > 500_000


@pytest.mark.parametrize("name", FORMATS)
def test_either_order_can_be_chosen(name):
    data = FORMATS[name](turned(LINE))
    reading = read_route(data, name)
    for code, place in ((LATITUDE_FIRST, LINE[0]), (CRS84, LINE[0][::-1])):
        answer = answered([finding.code for finding in reading.findings], code)
        assert answer == {"lat-lon-swapped": code}
        for read in (read_route(data, name, chosen=chosen_systems(answer)), mend(reading, answer).reading):
            (route,) = read.routes
            assert list(route.line.coords[0][:2]) == pytest.approx(place)
            assert "lat-lon-swapped" not in {finding.code for finding in read.findings}
    stands = mend(reading, {"lat-lon-swapped": CRS84})
    assert not stands.changed
    assert "outside-region" in {finding.code for finding in stands.reading.findings}


@pytest.mark.parametrize("name", FORMATS)
def test_the_default_and_the_named_repair_exchange_the_numbers(name):
    reading = read_route(FORMATS[name](turned(LINE)), name)
    for mended in (mend_by_default(reading), mend(reading, ["lat-lon-swapped"])):
        (route,) = mended.reading.routes
        assert assess(route, region()).measures.length_km == pytest.approx(KM, abs=1e-6)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_that_reaches_beyond_the_region_has_one_order(name):
    # Of the first line a third lies in the region, the second nowhere near it.
    data = FORMATS[name](turned(FROM_AFAR[1:]), turned(FROM_AFAR[:2]))
    reading = read_route(data, name)
    assert reading.routes == ()
    codes = [finding.code for finding in reading.findings]
    assert codes.count("lat-lon-swapped") == 2
    assert "outside-region" not in codes
    exchanged = mend(reading, ["lat-lon-swapped"]).reading
    rows = np.vstack([shapely.get_coordinates(route.line) for route in exchanged.routes])
    assert rows[:, 0].min() == pytest.approx(41.2)


def test_of_a_file_in_both_orders_only_what_is_turned_waits():
    reading = read_route(geojson(LINE, turned([[x, y + 0.5] for x, y in LINE])), "a.geojson")
    assert [route.name for route in reading.routes] == ["Line 0"]
    assert question_of(reading).feature == 1


def test_most_of_a_line_with_latitude_first_is_told_and_exchanged():
    line = [*LINE[:1], *turned(LINE[1:])]
    reading = read_route(geojson(line), "a.geojson")
    told = next(finding for finding in reading.findings if finding.code == "lat-lon-swapped-partly")
    assert told.says.startswith("3 positions")
    (route,) = mend(reading, ["lat-lon-swapped-partly"]).reading.routes
    assert length_km(route.line) == pytest.approx(KM, abs=1e-9)


@pytest.mark.parametrize("name", ["a.geojson", "a.kml"])
@pytest.mark.parametrize("signs", [(-1, 1), (1, -1)])
def test_a_lost_sign_stands_in_the_way_of_every_line_it_is_lost_of(name, signs):
    lines = [[[x * signs[0], y * signs[1]] for x, y in line] for line in (LINE, [[x, y + 0.5] for x, y in LINE])]
    reading = read_route(FORMATS[name](*lines), name)
    assert reading.routes == ()
    assert {finding.feature for finding in reading.findings if finding.code == "sign-lost"} == {0, 1}
    assert len(mend(reading, ["sign-lost"]).reading.routes) == 2


@pytest.mark.parametrize("name", ["a.geojson", "a.gpx"])
def test_the_commands_ask_answer_and_do_not_compare(name, tmp_path, capsys):
    file, other = tmp_path / name, tmp_path / "sound.geojson"
    file.write_bytes(FORMATS[name](turned(LINE)))
    other.write_bytes(geojson(LINE))
    assert main(["check", str(file), "--json"]) == 0
    (record,) = records(capsys)
    assert (record["route"], record["routes"]) == ("unusable", [])
    (question,) = (finding for finding in record["findings"] if finding["code"] == "lat-lon-swapped")
    assert [choice["crs"] for choice in question["systems"]] == ["EPSG:4326", "OGC:CRS84"]
    assert main(["compare", str(other), str(file)]) == 1
    assert "no route could be taken from it" in capsys.readouterr().err
    assert main(["check", str(file), "--crs", "EPSG:4326", "--json"]) == 0
    (record,) = records(capsys)
    assert record["routes"][0]["length_km"] == pytest.approx(KM, abs=1e-4)
    assert (record["crs"], record["converted"]) == ("EPSG:4326", True)
    assert main(["check", str(file), "--crs", "OGC:CRS84", "--json"]) == 0
    assert records(capsys)[0]["routes"][0]["by_territory_km"].keys() == {"outside"}
    out = tmp_path / "out.geojson"
    assert main(["mend", str(file), "--only", "lat-lon-swapped", "-o", str(out), "--json"]) == 0
    assert main(["check", str(out), "--json"]) == 0
    assert records(capsys)[-1]["routes"][0]["length_km"] == pytest.approx(KM, abs=1e-4)


def test_a_point_file_without_lines_is_left_alone():
    point = {"type": "Point", "coordinates": [38.9, 46.3]}
    reading = read_route(json.dumps({"type": "Feature", "properties": {}, "geometry": point}).encode(), "a.geojson")
    assert "lat-lon-swapped" not in {finding.code for finding in reading.findings}
