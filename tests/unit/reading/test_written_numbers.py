"""Positions in every way that people write them: each is read back within its precision, or not read at all."""

import json
import re

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from corridor.land.geodesy import length_km
from corridor.reading.mend import mend_by_default
from corridor.reading.route import read_route
from corridor.reading.written_angles import read_angle
from corridor.reading.written_numbers import read_positions, read_run

LON, LAT = 46.63067, 38.94164


def minutes(value: float, mark: str = "{d}°{m:.4f}'") -> str:
    # The least part is rounded first, so that no minute comes out as 60.
    rest = round(abs(value) * 60, 4)
    return mark.format(d=int(rest // 60), m=rest % 60)


def seconds(value: float, mark: str = "{d}°{m}'{s:.2f}\"") -> str:
    rest = round(abs(value) * 3600, 2)
    return mark.format(d=int(rest // 3600), m=int(rest % 3600 // 60), s=rest % 60)


#: Way -> (how a number is written, degrees it may be off by).
ANGLES = {
    "comma": (lambda v: f"{v:.6f}".replace(".", ","), 1e-6),
    "true minus": (lambda v: f"{v:.6f}".replace("-", "\u2212"), 1e-6),
    "no-break space": (lambda v: f"\u00a0{v:.6f}\u202f", 1e-6),
    "persian digits": (lambda v: f"{v:.6f}".translate({48 + n: 0x6F0 + n for n in range(10)} | {46: 0x66B}), 1e-6),
    "degree sign": (lambda v: f"{v:.6f}°", 1e-6),
    "signed minutes": (lambda v: ("-" if v < 0 else "") + minutes(v), 1e-5),
    "signed seconds": (lambda v: ("-" if v < 0 else "") + seconds(v), 1e-5),
    "primes": (lambda v: ("-" if v < 0 else "") + seconds(v, "{d}º {m}\u2032 {s:.2f}\u2033"), 1e-5),
    "colons": (lambda v: ("-" if v < 0 else "") + seconds(v, "{d}:{m}:{s:.2f}"), 1e-5),
    "blanks": (lambda v: ("-" if v < 0 else "") + seconds(v, "{d} {m} {s:.2f}"), 1e-5),
    "letters d m s": (lambda v: ("-" if v < 0 else "") + seconds(v, "{d}d{m}m{s:.2f}s"), 1e-5),
}
SIDES = {
    "latin": ("E", "W", "N", "S"),
    "cyrillic": ("В", "З", "С", "Ю"),
    "russian abbreviations": (" в.д.", " з.д.", " с.ш.", " ю.ш."),
    "english words": (" East", " West", " North", " South"),
    "azerbaijani words": (" şərq", " qərb", " şimal", " cənub"),
    "armenian words": (" արևելք", " արևմուտք", " հյուսիս", " հարավ"),
    "persian words": (" شرق", " غرب", " شمال", " جنوب"),
}


def side(value: float, signs: tuple[str, ...], is_lon: bool) -> str:
    return signs[(0 if is_lon else 2) + (value < 0)]


@pytest.mark.parametrize("way", ANGLES)
@given(value=st.floats(-179.9, 179.9))
def test_an_angle_reads_back_within_its_precision(way, value):
    write, precision = ANGLES[way]
    angle = read_angle(write(value))
    assert angle is not None
    assert angle.degrees == pytest.approx(value, abs=precision)


@pytest.mark.parametrize("words", SIDES)
@pytest.mark.parametrize(
    "write", [minutes, seconds, lambda v: f"{abs(v):.5f}", lambda v: f"{abs(v):.5f}".replace(".", ",")]
)
@given(lon=st.floats(-179.9, 179.9), lat=st.floats(-89.9, 89.9))
def test_a_hemisphere_says_the_sign_and_the_axis(words, write, lon, lat):
    parts = [write(lon) + side(lon, SIDES[words], True), write(lat) + side(lat, SIDES[words], False)]
    for order in (parts, parts[::-1]):
        run = read_run([order])
        assert run is not None
        assert run.positions[0] == pytest.approx([lon, lat], abs=2e-5)
        text = read_positions("; ".join(order))
        assert text is not None
        assert text[0] == [pytest.approx([lon, lat], abs=2e-5)]


#: How the numbers of a line are put into one text, and the precision that leaves.
TEXTS = {
    "semicolons": lambda line: " ".join(f"{x:.6f};{y:.6f};0" for x, y in line),
    "commas for decimals": lambda line: " ".join(f"{x:.6f},{y:.6f},0".replace(".", ",") for x, y in line),
    "commas and semicolons": lambda line: "\n".join(f"{x:.6f};{y:.6f}".replace(".", ",") for x, y in line),
    "commas on lines": lambda line: "\n".join(f"{x:.6f} {y:.6f}".replace(".", ",") for x, y in line),
    "semicolons between": lambda line: "; ".join(f"{x:.6f}, {y:.6f}" for x, y in line),
    "well-known text": lambda line: f"LINESTRING ({', '.join(f'{x:.6f} {y:.6f}' for x, y in line)})",
    "blanks": lambda line: " ".join(f"{x:.6f} {y:.6f}" for x, y in line),
    "minutes": lambda line: " ".join(f"{minutes(x)}E,{minutes(y)}N" for x, y in line),
    "minutes, latitude first": lambda line: " ".join(f"N{minutes(y)} E{minutes(x)}" for x, y in line),
    "seconds with heights": lambda line: " ".join(f"{seconds(x)} {seconds(y)} 712" for x, y in line),
    "seconds by blanks": lambda line: ", ".join(
        seconds(x, "{d} {m} {s:.2f} E ") + seconds(y, "{d} {m} {s:.2f} N") for x, y in line
    ),
}


@pytest.mark.parametrize("way", TEXTS)
@given(line=st.lists(st.tuples(st.floats(10, 179), st.floats(10, 89)), min_size=2, max_size=8))
def test_a_text_of_positions_reads_back(way, line):
    read = read_positions(TEXTS[way](line))
    assert read is not None
    assert [position[:2] for position in read[0]] == [pytest.approx(one, abs=1e-5) for one in line]


@pytest.mark.parametrize(
    "text",
    [
        "46.6,38.9 see survey", "46°70'E 38°12'N", "46°12'E 38°12'E", "46.63", "", "E N", "46,63;", "1_0 2_0",
        "46°12.5'30\"E,38°N", "46.6;38.9;;46.5;38.8", "nan nan", "LINESTRING (46 38, (1 2))",
    ],
)  # fmt: skip
def test_a_text_is_read_to_its_last_sign_or_not_at_all(text):
    assert read_positions(text) is None


@pytest.mark.parametrize(
    "text", ["46°61'", "46°12'61\"", "46°12.5'30\"", "4670.00E", "1e5E", "abc", "46 38 12 9", "9" * 100]
)
def test_what_is_no_angle_is_none(text):
    assert read_angle(text) is None


def test_degrees_and_minutes_of_nmea_need_their_letter():
    assert read_angle("3856.4984,N").degrees == pytest.approx(LAT, abs=1e-6)
    assert read_angle("04637.8402E").degrees == pytest.approx(LON, abs=1e-6)
    assert read_angle("3856.4984") is None


@pytest.mark.parametrize(
    "element",
    [
        {"lat": LAT, "lng": LON}, {"latitude": str(LAT), "longitude": str(LON)}, {"y": "38,94164", "x": "46,63067"},
        {"Lat": "38°56.4984'N", "Lon": "46°37.8402'E"}, "46.63067, 38.94164", ["46.63067", "38.94164"],
        ["38.94164 N", "46.63067 E"], [LON, "38,94164"],
    ],
)  # fmt: skip
def test_an_element_of_a_list_may_be_an_object_or_a_text(element):
    run = read_run([[LON, LAT], element])
    assert run is not None
    assert run.positions[1][:2] == pytest.approx([LON, LAT], abs=1e-6)
    assert (run.count, run.at) == (1, 1)


def test_long_texts_take_no_longer_than_their_signs():
    # Each of these would take hours if blanks, commas or digits were gone back to.
    for text in (
        " " * 500_000 + "x",
        "46.2" + " " * 500_000 + "38.9 a",
        ", " * 30_000,
        "4" * 200_000,
        "46°x" * 100_000,
    ):
        assert read_positions(text) is None
    assert len(read_positions("46,63067;38,94164 " * 20_000)[0]) == 20_000


@given(st.text(st.sampled_from("0123456789.,;°'\" NEСВ-+\n\u00a0eE()"), max_size=40))
def test_any_text_of_such_signs_is_read_or_not_and_never_raises(text):
    read = read_positions(text)
    if read is not None:
        assert all(len(position) in (2, 3) for position in read[0])
        assert len(re.findall(r"\d", text)) >= 2 * len(read[0])


#: Words and abbreviations that name one side alone, and what they mean: whether longitude, and the sign.
WORDS = {
    "северной широты": (False, 1), "сев. ш.": (False, 1), "южной широты": (False, -1), "восточной долготы": (True, 1),
    "в/д": (True, 1), "з.д.": (True, -1), "пн. ш.": (False, 1), "сх. д.": (True, 1), "şimal enliyi": (False, 1),
    "Ş.e.": (False, 1), "ş. u.": (True, 1), "ŞƏRQ": (True, 1), "QƏRB": (True, -1), "şərq uzunluğu": (True, 1),
    "Kuzey enlemi": (False, 1), "KUZEY": (False, 1), "GÜNEY": (False, -1), "Doğu boylamı": (True, 1),
    "BATI": (True, -1), "batı": (True, -1), "ŞİMAL": (False, 1), "հյուսիսային լայնություն": (False, 1),
    "հս. լայն.": (False, 1), "արլ. ե.": (True, 1), "արևմտյան երկայնություն": (True, -1), "ჩრდილოეთი": (False, 1),
    "აღმოსავლეთი": (True, 1), "شمالی": (False, 1), "غربی": (True, -1),
}  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("write", [minutes, seconds, lambda v: f"{v:.6f}°", lambda v: f"{v:.6f}".replace(".", ",")])
@given(value=st.floats(1, 89))
def test_words_of_the_languages_of_the_region_name_side_and_axis(word, write, value):
    is_lon, sign = WORDS[word]
    for text in (f"{write(value)} {word}", f"{word.rstrip('.')} {write(value)}"):
        angle = read_angle(text)
        assert angle is not None
        assert (angle.is_lon, angle.degrees) == (is_lon, pytest.approx(sign * value, abs=1e-5))


@pytest.mark.parametrize("text", ["46.1 северной долготы", "46.1 şərq enliyi", "46.1 ş", "Doğu enlemi 46.1", "46.1 O"])
def test_a_word_that_contradicts_itself_or_means_two_sides_is_none(text):
    assert read_angle(text) is None


@pytest.mark.parametrize("text", [
    "46г 37м 50,41с", "46 градусов 37 минут 50,41 секунд", "46 dərəcə 37 dəqiqə 50.41 saniyə",
    "46 derece 37 dakika 50,41 saniye", "46աստ 37ր 50,41վ", "46d37m50.41s",
])  # fmt: skip
def test_letters_and_words_for_degrees_minutes_and_seconds(text):
    assert read_angle(text).degrees == pytest.approx(LON, abs=1e-5)


def test_a_minute_or_second_that_was_rounded_up_to_sixty_is_one():
    assert read_angle("46°37'60.00\"").degrees == pytest.approx(46 + 38 / 60)
    assert read_angle("46°60.000'").degrees == pytest.approx(47)
    assert read_angle("4660.0000E").degrees == pytest.approx(47)


@given(lon=st.floats(1, 179), lat=st.floats(-89, 89), height=st.none() | st.integers(-50, 4000))
def test_positions_of_the_standards_read_back(lon, lat, height):
    high = "" if height is None else f"{height:+d}"
    geo = f"geo:{lat:.6f},{lon:.6f}" + ("" if height is None else f",{height}") + ";u=10"
    for text in (f"{lat:+010.6f}{lon:+011.6f}{high}/ " * 2, f"{geo} {geo}"):
        read = read_positions(text)
        assert read is not None
        assert read[0] == [pytest.approx([lon, lat, *([height] if height is not None else [])], abs=1e-5)] * 2


def test_iso_6709_has_minutes_and_seconds_too():
    for text in ("+3856.4984+04637.8402/", "+385629.904+0463750.412/"):
        assert read_positions(text)[0] == [pytest.approx([LON, LAT], abs=1e-5)]
    for text in ("+3861.4984+04637.8402/", "+38.9+046.6", "+38.9+046.6/x", "geo:38.9", "geo:a,b"):
        assert read_positions(text) is None


@pytest.mark.parametrize("text", [
    "(46.6, 38.9), (46.5, 38.8)", "[[46.6,38.9],[46.5,38.8]]", "{46.6; 38.9} {46.5; 38.8}",
    "(46,6; 38,9)\n(46,5; 38,8)",
])  # fmt: skip
def test_positions_in_brackets_of_their_own_are_read(text):
    assert read_positions(text)[0] == [[46.6, 38.9], [46.5, 38.8]]


@pytest.mark.parametrize(("pair", "styles"), [
    (["588436,37", "4306000,02"], {"decimal commas"}),
    (["588 436,37", "4\u00a0306\u00a0000,02"], {"decimal commas", "blanks between thousands"}),
])  # fmt: skip
def test_metres_with_commas_and_blanks_are_numbers(pair, styles):
    run = read_run([pair, pair])
    assert run.positions == [pytest.approx([588436.37, 4306000.02])] * 2
    assert set(run.styles) == styles


def test_a_comma_may_stand_between_a_number_of_nmea_and_its_letter():
    for text in ("3856.4984,N,04637.8402,E", "04637.8402,E,3856.4984,N"):
        assert read_positions(f"{text}\n{text}")[0] == [pytest.approx([LON, LAT], abs=1e-6)] * 2


@pytest.mark.parametrize("names", [("enlik", "uzunluq"), ("Լայնություն", "Երկայնություն"), ("Широта", "Долгота"),
                                   ("N", "E"), ("عرض", "طول")])  # fmt: skip
def test_objects_name_their_numbers_in_the_languages_of_the_region(names):
    lat, lon = names
    assert read_run([{lat: LAT, lon: LON}]).positions == [[LON, LAT]]
    assert read_run([{lon: f"{LON}".replace(".", ","), lat: str(LAT)}]).positions == [[LON, LAT]]


def test_ten_millionths_by_name_are_degrees():
    run = read_run([{"latitudeE7": round(LAT * 1e7), "longitudeE7": round(LON * 1e7), "alt": 700}])
    assert run.positions == [[pytest.approx(LON), pytest.approx(LAT), 700]]


IN_TWOS = [[46.6, 38.9], [46.55, 38.85], [46.5, 38.9], [46.45, 38.88]]


@pytest.mark.parametrize("between", [",", ", ", ",\n "])
@pytest.mark.parametrize("heights", [[], [0], [712.5]], ids=["flat", "zero", "high"])
@pytest.mark.parametrize("end", ["", ","])
def test_commas_between_all_numbers_are_read_in_twos_or_threes(between, heights, end):
    line = [[*at, *heights] for at in IN_TWOS]
    written = between.join(str(number) for at in line for number in at) + end
    positions, styles = read_positions(written)
    assert positions == line
    assert styles == ("commas between positions too",)


@pytest.mark.parametrize("written", ["46.6,46.6,46.6,46.6,46.6,46.6", "46.6,38.9,46.5,38.8,46.4", "46.6,38.9,700.5,12"])
def test_numbers_that_part_in_either_way_or_in_none_are_not_read(written):
    assert read_positions(written) is None


@pytest.mark.parametrize("name", ["a.kml", "a.geojson"])
def test_a_line_with_commas_between_all_numbers_is_offered_with_its_kilometres(name):
    text = ",".join(f"{x},{y},0" for x, y in IN_TWOS)
    if name.endswith("kml"):
        inside = f"<LineString><coordinates>{text}</coordinates></LineString>"
        data = f"<kml><Document><Placemark>{inside}</Placemark></Document></kml>"
    else:
        data = json.dumps({"type": "LineString", "coordinates": text})
    reading = read_route(data.encode(), name)
    (finding,) = (finding for finding in reading.findings if finding.code == "positions-written")
    km = length_km(shapely.LineString(IN_TWOS))
    assert f"the line is {km:,.1f} km" in finding.advice
    assert not {"position-4d", "line-too-short"} & {finding.code for finding in reading.findings}
    (route,) = mend_by_default(reading).reading.routes
    assert length_km(route.line) == pytest.approx(km)
