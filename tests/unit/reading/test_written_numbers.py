"""Positions in every way that people write them: each is read back within its precision, or not read at all."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    "text", ["46°61'", "46°12'60\"", "46°12.5'30\"", "4670.00E", "1e5E", "abc", "46 38 12 9", "9" * 100]
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
