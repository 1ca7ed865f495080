"""A GeoPackage is read from its own bytes: views people publish are read, what reaches further is refused by name."""

import re
import sqlite3
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from corridor.reading.faults import Severity
from corridor.reading.formats.database_schema import judged
from corridor.reading.formats.databases import DATABASE_ERRORS, Database, _longest_row
from corridor.reading.formats.well_known_binary import linear
from corridor.reading.formats.write_ahead import HOT_JOURNAL, with_log
from corridor.reading.limits import LIMITS, TooMuchError
from corridor.reading.route import read_route
from tests.support.hostile_databases import LINE, endless, geometry, geopackage, published_views, reaching, register
from tests.support.hostile_texts import packed

REFUSALS = {"database-virtual-table", "database-trigger", "layer-unread", "format-unreadable"}


def names(data: bytes) -> list[str]:
    return [route.name for route in read_route(data, "a.gpkg").routes]


def codes(data: bytes) -> set[str]:
    return {finding.code for finding in read_route(data, "a.gpkg").findings}


@pytest.mark.parametrize(("name", "data"), list(reaching(Path("/nowhere/canary.csv"))), ids=lambda one: str(one)[:40])
def test_what_reaches_for_more_than_the_file_is_refused_by_name(name, data):
    reading = read_route(data, "a.gpkg")
    refusals = [finding for finding in reading.findings if finding.code in REFUSALS]
    assert refusals, name
    assert all(finding.severity == "error" for finding in refusals)
    assert {route.name for route in reading.routes} <= {"Own route"}
    if name.startswith("Virtual"):
        assert f"“{name}”" in refusals[0].says


@pytest.mark.parametrize(("name", "select"), list(published_views()), ids=lambda one: str(one)[:20])
def test_a_view_that_people_publish_is_read(name, select):
    data = geopackage(
        "CREATE TABLE kinds (id INTEGER, kind TEXT); INSERT INTO kinds VALUES (0, 'rail');"
        f"CREATE VIEW inner_view AS SELECT * FROM route; CREATE VIEW seen AS {select};",
        register("seen"),
    )
    assert names(data) == ["Own route", "Own route"], name
    assert not codes(data) & REFUSALS


@pytest.mark.parametrize(("name", "data"), list(endless()), ids=lambda one: str(one)[:30])
def test_what_would_never_end_does(name, data, monkeypatch):
    monkeypatch.setattr("corridor.reading.formats.databases.SECONDS", 0.3)
    reading = read_route(data, "a.gpkg")
    assert reading.routes or any(finding.blocks for finding in reading.findings), name


LONG = "INSERT INTO long SELECT replace(hex(zeroblob(200000)), '00', 'aa'), replace(hex(zeroblob(100000)), '00', 'aa');"
LONG = f"CREATE TABLE long (a TEXT, b TEXT); {LONG} CREATE TABLE many (i INTEGER);" + (
    "INSERT INTO many WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i FROM n;"
)
TOO_LONG, TOO_SLOW = "longer than rows that are read", "takes too long"
#: Views that take the product of two texts in one step, or a whole text in each of few steps, or fill the memory; what
#: stops the last is whichever bound it meets first.
HEAVY = {
    "instr(a, b || 'c')": TOO_LONG,
    "replace(a, b || 'c', '')": TOO_LONG,
    "trim(a, b)": TOO_LONG,
    "upper(substr(a, i)) = 'X'": TOO_SLOW,
    "substr(a, i) LIKE '%a_a_a_a%a_a_a_a%ac%'": TOO_SLOW,
    "length(group_concat(a) OVER (ORDER BY i ROWS BETWEEN 2900 PRECEDING AND CURRENT ROW))": "long|memory|work it out",
}


@pytest.mark.parametrize(("work", "reason"), HEAVY.items(), ids=lambda one: one[:20])
def test_steps_that_go_through_whole_texts_end_too(work, reason, monkeypatch):
    monkeypatch.setattr("corridor.reading.formats.databases.SECONDS", 0.2)
    data = geopackage(
        LONG + f"CREATE VIEW seen AS SELECT i AS fid, geom, name, {work} AS n FROM many, long, route",
        register("seen"),
    )
    (unread,) = [one.says for one in read_route(data, "a.gpkg").findings if one.code == "layer-unread"]
    assert re.search(reason, unread)


def test_a_column_that_is_worked_out_has_no_more_room_than_a_view():
    data = geopackage(
        "CREATE TABLE made (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, n AS (hex(zeroblob(600000))), o /**/AS(1));"
        "INSERT INTO made (geom, name) SELECT geom, 'Made' FROM route;"
        "CREATE TABLE small (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, n AS (length(name)));"
        "INSERT INTO small (geom, name) SELECT geom, 'Small' FROM route;",
        register("made") + register("small"),
    )
    assert names(data) == ["Own route", "Small"]
    assert any(TOO_LONG in one.says for one in read_route(data, "a.gpkg").findings)


@pytest.mark.parametrize(
    ("call", "quick"), [("json_extract(2)", True), ("json_patch(2)", False), ("of_later(1)", False)]
)
def test_a_function_that_is_not_known_to_be_quick_leaves_little_room(call, quick):
    """Whether a column that is worked out may call it at all is up to the SQLite that runs."""
    longest, costly = _longest_row([(0, "PureFunc", 0, 0, 0, call, 0, None)])
    assert costly
    assert (longest > LIMITS.file_bytes) is quick


@pytest.mark.parametrize("blank", ["\ufeff", "\ufeff" * 3, "/**/" * 50, "--\n", "\f"], ids=ascii)
def test_no_blank_of_sqlites_hides_what_a_schema_holds(blank):
    schema = judged(
        [
            ("table", "v", f"CREATE{blank} VIRTUAL{blank} TABLE v USING{blank} fts5(x)"),
            ("trigger", "t", f"CREATE{blank} TRIGGER t AFTER INSERT ON route BEGIN SELECT 1; END"),
            ("view", "w", f"CREATE{blank} VIEW w AS SELECT 1"),
            ("table", "u", f"CREATE{blank} TABLE u (x)"),
        ]
    )
    assert schema.virtual == (("v", "fts5"),)
    assert schema.triggers == ("t",)
    assert list(schema.views) == ["w"]
    assert list(schema.tables) == ["u"]


def test_a_table_whose_text_says_something_else_is_none_of_the_files():
    assert judged([("table", "v", "CREATE \ue000 \ue000 VIRTUAL TABLE v USING fts5(x)")]).virtual == (("v", "fts5"),)


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ("SELECT * FROM pragma_database_list", "it asks for “pragma_database_list”"),
        ("SELECT * FROM json_each('[1]')", "it asks for “json_each”"),
        ("SELECT * FROM nowhere", "it asks for “main”|it asks for “nowhere”"),
        ("SELECT missing AS geom FROM route", "it asks for the column “missing”"),
        ("SELECT ST_Buffer(geom, 1) AS geom FROM route", "it calls “ST_Buffer”"),
        ("SELECT * FROM seen", "it is a view of itself"),
        ("SELECT r.* FROM route r" + "".join(f", route r{n}" for n in range(70)), "it is too intricate"),
    ],
    ids=lambda one: one[:25],
)
def test_why_a_view_is_not_read_is_told_in_other_words_than_sqlites(select, reason):
    data = geopackage(register("seen"), schema=[("view", "seen", "seen", f"CREATE VIEW seen AS {select}")])
    (unread,) = [one.says for one in read_route(data, "a.gpkg").findings if one.code == "layer-unread"]
    assert re.search(reason, unread)


def test_a_damaged_database_is_called_that():
    data = bytearray(geopackage())
    data[100:2_000] = b"\xff" * 1_900
    (told,) = [one.says for one in read_route(bytes(data), "a.gpkg").findings if one.code == "format-unreadable"]
    assert "the database is damaged" in told


def test_each_layer_is_read_once_and_as_many_as_are_allowed():
    many = "".join(
        f"CREATE TABLE t{n} (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
        f"INSERT INTO t{n} SELECT fid, geom, 'Line {n}' FROM route; {register(f't{n}')}"
        for n in range(LIMITS.layers - 1)
    )
    assert len(names(geopackage(f"BEGIN; {many} COMMIT;"))) == LIMITS.layers


def test_values_come_as_they_are():
    data = geopackage(
        "CREATE TABLE told (id INTEGER PRIMARY KEY, geom BLOB, name TEXT, accuracy_m REAL, open BOOLEAN, raw BLOB, "
        "on_day DATE);"
        "INSERT INTO told SELECT 5, geom, 'Հայ', 12.5, 1, x'0102', '2026-06-09' FROM route;",
        register("told"),
    )
    route = read_route(data, "a.gpkg").routes[1]
    assert dict(route.properties) == {
        "name": "Հայ", "accuracy_m": 12.5, "open": True, "raw": "2 bytes", "on_day": "2026-06-09",
        "layer": "told",
    }  # fmt: skip
    assert route.stated_accuracy_m == 12.5


@pytest.fixture
def in_use(tmp_path) -> tuple[bytes, bytes]:
    """A GeoPackage and its write-ahead log, which alone holds the name the route has by now."""
    path = tmp_path / "used.gpkg"
    path.write_bytes(geopackage())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("UPDATE route SET name = 'Renamed'")
    both = path.read_bytes(), path.with_name("used.gpkg-wal").read_bytes()
    connection.close()
    return both


def test_the_changes_in_a_log_that_came_along_are_read(in_use):
    data, log = in_use
    assert names(packed({"used.gpkg": data, "used.gpkg-wal": log})) == ["Renamed"]
    assert names(packed({"used.gpkg": data, "used.gpkg-wal": b"none"})) == ["Own route"]
    assert names(packed({"used.gpkg": data, "used.gpkg-wal": log[:-100]})) == ["Own route"]


def test_a_log_that_did_not_come_along_is_told(in_use):
    data, _ = in_use
    assert names(data) == ["Own route"]
    findings = read_route(data, "used.gpkg").findings
    (missing,) = (finding for finding in findings if finding.code == "database-log-missing")
    assert missing.severity is Severity.WARNING
    assert "may be incomplete" in missing.says
    assert "before you use its lengths" in missing.advice
    assert "database-log-missing" not in codes(geopackage())


@pytest.mark.parametrize("journal", [HOT_JOURNAL, HOT_JOURNAL + bytes(500) + b"/tmp/another.gpkg" * 40])
def test_a_journal_of_a_change_that_was_not_over_is_told(journal):
    files = {"used.gpkg": geopackage(), "used.gpkg-journal": journal}
    reading = read_route(packed(files), "a.zip")
    assert [route.name for route in reading.routes] == ["Own route"]
    assert "database-half-changed" in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("journal", [b"", bytes(512), b"none", HOT_JOURNAL[:-1]])
def test_a_journal_that_is_over_says_nothing(journal):
    files = {"used.gpkg": geopackage(), "used.gpkg-journal": journal}
    assert "database-half-changed" not in codes(packed(files))


def test_a_log_cannot_make_a_file_larger_than_is_read(in_use):
    data, log = in_use
    assert len(with_log(data, log, LIMITS.expanded_bytes)) == len(data)
    with pytest.raises(ValueError, match="more pages than are read"):
        with_log(data, log, len(data) - 1)


def test_a_page_that_was_torn_as_it_was_written_does_not_count(in_use):
    data, log = in_use
    torn = bytearray(log)
    torn[-1] ^= 1
    assert with_log(data, bytes(torn), LIMITS.expanded_bytes) == data


def test_only_the_files_own_tables_can_be_asked():
    database = Database(geopackage())
    assert [row[0] for row in database.rows("route", ("name",))[1]] == ["Own route"]
    for name in ("sqlite_master", "pragma_database_list", "dbstat", "json_each", "sqlite_stmt", "temp.route"):
        with pytest.raises(DATABASE_ERRORS):
            list(database.rows(name)[1])
    database.close()


def test_an_arc_becomes_chords_close_to_it():
    header = geometry()[:8]
    arc = (
        bytes.fromhex("0108000000")
        + (3).to_bytes(4, "little")
        + np.array([[46, 39], [46.1, 39.1], [46.2, 39]]).tobytes()
    )
    made = shapely.from_wkb(linear(arc))
    assert made.geom_type == "LineString"
    assert made.length == pytest.approx(np.pi * 0.1, rel=1e-3)
    assert [*made.coords[0], *made.coords[-1]] == [46, 39, 46.2, 39]
    compound = bytes.fromhex("0109000000") + (2).to_bytes(4, "little") + arc
    compound += shapely.to_wkb(shapely.LineString([[46.2, 39], [46.3, 39]]))
    assert shapely.from_wkb(linear(compound)).length == pytest.approx(np.pi * 0.1 + 0.1, rel=1e-3)
    data = geopackage(f"UPDATE route SET geom = x'{(header + compound).hex()}'")
    (route,) = read_route(data, "a.gpkg").routes
    assert len(route.line.coords) > 45


def test_a_broken_database_is_told_in_a_sentence():
    sound = geopackage()
    for data in (sound[:100], sound[:5000], sound[:100] + b"\xff" * (len(sound) - 100), b"SQLite format 3\0"):
        reading = read_route(data, "a.gpkg")
        assert reading.routes == ()
        assert any(finding.blocks for finding in reading.findings)
    assert "without the tables of a GeoPackage" in read_route(sqlite_alone(), "a.sqlite").findings[0].says


def sqlite_alone() -> bytes:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE a (x)")
    return made.serialize()


def test_the_line_is_the_one_that_was_written():
    (route,) = read_route(geopackage(), "a.gpkg").routes
    assert shapely.get_coordinates(route.line).tolist() == LINE


POINT = shapely.to_wkb(shapely.Point(46, 39))
ARC = bytes.fromhex("0108000000") + (3).to_bytes(4, "little") + bytes(48)
#: Shapes that GeoJSON has no words for, or that stand in each other without end.
STRANGE = {
    "collections in each other": struct.pack("<BII", 1, 7, 1) * 100_000 + POINT,
    "the same, high byte first": struct.pack(">BII", 0, 7, 1) * 100_000 + POINT,
    "with a point beside each": (struct.pack("<BII", 1, 1007, 2) + POINT) * 50_000 + POINT,
    "some in each other": struct.pack("<BII", 1, 7, 1) * 900 + POINT,
    "lines in each other": struct.pack("<BII", 1, 5, 1) * 100_000,
    "curves in each other": struct.pack("<BII", 1, 9, 1) * 10_000 + ARC,
    "curves in a collection": struct.pack("<BII", 1, 7, 1) + struct.pack("<BII", 1, 9, 1) * 10_000 + ARC,
    "an arc in a collection": struct.pack("<BII", 1, 7, 1) + ARC,
    "triangles": struct.pack("<BII", 1, 17, 0),
    "more positions than there are": struct.pack("<BII", 1, 2, 2**31),
    "one byte": b"\1",
}


@pytest.mark.parametrize("shape", STRANGE.values(), ids=STRANGE)
def test_a_strange_shape_is_told_and_harms_nothing(shape):
    reading = read_route(geopackage(f"UPDATE route SET geom = x'{(geometry()[:8] + shape).hex()}'"), "a.gpkg")
    assert reading.routes == ()
    assert "features-unreadable" in {finding.code for finding in reading.findings}


def test_arcs_become_no_more_positions_than_are_read():
    at = np.arange(2_001)
    arcs = np.column_stack([46 + at * 1e-6 + 1e-4 * (at % 2), 39 + 5e-5 * (at % 2)])
    binary = struct.pack("<BII", 1, 8, len(arcs)) + arcs.tobytes()
    count = int(shapely.get_num_coordinates(shapely.from_wkb(linear(binary))))
    assert count > 10_000
    with pytest.raises(TooMuchError):
        linear(binary, count // 2)
    blob = (geometry()[:8] + binary).hex()
    data = geopackage(f"UPDATE route SET geom = x'{blob}'", "INSERT INTO route SELECT 2, geom, name, 0 FROM route")
    few = replace(LIMITS, vertices=count * 3 // 2)
    (finding,) = read_route(data, "a.gpkg", limits=few).findings
    most = f"{few.vertices:,}"
    assert finding.says == f"The GeoPackage has more than {most} positions along its arcs; at most {most} are read."


#: Work of one row, of which SQLite tells nothing until the row is done; {} counts its columns.
ROW_WORK = {
    "instr": "instr(a, substr(a, 1, 50000 + {}) || 'b')",
    "like": "a LIKE '%" + "a" * 190 + "b{}'",
    "glob": "a GLOB '*" + "[a-z]" * 30 + "b{}'",
    "upper": "length(upper(a || {}))",
    "number": "a + {}",
}


@pytest.mark.parametrize("name", ROW_WORK)
@pytest.mark.parametrize("in_a_table", [True, False], ids=["generated columns", "view"])
def test_a_row_costs_no_more_than_its_bytes_allow(name, in_a_table):
    count, long = (400, 200_000) if name in ("instr", "like", "glob") else (900, 30_000_000)
    work = [ROW_WORK[name].format(number) for number in range(count)]
    columns = "fid INTEGER PRIMARY KEY, geom BLOB, a TEXT"
    filled = (
        f"CREATE TABLE long ({columns}); INSERT INTO long (geom, a) "
        f"SELECT geom, replace(hex(zeroblob({long // 2})), '0', 'a') FROM route LIMIT 1;"
    )
    if in_a_table:
        # Columns that are added behind the writer's back are not worked out while the file is made.
        made = f"CREATE TABLE long ({columns}, {', '.join(f'c{n} AS ({sql})' for n, sql in enumerate(work))})"
        made = f"UPDATE sqlite_schema SET sql = '{made.replace(chr(39), chr(39) * 2)}' WHERE name = 'long'"
        data = geopackage(filled, register("long"), f"PRAGMA writable_schema = ON; {made};")
    else:
        selected = ", ".join(f"{sql} AS c{n}" for n, sql in enumerate(work))
        data = geopackage(filled, f"CREATE VIEW seen AS SELECT fid, geom, a, {selected} FROM long;", register("seen"))
    reading = read_route(data, "a.gpkg")
    (unread,) = [finding for finding in reading.findings if finding.code == "layer-unread"]
    assert TOO_LONG in unread.says
    assert reading.routes


def test_a_long_line_is_read_from_a_view_with_a_pattern_and_beside_a_generated_column():
    line = [[46.2 + number / 1e6, 38.9] for number in range(60_000)]
    made = (
        "CREATE TABLE t (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, loud AS (upper(name)));"
        "CREATE VIEW seen AS SELECT fid, geom, name FROM t WHERE name LIKE '%long%' AND name NOT GLOB '*short*';"
        f"INSERT INTO t (geom, name) VALUES (x'{geometry(line).hex()}', 'A long line');"
    )
    data = geopackage(made, register("t"), register("seen"), route=False)
    assert names(data) == ["A long line", "A long line"]
