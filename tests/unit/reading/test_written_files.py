"""Files whose positions are written as people write them: said with the text, mended, never read by half."""

import json
from math import radians

import pytest
from pyproj import Transformer

from corridor.commands.cli import main
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import Reading, read_route

#: A line of 2.9 km by Meghri.
LINE = [[46.23512, 38.89784], [46.24412, 38.90233], [46.25395, 38.89326], [46.26131, 38.89282]]


def geojson(coordinates: object, **more: object) -> bytes:
    geometry = {"type": "LineString", "coordinates": coordinates}
    return json.dumps({"type": "Feature", "properties": {"name": "A"}, "geometry": geometry, **more}).encode()


def kml(text: str) -> bytes:
    line = f"<LineString><coordinates>{text}</coordinates></LineString>"
    return f"<kml><Document><Placemark><name>A</name>{line}</Placemark></Document></kml>".encode()


def gx(rows: list[str]) -> bytes:
    track = "".join(f"<gx:coord>{row}</gx:coord>" for row in rows)
    return f"<kml><Placemark><name>A</name><gx:Track>{track}</gx:Track></Placemark></kml>".encode()


def gpx(rows: list[tuple[str, str]], name: str = "trkpt") -> bytes:
    points = "".join(f"<{name} lon='{lon}' lat='{lat}'/>" for lon, lat in rows)
    inside = f"<trk><trkseg>{points}</trkseg></trk>" if name == "trkpt" else f"<rte>{points}</rte>"
    return f"<?xml version='1.0' encoding='UTF-8'?><gpx version='1.1'>{inside}</gpx>".encode()


def minutes(value: float, side: str) -> str:
    return f"{int(value)}°{value % 1 * 60:.4f}&apos;{side}"


def comma(value: float) -> str:
    return f"{value:.5f}".replace(".", ",")


def nmea(value: float) -> float:
    return round(int(value) * 100 + value % 1 * 60, 4)


def packed(value: float) -> float:
    seconds = round(value * 3600, 1)
    return round(seconds // 3600 * 10_000 + seconds % 3600 // 60 * 100 + seconds % 60, 1)


def scaled(unit: float) -> list[list[int]]:
    return [[round(lon * unit), round(lat * unit)] for lon, lat in LINE]


plain = [[f"{lon}", f"{lat}"] for lon, lat in LINE]

WRITTEN, FORM, SIGN = "positions-written", "degrees-other-form", "sign-lost"
FOUR = [[46, 23512, 38, 89784], [46, 24412, 38, 90233], [46, 25395, 38, 89326], [46, 26131, 38, 89282]]
KILOMETRES = [
    (x / 1000, y / 1000) for x, y in Transformer.from_crs("OGC:CRS84", "EPSG:32638", always_xy=True).itransform(LINE)
]

#: What a file is written with -> the file, the code of what is found, and what its sentence has to hold.
FILES = {
    "commas.kml": (kml(" ".join(f"{comma(x)},{comma(y)},0" for x, y in LINE)), WRITTEN, "46,23512,38,89784,0"),
    "commas-apart.kml": (kml("\n".join(f"{comma(x)} {comma(y)}" for x, y in LINE)), WRITTEN, "commas"),
    "commas-pairs.kml": (kml(" ".join(f"{comma(x)} {comma(y)}" for x, y in LINE)), WRITTEN, "commas"),
    "commas.gpx": (gpx([(comma(x), comma(y)) for x, y in LINE]), WRITTEN, "“46,23512”"),
    "commas.geojson": (geojson([[comma(x), comma(y)] for x, y in LINE]), WRITTEN, "decimal commas"),
    "commas-gx.kml": (gx([f"{comma(x)} {comma(y)} 0" for x, y in LINE]), WRITTEN, "decimal commas"),
    "four.geojson": (geojson(FOUR), WRITTEN, "46,23512,38,89784"),
    "four.kml": (kml(" ".join(f"{comma(x)},{comma(y)}" for x, y in LINE)), WRITTEN, "decimal commas"),
    "minutes.kml": (kml(" ".join(f"{minutes(x, 'E')},{minutes(y, 'N')}" for x, y in LINE)), WRITTEN, "minutes"),
    "minutes.gpx": (gpx([(minutes(x, " в.д."), minutes(y, " с.ш.")) for x, y in LINE], "rtept"), WRITTEN, "minutes"),
    "minutes.geojson": (geojson([[f"N {int(y)} {y % 1 * 60:.4f}", f"E {int(x)} {x % 1 * 60:.4f}"] for x, y in LINE]),
        WRITTEN, "minutes"),
    "semicolons.kml": (kml(" ".join(f"{x};{y};0" for x, y in LINE)), WRITTEN, "semicolons"),
    "semicolons.geojson": (geojson([f"{x};{y}" for x, y in LINE]), WRITTEN, "semicolons"),
    "nbsp.gpx": (gpx([(f"{x}\u00a0E", f"{y}\u202fN") for x, y in LINE]), WRITTEN, "no-break"),
    "nbsp.kml": (kml(" ".join(f"{x};\u00a0{y}" for x, y in LINE)), WRITTEN, "no-break"),
    "quotes.geojson": (geojson(plain), WRITTEN, "quotes"),
    "text.geojson": (geojson(" ".join(f"{x},{y}" for x, y in LINE)), WRITTEN, "one text"),
    "wkt.geojson": (geojson(f"LINESTRING ({', '.join(f'{x} {y}' for x, y in LINE)})"), WRITTEN, "well-known text"),
    "objects.geojson": (geojson([{"lat": y, "lng": x} for x, y in LINE]), WRITTEN, "objects"),
    "objects-yx.geojson": (geojson([{"y": comma(y), "x": comma(x), "z": 0} for x, y in LINE]), WRITTEN, "objects"),
    "utm.geojson": (geojson([f"38S {x * 1000:.3f} {y * 1000:.3f}" for x, y in KILOMETRES]), WRITTEN, "UTM"),
    "utm.kml": (kml("; ".join(f"38N {x * 1000:.3f}mE {y * 1000:.3f}mN" for x, y in KILOMETRES)), WRITTEN, "UTM"),
    "utm-apart.geojson": (geojson([["38S", x * 1000, y * 1000] for x, y in KILOMETRES]), WRITTEN, "UTM"),
    "utm-objects.geojson": (geojson([{"zone": "38N", "easting": x * 1000, "northing": y * 1000}
        for x, y in KILOMETRES]), WRITTEN, "UTM"),
    "nmea.geojson": (geojson([[nmea(x), nmea(y)] for x, y in LINE]), FORM, "run together"),
    "nmea.kml": (kml(" ".join(f"{nmea(x)},{nmea(y)}" for x, y in LINE)), FORM, "run together"),
    "nmea.gpx": (gpx([(f"{nmea(x)}", f"{nmea(y)}") for x, y in LINE]), FORM, "run together"),
    "words.kml": (kml(" ".join(f"{minutes(x, ' şərq uzunluğu')},{minutes(y, ' şimal enliyi')}" for x, y in LINE)),
        WRITTEN, "minutes"),
    "words.gpx": (gpx([(minutes(x, " Doğu boylamı"), minutes(y, " Kuzey enlemi")) for x, y in LINE]),
        WRITTEN, "minutes"),
    "words.geojson": (geojson([[f"{y} հս. լայն.", f"{x} արլ. երկ."] for x, y in LINE]), WRITTEN, "letters"),
    "iso-6709.kml": (kml("".join(f"+{y:08.5f}+{x:09.5f}/" for x, y in LINE)), WRITTEN, "ISO 6709"),
    "iso-6709.geojson": (geojson([f"+{y:08.5f}+{x:09.5f}/" for x, y in LINE]), WRITTEN, "ISO 6709"),
    "geo.geojson": (geojson([f"geo:{y},{x}" for x, y in LINE]), WRITTEN, "geo: addresses"),
    "brackets.kml": (kml(", ".join(f"({x}, {y})" for x, y in LINE)), WRITTEN, "brackets"),
    "brackets.geojson": (geojson([f"({x}; {y})" for x, y in LINE]), WRITTEN, "brackets"),
    "uzunluq.geojson": (geojson([{"enlik": comma(y), "uzunluq": comma(x)} for x, y in LINE]), WRITTEN, "objects"),
    "e7-names.geojson": (geojson([{"latitudeE7": round(y * 1e7), "longitudeE7": round(x * 1e7)} for x, y in LINE]),
        WRITTEN, "E7"),
    "nmea-apart.kml": (kml("\n".join(f"0{nmea(x)},E,{nmea(y)},N" for x, y in LINE)), WRITTEN, "NMEA"),
    "nmea-letters.gpx": (gpx([(f"0{nmea(x)},E", f"{nmea(y)},N") for x, y in LINE]), WRITTEN, "NMEA"),
    "gon-words.geojson": (geojson([[f"{x / 0.9:.7f} gon", f"{y / 0.9:.7f} gon"] for x, y in LINE]), WRITTEN, "gon"),
    "gon-words.gpx": (gpx([(comma(x / 0.9) + " гон", comma(y / 0.9) + " гон") for x, y in LINE]), WRITTEN, "gon"),
    "e7.geojson": (geojson(scaled(1e7)), FORM, "E7"),
    "e7.kml": (kml(" ".join(f"{x},{y}" for x, y in scaled(1e7))), FORM, "E7"),
    "e6.geojson": (geojson(scaled(1e6)), FORM, "E6"),
    "e6.gpx": (gpx([(f"{x}", f"{y}") for x, y in scaled(1e6)]), FORM, "E6"),
    "turn.geojson": (geojson([[x + 360, y] for x, y in LINE]), FORM, "360"),
    "turn.gpx": (gpx([(f"{x - 360}", f"{y}") for x, y in LINE]), FORM, "360"),
    "packed.geojson": (geojson([[packed(x), packed(y)] for x, y in LINE]), FORM, "seconds"),
    "packed.kml": (kml(" ".join(f"{packed(x)},{packed(y)}" for x, y in LINE)), FORM, "seconds"),
    "radians.geojson": (geojson([[round(radians(x), 7), round(radians(y), 7)] for x, y in LINE]),
        FORM, "radians"),
    "west.geojson": (geojson([[-x, y] for x, y in LINE]), SIGN, "sign"),
    "west.gpx": (gpx([(f"{-x}", f"{y}") for x, y in LINE]), SIGN, "longitudes have a minus too many"),
    "south.kml": (kml(" ".join(f"{x},{-y}" for x, y in LINE)), SIGN, "latitudes have a minus too many"),
}  # fmt: skip


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings if finding.severity != "note"}


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_otherwise_is_said_and_mended_to_the_line(name):
    data, code, words = FILES[name]
    reading = read_route(data, name)
    assert codes(reading) == {code}
    (finding,) = (finding for finding in reading.findings if finding.code == code)
    assert words in finding.says
    assert "Read so, the line is 2.9 km, inside the mapped region." in finding.advice
    assert max(len(part.split()) for part in finding.says.split(". ")) <= 25
    assert reading.routes == ()
    mended = mend(reading, [code])
    assert codes(mended.reading) == set()
    (route,) = mended.reading.routes
    assert [list(position) for position in route.line.coords] == [pytest.approx(one, abs=3e-5) for one in LINE]
    assert route.heights_m is None


@pytest.mark.parametrize("data", [
    geojson([[comma(x * 1000), f"{y * 1000:,.2f}".replace(",", " ").replace(".", ",")] for x, y in KILOMETRES]),
    kml(" ".join(f"{comma(x * 1000)};{comma(y * 1000)}" for x, y in KILOMETRES)),
])  # fmt: skip
def test_metres_with_commas_become_metres_and_then_degrees(data):
    reading = read_route(data, "metres")
    assert codes(reading) == {WRITTEN}
    assert "decimal commas" in reading.findings[0].says
    assert codes(mend(reading, [WRITTEN]).reading) == {"projected-coordinates"}


@pytest.mark.parametrize("data", [geojson(KILOMETRES), kml(" ".join(f"{x},{y}" for x, y in KILOMETRES))])
def test_kilometres_become_metres_and_then_degrees(data):
    reading = read_route(data, "a")
    assert codes(reading) == {"kilometres-for-metres"}
    once = mend(reading, ["kilometres-for-metres"])
    assert "projected-coordinates" in codes(once.reading)
    whole = mend(reading, {"kilometres-for-metres": None, "projected-coordinates": "EPSG:32638"})
    (route,) = whole.reading.routes
    assert [list(position) for position in route.line.coords] == [pytest.approx(one, abs=1e-6) for one in LINE]


@pytest.mark.parametrize(("data", "words"), [
    (kml("46.2,38.9 46.3,38.8 see survey 46.4,38.9"), "“see survey 46.4,38.9”"),
    (geojson("46.2,38.9 by Meghri"), "“by Meghri”"),
], ids=["kml", "geojson"])  # fmt: skip
def test_coordinates_with_words_amid_them_are_no_half_line(data, words):
    reading = read_route(data, "a")
    assert codes(reading) == {"coordinates-unread"}
    assert words in reading.findings[0].says
    assert not reading.findings[0].mendable
    assert reading.routes == ()


@pytest.mark.parametrize("data", [
    geojson([LINE[0], [None, None], *LINE[1:]]),
    geojson([LINE[0], [46.24, None], *LINE[1:]]),
    geojson([LINE[0], None, *LINE[1:]]),
    gpx([("46.23512", "38.89784"), ("46.24", "NaN"), *((f"{x}", f"{y}") for x, y in LINE[1:])]),
    gpx([("46.23512", "38.89784"), ("", "38.9"), *((f"{x}", f"{y}") for x, y in LINE[1:])], "rtept"),
])  # fmt: skip
def test_positions_without_numbers_are_taken_out_when_asked(data):
    reading = read_route(data, "a")
    assert codes(reading) == {"position-without-place"}
    assert "over 926 m" in reading.findings[0].advice
    assert reading.routes == ()
    mended = mend(reading, ["position-without-place"])
    assert mended.ledger[0].vertices_removed == 1
    assert [list(position) for position in mended.reading.routes[0].line.coords] == LINE


@pytest.mark.parametrize("value", [True, "see survey", {"a": 1}])
def test_what_is_no_number_at_all_has_no_repair(value):
    reading = read_route(geojson([LINE[0], [46.2, value], LINE[1]]), "a.geojson")
    assert reading.routes == ()
    assert not any(finding.mendable for finding in reading.findings if finding.severity != "note")


def test_half_a_route_is_none():
    parts = {"type": "MultiLineString", "coordinates": [LINE, [[comma(x), comma(y)] for x, y in LINE]]}
    other = [[x, y + 0.1] for x, y in LINE]
    whole = {"type": "Feature", "properties": {"name": "B"}, "geometry": {"type": "LineString", "coordinates": other}}
    half = {"type": "Feature", "properties": {"name": "A"}, "geometry": parts}
    collection = {"type": "FeatureCollection", "features": [half, whole]}
    reading = read_route(json.dumps(collection).encode(), "a.geojson")
    assert [route.name for route in reading.routes] == ["B"]
    assert {"A", "B"} == {route.name for route in mend(reading, ["positions-written"]).reading.routes}


def test_many_lines_of_a_kind_are_one_sentence():
    text = " ".join(f"{comma(x)},{comma(y)}" for x, y in LINE)
    marks = "".join(
        f"<Placemark><name>{n}</name><LineString><coordinates>{text}</coordinates></LineString></Placemark>"
        for n in range(60)
    )
    findings = read_route(f"<kml><Document>{marks}</Document></kml>".encode(), "a.kml").findings
    assert [finding.code for finding in findings if finding.severity != "note"] == ["positions-written"]
    assert findings[0].says.startswith("240 positions")


@pytest.mark.parametrize(("box", "right"), [
    ([0, 0, 1, 1], [46.23512, 38.89282, 46.26131, 38.90233]),
    ([46.3, 38.8, 46.5, 38.95], [46.23512, 38.89282, 46.26131, 38.90233]),
    ([38.89282, 46.23512, 38.90233, 46.26131], [46.23512, 38.89282, 46.26131, 38.90233]),
])  # fmt: skip
def test_a_box_elsewhere_is_said_and_written_anew(box, right):
    single = geojson(LINE, bbox=box)
    collection = json.dumps(
        {"type": "FeatureCollection", "bbox": box, "features": [json.loads(geojson(LINE))]}
    ).encode()
    for data in (single, collection):
        reading = read_route(data, "a.geojson")
        assert codes(reading) == {"bbox-elsewhere"}
        assert len(reading.routes) == 1
        assert json.loads(mend(reading, ["bbox-elsewhere"]).data)["bbox"] == right


@pytest.mark.parametrize(
    "box", [[46.235, 38.893, 46.261, 38.902], [-180, -90, 180, 90], [46, 38, -500, 47, 39, 5000], [170, 38, 50, 39]]
)
def test_a_box_that_holds_the_line_within_100_m_is_right(box):
    assert codes(read_route(geojson(LINE, bbox=box), "a.geojson")) == set()


def test_latitude_first_is_said_of_what_is_read_otherwise():
    swapped = [(y, x) for x, y in LINE]
    for data in (kml(" ".join(f"{x};{y}" for x, y in swapped)), gpx([(comma(x), comma(y)) for x, y in swapped])):
        (finding,) = (finding for finding in read_route(data, "a").findings if finding.code == WRITTEN)
        assert "latitude comes first; once exchanged it is 2.9 km, in the region." in finding.advice


def test_a_line_of_which_a_part_has_a_turn_too_many_is_mended():
    part = [[LINE[0][0] + 360, LINE[0][1]], [LINE[1][0] - 360, LINE[1][1]], *LINE[2:]]
    for data in (geojson(part), kml(" ".join(f"{x},{y}" for x, y in part))):
        reading = read_route(data, "a")
        assert FORM in codes(reading)
        (route,) = mend(reading, [FORM]).reading.routes
        assert [list(position) for position in route.line.coords] == [pytest.approx(one, abs=1e-7) for one in LINE]


#: Signs that keep JSON from being parsed -> the text, and the code.
REFUSED = {
    "no-break": (geojson(LINE).replace(b", ", "\u00a0, \u202f".encode()), "json-other-blanks"),
    "thin": (geojson(LINE).replace(b" ", "\u2009".encode()), "json-other-blanks"),
    "commas": (
        b'{"type":"LineString","coordinates":['
        + b",".join(f"[{comma(x)}, {comma(y)}, 0,0]".encode() for x, y in [[46.06512, 38.09784], *LINE])
        + b"]}",
        "json-decimal-commas",
    ),
    "curly": (
        geojson(LINE).replace(b'"type"', "“type”".encode()).replace(b'"A"', '"A “old” line"'.encode()),
        "json-other-quotes",
    ),
    "half curly": (
        geojson(LINE).replace(b'"type":', '"type”:'.encode()).replace(b'"coordinates"', "„coordinates“".encode()),
        "json-other-quotes",
    ),
    "guillemets": (geojson(LINE).replace(b'"A"', "«A»".encode()), "json-other-quotes"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_signs_that_json_does_not_know_are_said_and_mended_outside_of_strings(name):
    data, code = REFUSED[name]
    reading = read_route(data, "a.geojson")
    assert codes(reading) == {code}
    assert reading.routes == ()
    (route,) = mend(reading, [code, "type-case"]).reading.routes
    assert [list(position[:2]) for position in route.line.coords][-4:] == LINE
    if name == "curly":
        assert route.name == "A “old” line"


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_what_is_no_number_is_read_as_null_outside_of_strings_and_said(word, encoding):
    text = geojson(LINE).decode().replace('"A"', f'"А", "length": {word}, "text": "NaN, [1,05,2,05]", "more": [{word}]')
    reading = read_route(text.encode(encoding), "a.geojson")
    (finding,) = (finding for finding in reading.findings if finding.code == "not-a-number")
    assert (finding.says.split()[0], "2 in the file" in finding.says) == (word, True)
    assert reading.geojson == "invalid"
    for (route,) in (reading.routes, mend_by_default(reading).reading.routes):
        assert [list(position[:2]) for position in route.line.coords][-4:] == LINE
        assert route.properties == {"name": "А", "length": None, "text": "NaN, [1,05,2,05]", "more": [None]}
    assert mend_by_default(reading).reading.geojson != "invalid"


def test_what_is_no_number_stops_no_other_line_and_is_left_out_on_request():
    sound = geojson(LINE).decode().replace('"A"', '"Sound"')
    for word in ("NaN", "Infinity"):
        at = json.dumps(LINE[1][0])
        broken = sound.replace("Sound", "Broken").replace(at, word)
        for data in (f'{{"type": "FeatureCollection", "features": [{sound}, {broken}]}}', f"{sound}\n{broken}\n"):
            reading = read_route(data.encode(), "a.geojson")
            assert [route.name for route in reading.routes] == ["Sound"]
            assert "position-without-place" in codes(reading)
            assert [route.name for route in mend(reading, ["spike"]).reading.routes] == ["Sound"]
            whole = mend(reading, ["not-a-number", "position-without-place", "same-route"])
            assert json.loads(whole.data)
            assert "position-without-place" not in codes(whole.reading)


def test_a_height_that_is_no_number_is_missing_and_the_line_is_kept():
    heights = [[*position, 700.5] for position in LINE]
    reading = read_route(geojson(heights).replace(b"700.5", b"NaN", 1), "a.geojson")
    (route,) = reading.routes
    assert [list(position[:2]) for position in route.line.coords][-4:] == LINE
    assert {"not-a-number", "height-not-number"} <= codes(reading)


def test_well_known_text_in_place_of_a_geometry_is_read():
    text = f"LINESTRING ({', '.join(f'{x} {y}' for x, y in LINE)})"
    feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": text}
    for document in (feature, {"type": "FeatureCollection", "features": [feature, feature]}):
        reading = read_route(json.dumps(document).encode(), "a.geojson")
        assert WRITTEN in codes(reading)
        route = mend(reading, [WRITTEN]).reading.routes[-1]
        assert [list(position) for position in route.line.coords] == LINE


def test_radians_are_not_rounded_as_degrees_are():
    reading = read_route(geojson([[radians(x), radians(y)] for x, y in LINE]), "radians.geojson")
    assert [finding.code for finding in reading.findings if finding.code == "over-precise"] == []
    assert not mend_by_default(reading).changed


@pytest.mark.parametrize("name", ["text.geojson", "wkt.geojson", "quotes.geojson", "utm.geojson", "objects.geojson"])
def test_coordinates_that_are_no_numbers_are_no_valid_geojson(name):
    assert read_route(FILES[name][0], name).geojson == "invalid"


@pytest.mark.parametrize(
    "data",
    [
        geojson([[x / 0.9, y / 0.9] for x, y in LINE]),
        kml(" ".join(f"{x / 0.9:.8f},{y / 0.9:.8f}" for x, y in LINE)),
        gpx([(f"{x / 0.9:.8f}", f"{y / 0.9:.8f}") for x, y in LINE]),
        geojson([[y / 0.9, x / 0.9] for x, y in LINE]),
    ],
    ids=["geojson", "kml", "gpx", "latitude-first"],
)
def test_angles_in_gon_are_said_and_mended_when_asked(data):
    reading = read_route(data, "a")
    assert codes(reading) - {"over-precise"} == {"gon-for-degrees"}
    (finding,) = (finding for finding in reading.findings if finding.code == "gon-for-degrees")
    assert "46.23512, 38.89784" in finding.says
    assert "2.9 km" in finding.advice
    assert finding.by_name
    assert [choice.name for choice in finding.systems] == ["gon", "OGC:CRS84"]
    begins = (finding.systems[0].lon, finding.systems[0].lat)
    assert begins == pytest.approx(LINE[0], abs=1e-6)
    assert reading.routes == mend_by_default(reading).reading.routes == ()
    mended = mend(reading, {"gon-for-degrees": "gon"})
    if "lat-lon-swapped" in codes(mended.reading):
        mended = mend(mended.reading, {"lat-lon-swapped": "EPSG:4326"})
    (route,) = mended.reading.routes
    assert [list(position) for position in route.line.coords] == [pytest.approx(one, abs=1e-6) for one in LINE]


def test_of_what_may_be_gon_it_can_be_said_that_it_is_degrees(tmp_path, capsys):
    data = geojson([[x / 0.9, y / 0.9] for x, y in LINE])
    stands = mend(read_route(data, "a"), {"gon-for-degrees": "OGC:CRS84"})
    assert not stands.changed
    (route,) = stands.reading.routes
    assert [list(position) for position in route.line.coords] == [[x / 0.9, y / 0.9] for x, y in LINE]
    assert "outside-region" in codes(stands.reading)
    file = tmp_path / "gon.geojson"
    file.write_bytes(data)
    assert main(["check", str(file)]) == 0
    said = capsys.readouterr().out
    assert "mend --only gon-for-degrees: gon, begins at 46.23512, 38.89784" in said
    assert "usable routes: 0" in said
    main(["check", str(file), "--crs", "OGC:CRS84"])
    assert "usable routes: 1" in capsys.readouterr().out
    assert main(["mend", str(file), "--only", "gon-for-degrees", "-o", str(tmp_path / "out.geojson")]) == 0
    assert read_route((tmp_path / "out.geojson").read_bytes(), "a").routes[0].line.coords[0] == pytest.approx(LINE[0])


def test_a_line_far_from_gon_of_the_region_is_only_outside():
    for moved in (geojson([[x - 30, y + 10] for x, y in LINE]), kml("51.3,36.2 51.31,36.21 51.32,36.22")):
        assert codes(read_route(moved, "a")) == {"outside-region"}


def _in_kml(rows: list[list[float]]) -> bytes:
    return kml(" ".join(",".join(map(str, row)) for row in rows))


@pytest.mark.parametrize("write", [geojson, _in_kml], ids=["a.geojson", "a.kml"])
@pytest.mark.parametrize("latitude_first", [False, True])
@pytest.mark.parametrize(
    ("first", "kept"),
    [
        ([0, 1, 2, 3], False),
        ([10, 20, 30, 40], False),
        ([505, 512, 540, 530], True),
        ([620.5, 618.2, 640.1, 633], True),
    ],
    ids=["numbered", "by tens", "whole heights", "heights"],
)
def test_a_number_before_the_place_is_recognised_and_moved_behind_it_or_left_out(write, latitude_first, first, kept):
    places = [[y, x] for x, y in LINE] if latitude_first else LINE
    reading = read_route(write([[number, *at] for number, at in zip(first, places, strict=True)]), "a")
    (finding,) = (finding for finding in reading.findings if finding.code == FORM)
    assert "running number or height" in finding.says
    assert "46.23512, 38.89784" in finding.says
    assert reading.routes == ()
    mended = mend(reading, [FORM])
    (route,) = mended.reading.routes
    assert [[x, y] for x, y, *_ in route.line.coords] == LINE
    (feature,) = json.loads(mended.data).get("features", [json.loads(mended.data)])
    assert [at[2:] for at in feature["geometry"]["coordinates"]] == [[number] if kept else [] for number in first]


@pytest.mark.parametrize("write", [geojson, _in_kml], ids=["a.geojson", "a.kml"])
def test_a_line_elsewhere_whose_heights_could_be_degrees_here_stays_where_it_is(write):
    odessa = [[30.7 + at / 100, 46.4 + at / 100, 39.5 + at / 10] for at in range(6)]
    reading = read_route(write(odessa), "a")
    assert FORM not in {finding.code for finding in reading.findings}
    assert len(reading.routes) == 1
