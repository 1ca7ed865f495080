"""Letters in every encoding that files of this region come in: read as named, or guessed and said to be a guess."""

import io
import json
import re
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from corridor.reading.formats.shapefile import index_of
from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route
from corridor.reading.text_encodings import decoded, guessed_encoding, known_encoding, read_text

LINE = [(46.2, 38.9), (46.21, 38.91), (46.22, 38.9)]
RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
AZERBAIJANI = "abcçdeəfgğhxıijkqlmnoöprsştuüvyzABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZ"
TURKISH = AZERBAIJANI.replace("ə", "").replace("Ə", "")
ARMENIAN = "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ"
PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
#: Encodings with the letters that can be written in them, as XML and .cpg files name them.
NAMED = {
    "windows-1251": RUSSIAN, "KOI8-R": RUSSIAN, "ISO-8859-5": RUSSIAN, "cp866": RUSSIAN, "windows-1254": TURKISH,
    "ISO-8859-9": TURKISH, "ARMSCII-8": ARMENIAN, "windows-1256": PERSIAN.replace("ی", "ي"),
    "UTF-8": RUSSIAN + AZERBAIJANI + ARMENIAN + PERSIAN,
}  # fmt: skip
#: Words of the region in encodings that nothing names.
WORDS = {
    "cp1251": [
        "Железная",
        "дорога",
        "Мегри",
        "Нахичевань",
        "Ордубад",
        "Джульфа",
        "Зангелан",
        "ветка",
        "Агарак",
        "участок",
    ],
    "koi8-r": ["Железная дорога", "Нахичевань", "Ордубад", "Зангелан", "северный вариант"],
    "cp866": ["Железная дорога", "Нахичевань", "Ордубад", "Зангелан", "северный вариант"],
    "cp1254": ["Ağbend", "Şerur", "Iğdır", "Nahçıvan", "demiryolu güzergâhı", "Zengezur geçişi", "Culfa şubesi"],
    "armscii-8": ["Մեղրի", "երկաթուղի", "Նախիջևան", "Ագարակ", "Նռնաձոր", "ճանապարհ"],
    "cp1256": ["راه آهن", "جاده نوردوز", "مسير جلفا", "كنار ارس"],
}


def in_bytes(text: str, encoding: str) -> bytes:
    """Return a text in an encoding, also in ARMSCII-8, for which Python has no codec."""
    known = known_encoding(encoding) or encoding
    if known != "armscii-8":
        return text.encode(known)
    table = {decoded(bytes([byte]), known).text: byte for byte in range(256)}
    return bytes(table[sign] for sign in text)


def kml(name: str, declaration: str) -> str:
    line = " ".join(f"{x},{y}" for x, y in LINE)
    return (
        f"{declaration}<kml><Placemark><name>{name}</name>"
        f"<LineString><coordinates>{line}</coordinates></LineString></Placemark></kml>"
    )


def gpx(name: str, declaration: str) -> str:
    points = "".join(f"<trkpt lon='{x}' lat='{y}'/>" for x, y in LINE)
    return f"{declaration}<gpx version='1.1'><trk><name>{name}</name><trkseg>{points}</trkseg></trk></gpx>"


def geojson(name: str) -> str:
    geometry = {"type": "LineString", "coordinates": LINE}
    return json.dumps({"type": "Feature", "properties": {"name": name}, "geometry": geometry}, ensure_ascii=False)


def shapefile(name: bytes, cpg: bytes | None = None, driver: int = 0) -> bytes:
    """Return a zipped Shapefile of one line, whose table holds one text of 80 bytes."""
    points = b"".join(struct.pack("<2d", x, y) for x, y in LINE)
    box = struct.pack("<4d", 46.2, 38.9, 46.22, 38.91)
    content = struct.pack("<i", 3) + box + struct.pack("<3i", 1, len(LINE), 0) + points
    length = 100 + 8 + len(content)
    shp = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, length // 2) + struct.pack("<2i", 1000, 3) + box + bytes(32)
    shp += struct.pack(">2i", 1, len(content) // 2) + content
    dbf = struct.pack("<4BIHH", 3, 126, 1, 1, 1, 65, 81) + bytes(17) + bytes([driver]) + bytes(2)
    dbf += (
        b"name".ljust(11, b"\0")
        + b"C"
        + bytes(4)
        + bytes([80])
        + bytes(15)
        + b"\r"
        + b" "
        + name[:80].ljust(80)
        + b"\x1a"
    )
    parts = {"r.shp": shp, "r.shx": index_of(shp), "r.dbf": dbf, "r.prj": CRS("EPSG:4326").to_wkt("WKT1_ESRI").encode()}
    if cpg is not None:
        parts["r.cpg"] = cpg
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return packed.getvalue()


def names(letters: str) -> st.SearchStrategy[str]:
    """Return names of some of these letters, one beyond ASCII at least."""
    return st.text(st.sampled_from(letters), min_size=1, max_size=30).filter(lambda name: not name.isascii())


def told(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings if finding.severity != "note"}


def the_name(reading: Reading) -> str:
    (route,) = reading.routes
    assert [tuple(position) for position in route.line.coords] == LINE
    return route.name


@pytest.mark.slow
@pytest.mark.parametrize("encoding", NAMED)
@given(data=st.data())
def test_a_name_in_an_encoding_that_is_named_reads_back(encoding, data):
    name = data.draw(names(NAMED[encoding]))
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    for form in (kml, gpx):
        reading = read_route(in_bytes(form(name, declaration), encoding), "a")
        assert the_name(reading) == name
        assert told(reading) == set()
    written = in_bytes(name, encoding)
    if len(written) <= 80:
        reading = read_route(shapefile(written, encoding.encode()), "a.zip")
        assert the_name(reading) == name
        assert told(reading) == set()


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
@given(name=names(NAMED["UTF-8"]))
def test_wide_letters_read_back_with_a_mark_and_without(encoding, name):
    for declaration in (
        "",
        '<?xml version="1.0"?>',
        '<?xml version="1.0" encoding="UTF-16"?>',
        '<?xml version="1.0" encoding="utf-8"?>',
    ):
        for form in (kml, gpx):
            reading = read_route(form(name, declaration).encode(encoding), "a")
            assert the_name(reading) == name
    reading = read_route(geojson(name).encode(encoding), "a.geojson")
    assert the_name(reading) == name
    if encoding != "utf-8-sig":
        assert told(reading) == {"not-utf8"}
        assert the_name(mend(reading, ["not-utf8"]).reading) == name


@pytest.mark.parametrize("encoding", WORDS)
@settings(max_examples=30)
@given(data=st.data())
def test_words_in_an_encoding_that_nothing_names_are_guessed_and_said_to_be(encoding, data):
    words = data.draw(st.lists(st.sampled_from(WORDS[encoding]), min_size=2, max_size=5))
    name = " ".join(words)
    assert guessed_encoding(in_bytes(name, encoding))[0] == encoding
    for written in (kml(name, '<?xml version="1.0" encoding="UTF-8"?>'), gpx(name, "")):
        reading = read_route(in_bytes(written, encoding), "a")
        assert the_name(reading) == name
        assert told(reading) == {"encoding-guessed"}
        assert "a guess" in reading.findings[0].says
    reading = read_route(in_bytes(geojson(name), encoding), "a.geojson")
    assert the_name(reading) == name
    assert told(reading) == {"not-utf8"}
    assert "a guess" in reading.findings[0].says
    assert the_name(mend(reading, ["not-utf8"]).reading) == name
    written = in_bytes(name, encoding)
    if len(written) <= 80:
        for cpg, driver in ((None, 0), (None, 0x57), (b"junk", 0), (b"UTF-8", 0)):
            reading = read_route(shapefile(written, cpg, driver), "a.zip")
            assert the_name(reading) == name
            assert told(reading) == {"encoding-guessed"}


@pytest.mark.parametrize(("cpg", "driver", "encoding"), [
    (b"65001", 0, "utf-8"), ("UTF-8".encode("utf-16"), 0, "utf-8"), (b"\xef\xbb\xbfUTF-8\r\n", 0, "utf-8"),
    (b"1251", 0, "cp1251"),
    (b"ANSI 1251", 0, "cp1251"), (b"CP1251\0", 0, "cp1251"), (b'"windows-1251"', 0, "cp1251"), (None, 0xC9, "cp1251"),
    (b"", 0xC9, "cp1251"), (b"nonsense", 0xC9, "cp1251"), (None, 0x65, "cp866"), (b"OEM 866", 0, "cp866"),
    (b"88595", 0, "iso8859-5"),
])  # fmt: skip
def test_what_a_cpg_or_a_driver_names_is_read_without_a_word(cpg, driver, encoding):
    reading = read_route(shapefile("Железная дорога".encode(encoding), cpg, driver), "a.zip")
    assert the_name(reading) == "Железная дорога"
    assert told(reading) == set()


@pytest.mark.parametrize(
    ("cpg", "driver"), [(b"1252", 0), (b"ISO-8859-1", 0), (None, 0x03), (b"1251", 0), (None, 0xC9)]
)
def test_utf_8_is_known_whatever_is_named(cpg, driver):
    reading = read_route(shapefile("Ağbənd – Մեղրի".encode(), cpg, driver), "a.zip")
    assert the_name(reading) == "Ağbənd – Մեղրի"
    assert told(reading) == {"encoding-other"}
    reading = read_route(kml("Ağbənd", '<?xml version="1.0" encoding="windows-1254"?>').encode(), "a.kml")
    assert the_name(reading) == "Ağbənd"
    assert told(reading) == {"encoding-other"}


@pytest.mark.parametrize("cpg", [b"1252", b"ISO-8859-1", b"88591"])
def test_a_western_encoding_named_for_russian_words_is_not_believed(cpg):
    reading = read_route(shapefile("Железная дорога".encode("cp1251"), cpg), "a.zip")
    assert the_name(reading) == "Железная дорога"
    assert told(reading) == {"encoding-guessed"}
    reading = read_route(shapefile("Vallée de l'Araxe".encode("cp1252"), cpg), "a.zip")
    assert the_name(reading) == "Vallée de l'Araxe"
    assert told(reading) == set()


def test_a_table_of_plain_letters_says_nothing_of_its_encoding():
    for cpg in (None, b"junk", b"1251"):
        assert told(read_route(shapefile(b"Agarak", cpg), "a.zip")) == set()


def test_a_name_cut_amid_a_letter_keeps_its_other_letters():
    name = "Железная дорога от станции Мегри до Ордубада"
    reading = read_route(shapefile(name.encode()[:79], b"UTF-8"), "a.zip")
    assert name.startswith(the_name(reading))
    assert len(the_name(reading)) > 40
    assert told(reading) == set()
    broken = geojson(name).encode().replace("а".encode(), b"\xd0", 1)
    reading = read_route(broken, "a.geojson")
    assert "�" in the_name(reading)
    assert "no letters" in next(f.says for f in reading.findings if f.code == "not-utf8")


@pytest.mark.parametrize(
    "name", ["zlib_codec", "idna", "utf-7", "rot13", "unicode_escape", "punycode", "nobody", "base64", ""]
)
def test_no_name_reaches_a_codec_that_is_no_encoding_of_letters(name):
    assert known_encoding(name) is None
    reading = read_route(kml("Мегри", f'<?xml version="1.0" encoding="{name}"?>').encode(), "a.kml")
    assert the_name(reading) == "Мегри"
    assert told(reading) == ({"encoding-other"} if name else set())


@given(st.binary(max_size=200))
def test_any_bytes_are_some_text(data):
    read = read_text(data)
    assert isinstance(read.text, str)
    guessed_encoding(data)


#: What stands before the declaration or in a name -> the name that is read, and what is told.
BEFORE = ["\n", "\n\n\n", " " * 10, "\ufeff\n", "\r\n\t", "\ufeff "]
SIGNS = {
    "Lot&nbsp;1": "Lot 1", "Araks & Vorotan": "Araks & Vorotan", "A&B": "A&B", "a < b": "a < b",
    "&eacute;t&eacute;": "été",
    "&ndash;&copy;": "–©", "A &amp; B &nosuch; C": "A & B &nosuch; C", "tab\x0bs": "tab�s", "&#0;x&#31;": "�x�",
    "AT&T;": "AT&T;",
    "&#1040;&bull;": "А•", "x&": "x&",
}  # fmt: skip


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("form", [kml, gpx])
def test_blanks_before_the_declaration_cost_nothing(before, form):
    for encoding in ("utf-8", "windows-1251"):
        declaration = f'{before}<?xml version="1.0" encoding="{encoding}"?>'
        if encoding != "utf-8" and not before.isascii():
            continue
        reading = read_route(form("Мегри", declaration).encode(encoding), "a")
        assert the_name(reading) == "Мегри"
        assert {finding.code for finding in reading.findings} == {"xml-blanks-first"}


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("form", [kml, gpx])
def test_signs_that_xml_does_not_know_are_read_as_what_they_stand_for(sign, form):
    reading = read_route(form(f"{sign}<!-- & &nbsp; --><![CDATA[ & ]]>", '<?xml version="1.0"?>').encode(), "a")
    assert the_name(reading) == f"{SIGNS[sign]} &".strip().replace("x�", "x�")
    assert told(reading) == {"xml-unknown-signs"}


@pytest.mark.parametrize("form", [kml, gpx])
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="UTF-8"?>'])
def test_curly_quotation_marks_of_a_word_processor_are_read_as_straight_ones(form, declaration):
    text = form("Said “so”", declaration).replace("<name>", '<name lang="ru">')
    text = re.sub(r"""=["']([^"']*)["']""", "=“\\1”", text)
    reading = read_route(text.encode(), "a")
    assert the_name(reading) == "Said “so”"
    assert told(reading) == {"xml-unknown-signs"}


def test_a_text_that_declares_its_own_signs_is_not_mended():
    text = kml("&a; & b", '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "b">]>')
    assert "xml-entities" in told(read_route(text.encode(), "a.kml"))
    assert "xml-entities" in told(read_route(text.encode("utf-16"), "a.kml"))


def test_what_is_broken_besides_is_still_told():
    cut = kml("A & B", '<?xml version="1.0"?>')[:-30]
    assert told(read_route(cut.encode(), "a.kml")) == {"xml-unknown-signs", "xml-syntax"}
    assert read_route(cut.encode(), "a.kml").routes == ()


def test_mending_signs_takes_no_longer_than_the_text():
    for inside in (
        "&" * 400_000,
        "<!--" * 200_000,
        "<![CDATA[" * 100_000,
        "&a" * 300_000,
        "<?" * 200_000,
        "\x01" * 300_000,
    ):
        read_route(kml(inside, '<?xml version="1.0"?>').encode(), "a.kml")


def test_other_forms_of_json_say_how_their_letters_were_read():
    way = {
        "type": "way",
        "id": 1,
        "tags": {"name": "Железная дорога"},
        "geometry": [{"lat": y, "lon": x} for x, y in LINE],
    }
    overpass = json.dumps({"version": 0.6, "elements": [way]}, ensure_ascii=False)
    for text in (overpass, f"{geojson('Железная дорога')}\n{geojson('Железная дорога')}"):
        reading = read_route(text.encode("cp1251"), "a.json")
        assert {route.name for route in reading.routes} == {"Железная дорога"}
        assert "a guess" in next(finding.says for finding in reading.findings if finding.code == "not-utf8")


DASHED = "Şuşa – “Iğdır”"


@pytest.mark.parametrize(
    ("declared", "codec"), [("ISO-8859-9", "cp1254"), ("iso-8859-1", "cp1252"), ("latin1", "cp1252")]
)
def test_the_dashes_and_quotes_of_windows_are_read_where_the_standard_is_named(declared, codec):
    name = DASHED if codec == "cp1254" else "Route près d’Érévan – “A”"
    inside = f"<trk><name>{name}</name><trkseg>{TRACK}</trkseg></trk>"
    for suffix, body in (("gpx", f"<gpx>{inside}</gpx>"), ("kml", kml_of(name))):
        data = f'<?xml version="1.0" encoding="{declared}"?>{body}'.encode(codec)
        reading = read_route(data, f"a.{suffix}")
        assert ([route.name for route in reading.routes], reading.findings) == ([name], ()), suffix


def kml_of(name: str) -> str:
    places = " ".join(f"{x},{y}" for x, y in LINE)
    line = f"<LineString><coordinates>{places}</coordinates></LineString>"
    return f"<kml><Placemark><name>{name}</name>{line}</Placemark></kml>"


TRACK = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in LINE)
GEOJSON = json.dumps(
    {"type": "Feature", "properties": {"name": "A"}, "geometry": {"type": "LineString", "coordinates": LINE}}
)


@given(st.text("\0\x1a", min_size=1, max_size=40), st.sampled_from(("geojson", "kml", "gpx")))
@settings(max_examples=30)
def test_what_fills_a_file_up_after_its_end_is_passed_over_and_told(filling, suffix):
    body = {
        "geojson": GEOJSON,
        "kml": kml_of("A"),
        "gpx": f"<gpx><trk><name>A</name><trkseg>{TRACK}</trkseg></trk></gpx>",
    }
    reading = read_route(body[suffix].encode() + filling.encode(), f"a.{suffix}")
    assert [route.name for route in reading.routes] == ["A"]
    (finding,) = reading.findings
    assert finding.says.startswith(f"{len(filling)} byte")
    if suffix == "geojson":
        assert read_route(mend(reading, ["text-filled-up"]).data, "a.geojson").geojson == "valid"


@given(
    st.lists(
        st.sampled_from(("a", "ş", "\\ud83d", "\\uDE82", "\\ud83d\\ude82", "\\\\ud83d", "\\n", "\\u015f")), max_size=8
    )
)
def test_half_a_sign_in_a_name_costs_that_sign_and_nothing_else(pieces):
    text = "".join(pieces)
    document = GEOJSON.replace('"A"', f'"x{text}"')
    meant = json.loads(f'"{text}"').encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    halves = "\ufffd" in meant
    reading = read_route(document.encode(), "a.geojson")
    assert len(reading.routes) == 1
    assert ("half-a-sign" in {finding.code for finding in reading.findings}) == halves
    assert reading.routes[0].properties["name"].count("ş") == meant.count("ş")
    assert read_route(mend(reading, ["half-a-sign"]).data, "a.geojson").geojson == "valid"


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("declared", ["UTF-32", "UTF-32BE", "utf-8"])
def test_a_text_of_four_bytes_to_a_letter_is_read_with_its_mark_and_without(encoding, declared):
    name = "Ordubad Мегри Մեղրի"
    shape = {"type": "LineString", "coordinates": LINE}
    document = {"type": "Feature", "properties": {"name": name}, "geometry": shape}
    points = "".join(f'<trkpt lat="{lat}" lon="{lon}"/>' for lon, lat in LINE)
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    gpx = (
        f'{head}<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><name>{name}</name><trkseg>{points}</trkseg></trk></gpx>"
    )
    for text in (json.dumps(document, ensure_ascii=False), gpx):
        reading = read_route(text.encode(encoding), "a")
        (route,) = reading.routes
        assert route.name == name
        assert list(route.line.coords) == LINE
    assert "read as UTF-32" in " ".join(
        finding.says for finding in read_route(json.dumps(document).encode(encoding), "a").findings
    )
