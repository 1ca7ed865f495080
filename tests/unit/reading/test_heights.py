"""Heights that are missing stay missing, those that cannot be right are left out, and a line is never lost for one."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.land.geodesy import distance_m
from corridor.reading.heights import HIGHEST_M, LOWEST_M, is_chainage, usable_heights
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import Reading, read_route

PLACES = [(46.0 + n / 100, 39.0) for n in range(20)]
SOUND: list[object] = [600.0 + 5 * n for n in range(20)]
NAN = float("nan")


def geojson(heights: list[object], **properties: object) -> Reading:
    positions = [
        [x, y] if height is Ellipsis else [x, y, height] for (x, y), height in zip(PLACES, heights, strict=True)
    ]
    shape = {"type": "LineString", "coordinates": positions}
    feature = {"type": "Feature", "properties": {"name": "A", **properties}, "geometry": shape}
    return read_route(json.dumps(feature).encode(), "a.geojson")


def gpx(heights: list[object]) -> Reading:
    points = ""
    for (x, y), height in zip(PLACES, heights, strict=True):
        inside = "" if height is Ellipsis else f"<ele>{'' if height is None else height}</ele>"
        points += f'<trkpt lat="{y}" lon="{x}">{inside}</trkpt>'
    return read_route(f'<gpx version="1.1"><trk><name>A</name><trkseg>{points}</trkseg></trk></gpx>'.encode(), "a.gpx")


def kml(heights: list[object], mode: str = "") -> Reading:
    text = " ".join(
        f"{x},{y}" if height is Ellipsis else f"{x},{y},{height}"
        for (x, y), height in zip(PLACES, heights, strict=True)
    )
    said = f"<altitudeMode>{mode}</altitudeMode>" if mode else ""
    return read_route(
        f"<kml><Placemark><name>A</name><LineString>{said}<coordinates>{text}</coordinates></LineString></Placemark>"
        "</kml>".encode(),
        "a.kml",
    )


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def heights_of(reading: Reading) -> list[float | None] | None:
    (route,) = reading.routes
    assert len(route.line.coords) == len(PLACES)
    return None if route.heights_m is None else [None if np.isnan(one) else one for one in route.heights_m.tolist()]


def with_gaps(*gaps: int) -> list[float | None]:
    return [None if n in gaps else 600.0 + 5 * n for n in range(20)]


def changed(values: dict[int, object]) -> list[object]:
    return [values.get(n, height) for n, height in enumerate(SOUND)]


@pytest.mark.parametrize("read", [geojson, gpx, kml])
@pytest.mark.parametrize("wrong", [-32768, 9999, -9999, 32767, -431, 9001, 1e38])
def test_heights_that_cannot_be_right_are_told_and_left_out(read, wrong):
    reading = read(changed({3: wrong, 4: wrong}))
    assert heights_of(reading) == with_gaps(3, 4)
    (told,) = [finding for finding in reading.findings if finding.code == "heights-impossible"]
    assert told.says.startswith("2 heights cannot be right")
    assert f"{wrong:,.6g}" in told.says
    assert (told.lon, told.lat) == PLACES[3]


@pytest.mark.parametrize("read", [geojson, gpx, kml])
@pytest.mark.parametrize("at", [[5], [5, 6], [0], [19], [2, 9, 14]])
@pytest.mark.parametrize("wrong", [2_500, -20])
def test_heights_that_jump_there_and_back_are_left_out(read, at, wrong):
    reading = read(changed(dict.fromkeys(at, wrong)))
    assert heights_of(reading) == with_gaps(*at)
    assert "heights-impossible" in codes(reading)


@pytest.mark.parametrize("read", [geojson, gpx, kml])
def test_a_zero_amid_mountains_is_a_missing_height(read):
    assert heights_of(read(changed({5: 0, 6: 0, 11: 0}))) == with_gaps(5, 6, 11)


def test_a_line_that_comes_down_to_the_sea_keeps_its_zero():
    falling = [190.0 - 10 * n for n in range(20)]
    assert heights_of(geojson(falling)) == falling
    assert "heights-impossible" not in codes(geojson(falling))


@pytest.mark.parametrize("read", [geojson, gpx, kml])
def test_a_line_with_heights_in_places_is_kept_and_they_stay_missing(read):
    reading = read(changed({0: ..., 7: ...}))
    assert heights_of(reading) == with_gaps(0, 7)
    (told,) = [finding.says for finding in reading.findings if finding.code == "positions-mixed"]
    assert told.startswith("2 positions lack the height")


@pytest.mark.parametrize("value", [None, "", "n/a", "NaN", True])
def test_what_is_no_height_costs_no_line(value):
    reading = geojson(changed({3: value}))
    assert heights_of(reading) == with_gaps(3)
    (told,) = [finding for finding in reading.findings if finding.code == "height-not-number"]
    assert told.path == "/geometry/coordinates/3/2"
    mended = mend(reading, {"height-not-number"})
    assert heights_of(mended.reading) == with_gaps(3)
    assert "height-not-number" not in codes(mended.reading)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("640 m", 640.0), ("640m", 640.0), ("640,5", 640.5), ("640.5 м", 640.5), ("2100 ft", 640.08),
        ("2100'", 640.08), ("2100 feet", 640.08), ("640 m a.s.l.", 640.0), ("640 м н.у.м.", 640.0),
        ("640 metres", 640.0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("read", [geojson, gpx])
def test_a_height_in_words_is_read_and_told_and_written_as_a_number(read, text, metres):
    reading = read(changed({3: text}))
    expected = [*SOUND[:3], metres, *SOUND[4:]]
    assert heights_of(reading) == expected
    (told,) = [finding for finding in reading.findings if finding.code == "height-written"]
    assert told.says == f"1 height is written as text, as “{text}”; read so, the first is {metres:g} m."
    assert "height-not-number" not in codes(reading)
    mended = mend(reading, {"height-written"}).reading
    assert heights_of(mended) == expected
    assert "height-written" not in codes(mended)


@pytest.mark.parametrize(
    "unit", ["m", " m", "\t m", " м", " metres", " метров", "\u00a0m", " m a.s.l.", " m. asl", " м н. у. м."]
)
def test_heights_of_kml_may_have_their_unit_with_a_blank_or_without(unit):
    reading = kml([f"{height}{unit}" for height in SOUND])
    assert heights_of(reading) == SOUND
    assert "height-written" in codes(reading)


def test_heights_of_kml_in_feet_may_have_their_unit_with_a_blank():
    for unit in (" ft", " feet", " футов", " '"):
        assert heights_of(kml([f"2100{unit}" for _ in SOUND])) == [640.08] * len(SOUND)


@pytest.mark.parametrize(
    "text", ["640 km", "m", "6 40 m", "640 m 12", "1e400", "six hundred", "640 mft", "640 " + "m" * 60]
)
def test_a_text_that_is_no_height_stays_none(text):
    for reading in (gpx(changed({3: text})), geojson(changed({3: text}))):
        assert heights_of(reading) == with_gaps(3)
        assert codes(reading) >= {"height-not-number"}


def test_heights_in_words_and_without_sense_are_mended_each_by_its_own_name():
    reading = geojson(changed({3: "640 m", 5: "n/a"}))
    assert codes(mend(reading, {"height-not-number"}).reading) & {"height-written", "height-not-number"} == {
        "height-written"
    }
    assert codes(mend(reading, {"height-written"}).reading) & {"height-written", "height-not-number"} == {
        "height-not-number"
    }


@pytest.mark.parametrize("read", [gpx, kml])
@pytest.mark.parametrize("value", ["NaN", "n/a", "--"])
def test_what_is_no_height_costs_no_line_in_other_formats(read, value):
    reading = read(changed({3: value}))
    assert heights_of(reading) == with_gaps(3)
    (told,) = [finding for finding in reading.findings if finding.code == "height-not-number"]
    assert f"the text “{value}”" in told.says


def test_heights_in_quotes_become_numbers_when_mended():
    reading = geojson([str(height) for height in SOUND])
    assert heights_of(reading) == SOUND
    mended = mend(reading, {"height-written"}).reading
    assert heights_of(mended) == SOUND
    assert "height-written" not in codes(mended)


def test_a_file_of_null_heights_has_none():
    reading = geojson([None] * 20)
    assert heights_of(reading) is None
    assert heights_of(mend(reading, {"height-not-number"}).reading) is None


@pytest.mark.parametrize("read", [geojson, gpx, kml])
def test_heights_that_are_all_zero_are_none_and_told(read):
    reading = read([0] * 20)
    assert heights_of(reading) is None
    assert codes(reading) & {"heights-all-zero", "heights-zero-left-out"}
    assert "position-3d" not in codes(reading)


@pytest.mark.parametrize("read", [geojson, gpx, kml])
def test_heights_that_are_all_the_same_are_doubted_and_kept(read):
    reading = read([500] * 20)
    assert heights_of(reading) == [500] * 20
    (finding,) = (finding for finding in reading.findings if finding.code == "heights-all-equal")
    assert finding.says.startswith("20 heights are the same all along the line (500 m)")
    assert "position-3d" not in codes(reading)
    assert heights_of(mend_by_default(reading).reading) == [500] * 20
    assert heights_of(mend(reading, ["heights-all-equal"]).reading) is None


@pytest.mark.parametrize("heights", [[500] * 19 + [501], [500] * 5 + [Ellipsis] * 15, [500 + n % 2 for n in range(20)]])
def test_few_heights_and_level_ground_are_not_doubted(heights):
    reading = geojson(heights)
    assert "heights-all-equal" not in codes(reading)
    assert "position-3d" in codes(reading)


@pytest.mark.parametrize("read", [geojson, gpx, kml])
def test_heights_are_all_the_same_beside_one_that_cannot_be_right(read):
    reading = read([500] * 8 + [-32768] + [500] * 11)
    assert {"heights-all-equal", "heights-impossible"} <= codes(reading)
    assert heights_of(mend(reading, ["heights-all-equal"]).reading) is None


def test_equal_heights_that_a_fourth_number_follows_are_told_and_no_repair_is_offered():
    positions = [[x, y, 500, n] for n, (x, y) in enumerate(PLACES)]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": positions}}
    reading = read_route(json.dumps(feature).encode(), "a.geojson")
    (finding,) = (finding for finding in reading.findings if finding.code == "heights-all-equal")
    assert not finding.mendable


@pytest.mark.parametrize("mode", ["relativeToGround", "clampToGround", "relativeToSeaFloor"])
@pytest.mark.parametrize("form", ["kml", "geojson"])
def test_heights_that_do_not_count_from_sea_level_make_no_profile(mode, form):
    reading = kml([25] * 20, mode) if form == "kml" else geojson([25] * 20, altitudeMode=mode)
    assert heights_of(reading) is None
    (told,) = [finding.says for finding in reading.findings if finding.code == "heights-above-ground"]
    assert mode in told
    assert "ground" in told
    assert "position-3d" not in codes(reading)


@pytest.mark.parametrize("read", [geojson, gpx, kml])
@pytest.mark.parametrize("unit", [1.0, 3.28084, 0.001, -1.0])
def test_distances_along_the_line_are_no_heights(read, unit):
    along = [float(distance_m(PLACES[0], place)) * unit + 120 for place in PLACES]
    reading = read(along)
    assert heights_of(reading) is None
    (told,) = [finding.says for finding in reading.findings if finding.code == "heights-are-chainage"]
    assert f"{min(along):,.10g} to {max(along):,.10g}" in told
    assert not codes(reading) & {"heights-impossible", "position-3d"}


@pytest.mark.parametrize("slope", [0.002, 0.006, 0.03])
def test_an_even_slope_is_no_chainage(slope):
    rising = [400 + float(distance_m(PLACES[0], place)) * slope for place in PLACES]
    assert heights_of(geojson(rising)) == rising


def test_a_fourth_number_is_told_and_the_third_is_the_height():
    positions = [[x, y, 600, n * 10.0] for n, (x, y) in enumerate(PLACES)]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": positions}}
    reading = read_route(json.dumps(feature).encode(), "a.geojson")
    assert heights_of(reading) == [600] * 20
    assert "M (chainage)" in next(finding.says for finding in reading.findings if finding.code == "position-4d")


def test_heights_above_sea_level_are_kept():
    assert heights_of(kml(SOUND, "absolute")) == SOUND


@given(st.lists(st.sampled_from([600.0, 640.0, 0.0, -5.0, 2_500.0, 9_999.0, NAN]), min_size=2, max_size=40))
def test_usable_heights_are_heights_of_the_file_or_missing(values):
    heights = np.array(values)
    lonlat = np.column_stack([46 + np.arange(len(values)) / 100, np.full(len(values), 39.0)])
    usable = usable_heights(lonlat, heights)
    known = np.isfinite(usable)
    assert (usable[known] == heights[known]).all()
    assert len(usable) == len(heights)


NUMBER = st.floats(allow_nan=False) | st.sampled_from([0.0, 1e308, -1e308, 5e-324])


@given(st.lists(st.tuples(NUMBER, NUMBER, st.floats() | NUMBER), min_size=2, max_size=12))
def test_numbers_of_any_size_are_heights_or_none(rows):
    lonlat, heights = np.array([row[:2] for row in rows]), np.array([row[2] for row in rows])
    usable = usable_heights(lonlat, heights)
    assert (np.isnan(usable) | ((usable >= LOWEST_M) & (usable <= HIGHEST_M))).all()
    assert is_chainage(lonlat, heights) in (True, False)


@pytest.mark.parametrize("read_as", [geojson, gpx, kml])
def test_zeros_before_a_receiver_has_a_height_are_missing_however_many(read_as):
    many = dict.fromkeys(range(6), 0.0)
    reading = read_as(changed({n: 1_500.0 + n for n in range(20)} | many))
    assert heights_of(reading) == [None if n in many else 1_500.0 + n for n in range(20)]
    assert "heights-impossible" in codes(reading)


def test_a_line_that_begins_at_the_sea_keeps_its_zeros():
    heights: list[object] = [0.0] * 6 + [20.0 * n for n in range(1, 15)]
    assert heights_of(geojson(heights)) == heights


@pytest.mark.parametrize("shape", ["LineString", "MultiLineString"])
def test_zeros_that_a_fourth_number_follows_are_told_and_no_repair_is_offered_that_changes_nothing(shape):
    positions = [[x, y, 0, 10 * n] for n, (x, y) in enumerate(PLACES)]
    geometry = {"type": shape, "coordinates": positions if shape == "LineString" else [positions]}
    data = json.dumps({"type": "Feature", "properties": {"name": "A"}, "geometry": geometry}).encode()
    reading = read_route(data, "a.geojson")
    (finding,) = (finding for finding in reading.findings if finding.code == "heights-all-zero")
    assert not finding.mendable
    assert json.loads(mend(reading, ["heights-all-zero"]).data)["geometry"] == geometry


@pytest.mark.parametrize("empty", ["", " ", "NaN", "nan", "null", "Infinity", "-Infinity", "-"])
@pytest.mark.parametrize("form", ["kml", "gpx", "geojson"])
def test_a_height_that_is_missing_is_missing_whatever_stands_there(form, empty):
    line = [(46.2 + step / 100, 38.9 + step / 300) for step in range(8)]
    heights = [empty if step % 3 == 0 else f"{600 + step}.5" for step in range(8)]
    rows = list(zip(line, heights, strict=True))
    if form == "kml":
        text = " ".join(f"{x:.5f},{y:.5f},{height}" for (x, y), height in rows)
        data = f"<kml><Placemark><LineString><coordinates>{text}</coordinates></LineString></Placemark></kml>"
    elif form == "gpx":
        points = "".join(f'<trkpt lat="{y:.5f}" lon="{x:.5f}"><ele>{height}</ele></trkpt>' for (x, y), height in rows)
        data = f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>"
    else:
        positions = [
            [round(x, 5), round(y, 5), height if height == empty else float(height)] for (x, y), height in rows
        ]
        data = json.dumps({"type": "LineString", "coordinates": positions})
    (route,) = read_route(data.encode(), f"a.{form}").routes
    assert len(route.line.coords) == 8
    assert [bool(np.isnan(height)) for height in route.heights_m] == [step % 3 == 0 for step in range(8)]
    assert route.heights_m[1:3].tolist() == [601.5, 602.5]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "null"])
def test_a_height_that_is_no_number_of_json_costs_no_line_once_mended(word):
    positions = ", ".join(
        f"[{46.2 + step / 100}, {38.9 + step / 300:.5f}, {word if step % 2 else 612}]" for step in range(6)
    )
    data = f'{{"type": "LineString", "coordinates": [{positions}]}}'.encode()
    (route,) = mend_by_default(read_route(data, "a.geojson")).reading.routes
    assert np.isnan(route.heights_m).tolist() == [False, True] * 3


@pytest.mark.parametrize(
    ("text", "positions"),
    [
        ("46.2,38.9, 46.3,38.8, 46.4,38.9,", 3),
        ("46.2,38.9, 46.3,38.8,612 46.4,38.9,", 3),
        ("46.2, 38.9, 612 46.3, 38.8, 613", 2),
        ("46.2, 38.9\n46.3, 38.8", 2),
        ("46.2 ,38.9 ,612 46.3 ,38.8 ,613", 2),
    ],
)
def test_a_blank_after_a_comma_ends_a_position_only_where_the_height_is_empty(text, positions):
    data = f"<kml><Placemark><LineString><coordinates>{text}</coordinates></LineString></Placemark></kml>"
    (route,) = read_route(data.encode(), "a.kml").routes
    assert len(route.line.coords) == positions
