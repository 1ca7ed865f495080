"""Files inside other files: which member of an archive is read, what is said of the others, and what gzip holds."""

import gzip
import random

import pytest
import shapely

from corridor.reading.formats import archives, member_choice
from corridor.reading.formats.archives import GZIP, NotUnpackedError, Room, gunzip
from corridor.reading.formats.member_choice import DEEPEST
from corridor.reading.formats.shapefile import with_rows_that_came
from corridor.reading.limits import LIMITS, Limits
from corridor.reading.route import Reading, read_route
from tests.support.hostile_files import overlapping_members
from tests.support.route_files import (
    LINE,
    NAME,
    OTHER,
    apple_double,
    collection,
    feature,
    gpx,
    kml,
    measured_shapefile,
    packed_gzip,
    shapefile,
    shapefile_parts,
    text,
    zipped,
)

GEOJSON = text(feature())


def read(members: dict[str, bytes], name: str = "a.zip") -> Reading:
    return read_route(zipped(members), name)


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def line_of(reading: Reading) -> list[list[float]]:
    (route,) = reading.routes
    return shapely.get_coordinates(route.line).tolist()


@pytest.mark.parametrize(
    "members",
    [
        {"__MACOSX/._route.geojson": apple_double(), "route.geojson": GEOJSON},
        {"route.geojson": GEOJSON, "__MACOSX/._route.geojson": apple_double()},
        {"._track.gpx": apple_double(), "track.gpx": gpx()},
        {"a/b/._doc.kml": apple_double(), "a/b/doc.kml": kml()},
        {"lot 1/__MACOSX/x/._doc.kml": apple_double(), "lot 1/doc.kml": kml(), "lot 1/.DS_Store": b"\0\0\0\1Bud1"},
        {"__MACOSX/._route.shp": apple_double(), "__MACOSX/._route.dbf": apple_double(), **shapefile()},
        {**shapefile(), "__MACOSX/._route.shp": apple_double(), "Thumbs.db": b"\xd0\xcf", "desktop.ini": b"[a]"},
        {"maps\\__MACOSX\\._doc.kml": apple_double(), "doc.kml": kml()},
    ],
)
def test_what_an_operating_system_puts_beside_a_file_is_passed_over_in_silence(members):
    reading = read(members)
    assert line_of(reading) == LINE
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("members", "chosen", "lineless"),
    [
        ({"metadata.json": b'{"title": "a"}', "route.geojson": GEOJSON}, "route.geojson", "metadata.json"),
        ({"a.kml": kml(""), "b.kml": kml()}, "b.kml", "a.kml"),
        ({"doc.kml": kml("<Folder/>"), "files/line.kml": kml()}, "files/line.kml", "doc.kml"),
        ({"a.geojson": text(collection()), "b.gpx": gpx()}, "b.gpx", "a.geojson"),
        ({"package.json": b"[1, 2]", "line": kml()}, "line", "package.json"),
    ],
)
def test_the_member_with_a_line_is_read_and_those_without_are_named(members, chosen, lineless):
    reading = read(members)
    assert line_of(reading) == LINE
    (finding,) = (one for one in reading.findings if one.code == "files-without-line")
    assert f"“{chosen}” was read" in finding.says
    assert lineless in finding.says


def test_members_with_points_or_many_lines_that_were_not_read_are_named():
    point = {"type": "Point", "coordinates": [46, 39]}
    roads = collection(*(feature([[46 + n / 100, 39], [46 + n / 100, 39.1]], f"Road {n}") for n in range(13)))
    for members, missed in (
        ({"stops.geojson": text(point), "route.geojson": GEOJSON}, "stops.geojson (1 point)"),
        ({"route.geojson": GEOJSON, "roads.geojson": text(roads)}, "roads.geojson (13 lines)"),
        ({"doc.kml": kml(), "files/part.kml": kml()}, "files/part.kml (1 line)"),
        ({"a.gpx": gpx(), "broken.gpx": gpx()[:-30]}, "broken.gpx (cannot be read)"),
    ):
        (finding,) = (one for one in read(members).findings if one.code == "files-ignored")
        assert missed in finding.says


@pytest.mark.parametrize(
    ("other", "held"),
    [
        ({"detour.geojson": text(feature(OTHER, "Detour"))}, "detour.geojson (1 line)"),
        ({"stage2.gpx": gpx()}, "stage2.gpx (1 line)"),
        ({"part.kml": kml()}, "part.kml (1 line)"),
        (shapefile(stem="z"), "z.shp (1 line)"),
        ({"stops.geojson": text({"type": "MultiPoint", "coordinates": [[46, 39]]})}, "stops.geojson (1 point)"),
    ],
)
def test_what_a_member_that_was_not_read_holds_is_said_with_how_to_read_it(other, held):
    # The file that a KMZ shows is read alone.
    (finding,) = (finding for finding in read({"doc.kml": kml(), **other}).findings if finding.code == "files-ignored")
    assert f"“doc.kml” was read. 1 other file was not: {held}." == finding.says
    assert "unpack the archive" in finding.advice


def test_large_members_and_those_after_the_first_few_are_only_named():
    large = gpx() + b" " * member_choice.LARGEST_LOOKED_INTO
    (finding,) = (
        finding for finding in read({"doc.kml": kml(), "b.gpx": large}).findings if finding.code == "files-ignored"
    )
    assert finding.says.endswith("1 other file was not: b.gpx.")
    many = {"doc.kml": kml(), **{f"{number:02}.gpx": gpx() for number in range(11)}}
    (finding,) = (finding for finding in read(many).findings if finding.code == "files-ignored")
    assert finding.says.endswith(
        "11 other files were not: 00.gpx (1 line), 01.gpx (1 line), 02.gpx (1 line) and 8 more."
    )


@pytest.mark.parametrize(
    "members",
    [
        {**shapefile(stem="route"), "route.shp.xml": b"<metadata/>", "route.sbn": b"\0", "route.qml": b"<qgis/>"},
        {
            "a/Axis.geojson": GEOJSON,
            "a/Axis.geojson.xml": b"<MD_Metadata/>",
            "a/axis.png": b"\x89PNG",
            "a/axis.png.aux.xml": b"<PAMDataset/>",
        },
        {"project.qgs": b"<qgis/>", "data/route.gpx": gpx()},
    ],
)
def test_what_a_program_writes_of_a_file_beside_it_is_passed_over_in_silence(members):
    reading = read(members)
    assert line_of(reading) == LINE
    assert "files-ignored" not in codes(reading)


@pytest.mark.parametrize(
    ("members", "missed"),
    [
        (
            {"rail.gdb/a00000001.gdbtable": b"\3", "rail.gdb/gdb": b"{", "route.geojson": GEOJSON},
            "1 other file was not: rail.gdb.",
        ),
        ({"route.kml": kml(), "variant.dxf": b"0\nSECTION\n"}, "1 other file was not: variant.dxf."),
        ({**shapefile(), "stations.csv": b"lon,lat\n46,39\n", "old.7z": b"7z"}, "2 other files were not: "),
    ],
)
def test_what_may_hold_a_line_and_is_not_read_is_named_beside_what_was(members, missed):
    reading = read(members)
    assert line_of(reading) == LINE
    (finding,) = (finding for finding in reading.findings if finding.code == "files-ignored")
    assert missed in finding.says


def test_what_is_packed_and_not_read_is_not_said_to_have_been_read():
    for data in (b"<!DOCTYPE html><title>Sign in</title>", b"%PDF-1.7\n", b"lon,lat\n46,39\n47,40\n"):
        assert "gzip-packed" not in codes(read_route(packed_gzip(data), "a.gz"))


def test_the_main_file_of_a_kmz_comes_first_wherever_it_stands():
    reading = read(
        {"files/part.kml": kml(""), "other.kml": kml(""), "doc.kml": kml(), "files/a.png": b"\x89PNG"}, "a.kmz"
    )
    assert (reading.format, line_of(reading)) == ("KMZ", LINE)


def test_archives_within_archives_are_opened_within_bounds():
    kmz = zipped({"doc.kml": kml()})
    assert line_of(read({"route.kmz": kmz})) == LINE
    assert line_of(read({"readme.txt": b"a", "sub/route.zip": zipped({"route.kmz": kmz})})) == LINE
    deep = kmz
    for _ in range(DEEPEST):
        deep = zipped({"a.zip": deep})
    reading = read_route(deep, "deep.zip")
    assert reading.routes == ()
    assert codes(reading) == {"archive-nested"}


def test_an_archive_that_holds_itself_many_times_is_let_go():
    wide = zipped({f"{number}.kml": kml("") for number in range(100)})
    for _ in range(2):
        wide = zipped({f"{number}.zip": wide for number in range(100)})
    reading = read_route(wide, "wide.zip", limits=Limits(archive_members=150))
    assert reading.routes == ()
    assert reading.findings


def test_kinds_of_archives_that_are_not_unpacked_are_named():
    reading = read({"lot.7z": b"7z\xbc\xaf\x27\x1c", "lot.rar": b"Rar!\x1a\x07"})
    (finding,) = reading.findings
    assert (finding.code, "lot.7z, lot.rar" in finding.says) == ("archive-nested", True)


@pytest.mark.parametrize("suffix", ["zip", "kmz"])
def test_files_of_an_archive_on_the_same_bytes_are_not_unpacked_again_and_again(suffix):
    (finding,) = read_route(overlapping_members(3), f"a.{suffix}").findings
    assert finding.says == "The zip archive cannot be opened: “a.kml” lies on the bytes of another file."
    packed = zipped({"inner.zip": overlapping_members(3), "way.geojson": GEOJSON})
    reading = read_route(packed, f"a.{suffix}")
    assert len(reading.routes) == 1
    assert any("inner.zip" in finding.says for finding in reading.findings)


def test_why_an_archive_is_not_read_is_said_by_its_cause():
    whole = zipped({"route.geojson": GEOJSON * 20})
    damaged = bytearray(whole)
    damaged[80] ^= 0xFF
    directory = bytearray(whole)
    directory[whole.rindex(b"PK\x01\x02")] = 0
    for data, word in (
        (whole[:-10], "cut short"), (bytes(directory), "list of its files is damaged"), (bytes(damaged), "damaged"),
    ):  # fmt: skip
        (finding,) = read_route(data, "a.zip").findings
        assert word in finding.says
    (finding,) = read_route(whole, "a.zip", limits=Limits(expanded_bytes=1_000)).findings
    assert finding.code == "archive-too-large"


@pytest.mark.parametrize(
    ("suffixes", "missing"),
    [((".shp", ".dbf", ".prj"), ".shx"), ((".shp", ".shx", ".prj"), ".dbf"), ((".shp",), ".dbf and .shx")],
)
def test_a_shapefile_without_its_index_or_table_is_read_and_says_so(suffixes, missing):
    reading = read(shapefile(*suffixes))
    assert line_of(reading) == LINE
    (finding,) = (one for one in reading.findings if one.code == "shapefile-incomplete")
    assert missing in finding.says
    assert not any("vsi" in one.says for one in reading.findings)


def test_an_index_of_another_file_does_no_harm():
    other = bytearray(shapefile_parts()[".shx"])
    other[100:104] = (7_000).to_bytes(4, "big")
    assert line_of(read({**shapefile(), "route.shx": bytes(other)})) == LINE
    assert line_of(read({"ROUTE.SHP": shapefile_parts()[".shp"], "route.dbf": shapefile_parts()[".dbf"]})) == LINE


def test_a_shp_alone_is_read_and_its_index_and_table_are_named():
    for data in (shapefile_parts()[".shp"], measured_shapefile()):
        reading = read_route(data, "route.shp")
        assert line_of(reading) == LINE
        assert {"shapefile-incomplete", "system-missing"} <= codes(reading)
    for suffix, name in ((".shx", "SHX"), (".dbf", "DBF"), (".prj", "PRJ")):
        reading = read_route(shapefile_parts()[suffix], f"route{suffix}")
        assert (reading.format, codes(reading)) == (name, {"format-named"})


def test_a_shapefile_cut_short_says_by_how_much():
    cut = {**shapefile(), "route.shp": shapefile_parts()[".shp"][:-20]}
    (finding,) = read(cut).findings
    assert "cut short" in finding.says
    assert "bytes of" in finding.says


@pytest.mark.parametrize("inner", [GEOJSON, kml(), gpx(), zipped({"doc.kml": kml()}), zipped(shapefile())])
def test_anything_packed_with_gzip_is_read_as_it_is_unpacked(inner):
    reading = read_route(packed_gzip(inner), "route.gz")
    assert line_of(reading) == LINE
    assert "gzip-packed" in codes(reading)
    assert line_of(read({"route.geojson.gz": packed_gzip(inner)})) == LINE


def test_gzip_of_many_parts_is_put_together_and_padding_is_left():
    parts = [GEOJSON[at : at + 30] for at in range(0, len(GEOJSON), 30)]
    data = b"".join(packed_gzip(part) for part in parts) + bytes(512)
    assert gunzip(data, Room.of(LIMITS)) == GEOJSON
    long = random.Random(3).randbytes(300_000)
    assert gunzip(gzip.compress(long), Room.of(LIMITS)) == long


def test_gzip_that_does_not_come_out_says_why():
    packed = bytearray(packed_gzip(GEOJSON))
    packed[20] ^= 0xFF
    for data, word in ((packed_gzip(GEOJSON)[:-9], "cut short"), (bytes(packed), "damaged"), (GZIP, "cut short")):
        (finding,) = read_route(data, "a.geojson.gz").findings
        assert (finding.code, word in finding.says) == ("gzip-unreadable", True)
    bomb = packed_gzip(bytes(3_000_000))
    with pytest.raises(NotUnpackedError, match="more than"):
        gunzip(bomb, Room.of(Limits(expanded_bytes=1_000_000)))


def test_an_archive_linked_inside_an_archive_is_read_too():
    link = "<NetworkLink><Link><href>{}</href></Link></NetworkLink>"
    inner = zipped({"files/a.png": b"\x89PNG", "doc.kml": kml()})
    for main in (kml(link.format("layers/b.kmz")), kml(link.format("./layers/B.KMZ"))):
        reading = read({"doc.kml": main, "layers/b.kmz": inner}, "a.kmz")
        assert line_of(reading) == LINE
        assert codes(reading) == {"linked-files-read"}
    missing = read({"doc.kml": kml(link.format("b.kmz")), "b.kmz": zipped({"a.png": b"\x89PNG"})}, "a.kmz")
    assert "linked-files-missing" in codes(missing)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_table_of_a_shapefile_that_is_cut_short_costs_a_name_at_the_most(share):
    parts = shapefile()
    dbf = next(name for name in parts if name.endswith(".dbf"))
    reading = read({**parts, dbf: parts[dbf][: int(share * len(parts[dbf]))]})
    assert line_of(reading) == LINE
    assert "shapefile-incomplete" in codes(reading)


def test_the_rows_of_a_table_that_came_keep_their_names():
    parts = shapefile()
    dbf = next(name for name in parts if name.endswith(".dbf"))
    reading = read({**parts, dbf: parts[dbf].rstrip(b" \x1a\0")})
    assert [route.name for route in reading.routes] == [NAME]


@pytest.mark.parametrize("suffixes", [(".shp", ".shx", ".dbf"), (".shp", ".dbf")])
@pytest.mark.parametrize("rows", [0, 1, 2])
def test_shapes_for_which_the_table_has_no_row_are_read_and_told(suffixes, rows):
    lines = tuple(shapely.LineString([[lon, lat + step / 100] for lon, lat in LINE]) for step in range(3))
    parts = shapefile_parts(lines)
    table = bytearray(parts[".dbf"])
    table[4:8] = rows.to_bytes(4, "little")
    reading = read({f"route{suffix}": bytes(table) if suffix == ".dbf" else parts[suffix] for suffix in suffixes})
    assert [route.line for route in reading.routes] == list(lines)
    (finding,) = (found for found in reading.findings if found.code == "content-missing")
    assert f"has 3 shapes and {rows} row" in finding.says


@pytest.mark.parametrize(("rows_left", "named"), [(0.0, 0), (1.0, 1), (1.9, 2), (2.0, 2)])
def test_a_table_that_is_cut_keeps_the_rows_that_came_whatever_it_says_it_has(rows_left, named):
    lines = tuple(shapely.LineString([[lon, lat + step / 100] for lon, lat in LINE]) for step in range(3))
    parts = shapefile_parts(lines)
    header, row = (int.from_bytes(parts[".dbf"][at : at + 2], "little") for at in (8, 10))
    table = bytearray(parts[".dbf"][: header + round(rows_left * row)])
    # So many rows would be sixteen times what a worker may take.
    table[4:8] = (48 * 10**9 // row).to_bytes(4, "little")
    whole = with_rows_that_came({**parts, ".dbf": bytes(table)})
    assert len(whole[".dbf"]) == header + named * row
    reading = read({"route.shp": parts[".shp"], "route.dbf": bytes(table)})
    assert [route.line for route in reading.routes] == list(lines)
    assert [route.name for route in reading.routes][:named] == [f"{NAME} {number}" for number in range(1, named + 1)]
    assert "shapefile-incomplete" in codes(reading)
    assert "content-missing" not in codes(reading)


def marked_as_deleted(table: bytes, *rows: int) -> bytes:
    """Return a table with the mark of rows that were deleted (dBASE III)."""
    marked = bytearray(table)
    for row in rows:
        marked[int.from_bytes(table[8:10], "little") + row * int.from_bytes(table[10:12], "little")] = ord("*")
    return bytes(marked)


@pytest.mark.parametrize("suffixes", [(".shp", ".shx", ".dbf", ".prj"), (".shp", ".dbf")])
@pytest.mark.parametrize("deleted", [(0,), (1, 2), (0, 1, 2)])
def test_rows_of_a_table_that_are_marked_as_deleted_are_read_and_told(suffixes, deleted):
    lines = tuple(shapely.LineString([[lon, lat + step / 100] for lon, lat in LINE]) for step in range(3))
    parts = {suffix: shapefile_parts(lines)[suffix] for suffix in suffixes}
    parts[".dbf"] = marked_as_deleted(parts[".dbf"], *deleted)
    reading = read({f"route{suffix}": part for suffix, part in parts.items()})
    assert [route.line for route in reading.routes] == list(lines)
    assert [route.name for route in reading.routes] == [f"{NAME} {number}" for number in (1, 2, 3)]
    (finding,) = (found for found in reading.findings if found.code == "content-missing")
    assert f"marks {len(deleted)} row" in finding.says


def test_a_table_cut_short_with_a_deleted_row_costs_no_line():
    lines = tuple(shapely.LineString([[lon, lat + step / 100] for lon, lat in LINE]) for step in range(3))
    parts = shapefile_parts(lines)
    table = marked_as_deleted(parts[".dbf"], 0)
    for cut in (20, 40, len(table) - 3):
        reading = read({"route.shp": parts[".shp"], "route.dbf": table[:cut]})
        assert [route.line for route in reading.routes] == list(lines)


def test_a_row_that_is_marked_in_a_table_too_short_shifts_no_name():
    lines = tuple(shapely.LineString([[lon, lat + step / 100] for lon, lat in LINE]) for step in range(3))
    parts = shapefile_parts(lines)
    table = bytearray(marked_as_deleted(parts[".dbf"], 0))
    table[4:8] = (2).to_bytes(4, "little")
    reading = read({**{f"route{suffix}": part for suffix, part in parts.items()}, "route.dbf": bytes(table)})
    assert [route.line for route in reading.routes] == list(lines)
    assert [route.name for route in reading.routes][:2] == [f"{NAME} 1", f"{NAME} 2"]


def test_a_directory_of_an_archive_is_counted_before_it_is_listed(monkeypatch):
    crowded = zipped({f"{number}/": b"" for number in range(archives.MOST_LISTED + 1)})
    nested = zipped({f"{number}.zip": crowded for number in range(3)})
    listed: list[int] = []
    whole = archives.zipfile.ZipFile.infolist
    monkeypatch.setattr(archives.zipfile.ZipFile, "infolist", lambda opened: listed.append(1) or whole(opened))
    for data, lists in ((crowded, 0), (nested, 1)):
        listed.clear()
        reading = read_route(data, "a.zip")
        assert "archive-too-many-members" in codes(reading)
        assert f"more than {archives.MOST_LISTED:,} files and folders; at most 200" in reading.findings[-1].says
        assert len(listed) == lists
