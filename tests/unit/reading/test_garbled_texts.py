"""Names in UTF-8 that a program took for an old encoding: recognised, said, and written as they were meant."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.reading.garbled_texts import TAKEN_FOR, ungarbled
from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route
from corridor.reading.text_encodings import ARMENIAN_LETTERS, CYRILLIC, TURKISH, WESTERN

NAMES = (
    "Дорога Мегри – Агарак", "Iğdır–Şırnak yolu", "Ağbənd", "Մեղրի", "Ագարակ–Նորդուզ", "مغری نوردوز", "მარგარა",
    "Straße über Zürich", "Залізниця «Південь»",
)  # fmt: skip
LINE = [[46.2 + n / 100, 38.9 + n / 300] for n in range(12)]


def garbled(text: str, encoding: str) -> str:
    """Return what a program makes of the bytes of a text; of those that are no sign it makes signs of control."""
    try:
        return text.encode().decode(encoding)
    except UnicodeDecodeError:
        return "".join(
            bytes((byte,)).decode(encoding, "ignore") or (chr(byte) if byte < 0xA0 else "?") for byte in text.encode()
        )


def geojson(name: str) -> Reading:
    shape = {"type": "LineString", "coordinates": LINE}
    feature = {"type": "Feature", "properties": {"name": name, "note": "plain"}, "geometry": shape}
    return read_route(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode(), "a.geojson")


def gpx(name: str) -> Reading:
    points = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in LINE)
    return read_route(f"<gpx><trk><name>{name}</name><trkseg>{points}</trkseg></trk></gpx>".encode(), "a.gpx")


def kml(name: str) -> Reading:
    text = " ".join(f"{x},{y}" for x, y in LINE)
    inside = f"<LineString><coordinates>{text}</coordinates></LineString>"
    folder = f"<Folder><name>{name}</name><Placemark>{inside}</Placemark></Folder>"
    return read_route(f"<kml>{folder}</kml>".encode(), "a.kml")


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "cp1254", "cp866", "cp1250", "koi8-r", "mac-roman"])
@pytest.mark.parametrize("name", NAMES)
def test_what_was_garbled_is_read_as_it_was_meant(name, encoding):
    text = garbled(name, encoding)
    if "?" not in text:
        assert ungarbled(text).meant == name


@pytest.mark.parametrize("name", NAMES)
def test_what_was_garbled_twice_is_read_as_well(name):
    assert ungarbled(garbled(garbled(name, "cp1252"), "cp1252")).meant == name


def test_a_text_cut_amid_a_letter_is_read_without_it():
    assert ungarbled(garbled("Дорога", "cp1251")[:-1]).meant == "Дорог"


ALPHABETS = (
    "".join(CYRILLIC),
    "".join(TURKISH) + "abcdehiklmnrstuz",
    "".join(ARMENIAN_LETTERS),
    "".join(WESTERN) + "aeinrst",
)


@given(st.data())
def test_words_of_this_region_are_taken_for_none(data):
    letters = data.draw(st.sampled_from(ALPHABETS))
    words = data.draw(st.lists(st.text(letters, min_size=3, max_size=9), min_size=1, max_size=4))
    spelt = data.draw(st.sampled_from([str.lower, str.upper, str.title]))
    assert ungarbled(spelt(" ".join(words))) is None


@pytest.mark.parametrize(
    "text",
    [
        *NAMES,
        "«DAĞ»",
        "CAFÉ «Ü»",
        "Ё",
        "№ 5",
        "46° 12′",
        "São João",
        "Ø",
        "Ä",
        "Road – north",
        "±5 m",
        "x" * 9,
        "",
        "–©",
    ],
)
def test_a_sound_text_is_left_alone(text):
    assert ungarbled(text) is None


@pytest.mark.parametrize("read", [geojson, gpx, kml])
@pytest.mark.parametrize("encoding", TAKEN_FOR[:3])
def test_a_garbled_name_is_said_and_mended_when_asked(read, encoding):
    text = garbled("Мегри", encoding)
    reading = read(text)
    (told,) = [finding for finding in reading.findings if finding.code == "text-garbled"]
    assert told.says.startswith("1 text is garbled")
    assert "“Мегри”" in told.says
    assert told.by_name
    assert [route.name for route in mend(reading, set()).reading.routes] == [route.name for route in reading.routes]
    mended = mend(reading, {"text-garbled"})
    assert [route.name for route in mended.reading.routes] == ["Мегри"]
    assert "text-garbled" not in {finding.code for finding in mended.reading.findings}
    assert any("written as “Мегри”" in done for entry in mended.ledger for done in entry.other)
