"""Files that are not read: each is called what it is, in one sentence, with the way to export a line from it."""

import io
import zipfile

import pytest

from corridor.reading.formats.conversion import is_named_by_head
from corridor.reading.formats.named_formats import LINK_IS_DEAD, MAGIC, OF_PROGRAMS, PACKED, ROOTS, TABLES
from corridor.reading.formats.named_texts import BEGINNINGS, named_text
from corridor.reading.route import read_route
from corridor.reading.samples import read_samples
from tests.support.named_files import NAMED
from tests.support.other_json_files import encoded
from tests.support.route_files import LINE, packed_gzip, zipped


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, files in NAMED.items() for data in files])
def test_a_file_that_is_not_read_is_called_what_it_is_in_one_sentence(name, data):
    for given in (data, packed_gzip(data) if not data.startswith(b"\x1f\x8b") else data):
        reading = read_route(given, "a.geojson")
        findings = [one for one in reading.findings if one.code != "gzip-packed"]
        assert reading.format == name
        assert reading.routes == ()
        assert [one.code for one in findings] == ["web-page" if name == "HTML" else "format-named"]
        for sentence in (findings[0].says, findings[0].advice):
            assert sentence.endswith(".")
            assert len(sentence.split()) <= 25


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><title>Page not found \xc2\xb7 GitHub</title>",
        b"<html><head><title>404</title></head><body>x</body></html>",
        "<html><head><title>Страница не найдена</title></head></html>".encode(),
        b"404: Not Found",
    ],
)
def test_of_a_page_that_says_the_file_is_gone_a_new_link_is_asked_for(data):
    (finding,) = read_route(data, "a.geojson").findings
    assert finding.advice == LINK_IS_DEAD
    (closed,) = read_route(b"<html><head><title>Sign in</title></head></html>", "a.kml").findings
    assert "sign in there" in closed.advice


@pytest.mark.parametrize("name", ["PNG", "JPEG", "PDF", "DXF", "HTML"])
def test_the_first_bytes_of_what_is_never_read_tell_that(name):
    # Of a page in wide letters the beginning leaves it open.
    assert all(is_named_by_head(data[:4096]) for data in NAMED[name] if b"\0h\0" not in data)


def test_no_sample_with_a_route_is_told_by_its_first_bytes_to_hold_none():
    every = [sample for group in read_samples().values() for sample in group]
    told = [sample for sample in every if is_named_by_head(sample.content()[:4096])]
    assert told
    assert [sample.id for sample in told if read_route(sample.content(), sample.file).routes] == []


def test_a_member_of_an_archive_is_called_what_it_is_too():
    reading = read_route(zipped({"route.geojson": b"<!DOCTYPE html><title>Not found</title>"}), "a.zip")
    assert [one.code for one in reading.findings] == ["web-page"]
    assert "“Not found”" in reading.findings[0].says


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("plan.dxf", "DXF"),
        ("lot/stations.CSV", "CSV"),
        ("a.tcx", "TCX"),
        ("map.mbtiles", "MBTiles"),
        ("page.html", "HTML"),
    ],
)
def test_an_archive_of_nothing_that_is_read_is_called_what_it_holds(member, name):
    data = zipped({"readme.pdf.txt": b"see the file", member: NAMED[name][0], "a.png": b"\x89PNG"})
    reading = read_route(data, "a.zip")
    assert (reading.format, len(reading.findings)) == (name, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"From: Meghri\nTo: Agarak\n",
        b"Set out from Meghri at nine\n",
        b"Copy of the route, see the map\n",
        b"Create a line from Agarak\n",
        b"Kilometre 12 3\nkilometre 13 4\n",
        b"It was not found at all, and is not unauthorized work\n",
    ],
)
def test_a_sentence_is_a_text_whatever_its_first_words(data):
    assert named_text(data).name == "text"


def test_an_array_is_no_file_of_settings():
    for data in (b"[true]", b"[null]", b"[1]", b'["a"]', b"[]"):
        assert read_route(data, "a.json").format == "GeoJSON"


def test_every_name_has_the_words_of_a_sentence():
    tables = [named for _, named in TABLES] + [named for _, named in (*PACKED, *OF_PROGRAMS)] + list(ROOTS.values())
    for named in [one for _, _, one in MAGIC] + [one for _, one in BEGINNINGS] + tables:
        assert not named.what.endswith("."), named
        assert named.advice.endswith("."), named
        assert max(len(named.what.split()) + 2, *map(len, [named.advice.split()])) <= 25, named


@pytest.mark.parametrize(
    "data",
    [
        b"FORBIDDEN",
        b"NOTFOUND",
        b"Unauthorized",
        b"error",
        b"a_b",
        b"~~~~",
        b"OK",
        encoded(LINE).encode()[:-1],
        b"x" * 5_000,
    ],
)
def test_a_word_is_no_polyline(data):
    assert named_text(data).name in ("text", "server message")


def test_an_archive_of_pictures_alone_has_no_route():
    with io.BytesIO() as out:
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("a.png", b"\x89PNG")
            archive.writestr("readme.txt", b"see a.png")
        reading = read_route(out.getvalue(), "a.zip")
    assert [one.code for one in reading.findings] == ["archive-without-route"]


def test_bytes_that_nobody_knows_are_said_to_be_unknown():
    assert [one.code for one in read_route(bytes(range(256)) * 4, "a.bin").findings] == ["format-unknown"]
