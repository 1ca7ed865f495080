"""Views that are not read: what each asks for is named, whatever SQLite's own words for it are."""

import pytest

from corridor.reading.route import read_route
from tests.support.hostile_databases import geopackage, register

NOT_OWN = "it asks for “{}”, which is no table of the file's own"
PROGRAM = "it asks for “{}”, whose rows a program would make, not the file"
NOT_CALLED = "it calls “{}”, which is not among the functions that are worked out here"
#: Of a view by its definition, why it alone is not read.
LEFT_OUT = {
    "SELECT 1 AS fid, data AS geom FROM sqlite_dbpage": NOT_OWN.format("sqlite_dbpage"),
    "SELECT 1 AS fid, data AS geom FROM fsdir('/etc')": NOT_OWN.format("fsdir"),
    "SELECT value AS fid, geom FROM generate_series(1, 5), route": NOT_OWN.format("generate_series"),
    "SELECT key AS fid, geom FROM json_each('[1]'), route": NOT_OWN.format("json_each"),
    "SELECT fid, geom FROM nowhere": NOT_OWN.format("nowhere"),
    'SELECT fid, geom FROM "no where"': NOT_OWN.format("no where"),
    "SELECT fid, geom FROM sqlite_master, route": NOT_OWN.format("sqlite_master"),
    "SELECT fid, geom, p.name FROM pragma_table_info('route') p, route": PROGRAM.format("pragma_table_info"),
    "SELECT fid, geom, d.name FROM dbstat d, route": PROGRAM.format("dbstat"),
    "SELECT fid, geom FROM route ORDER BY name COLLATE unicode":
        "it sorts by “unicode”, an order that only another program knows",
    "SELECT fid, geom, printf('%d', fid) AS name FROM route": NOT_CALLED.format("printf"),
    "SELECT fid, geom FROM route WHERE name MATCH 'a'": NOT_CALLED.format("MATCH"),
    "SELECT fid, load_extension('a') AS geom FROM route": NOT_CALLED.format("load_extension"),
}  # fmt: skip
#: Of a view by its definition, why with it SQLite takes none of the file.
NOTHING_READ = {
    f"SELECT fid, geom, {'(' * 900}name{')' * 900} AS name FROM route":
        "the definition of “v” in it is too intricate to work out",
    " UNION ALL ".join(["SELECT fid, geom, name FROM route"] * 150):
        "the definition of “v” in it is too intricate to work out",
    "SELECT fid, geom FROM temp.route": "“v” in it asks for another database, “temp”",
    "SELECT fid, geom FROM other.route": "“v” in it asks for another database, “other”",
}  # fmt: skip


def said(definition: str) -> tuple[int, list[str]]:
    view = ("view", "v", "v", f"CREATE VIEW v AS {definition}")
    reading = read_route(geopackage(register("v"), schema=[view]), "a.gpkg")
    codes = ("layer-unread", "format-unreadable")
    return len(reading.routes), [finding.says for finding in reading.findings if finding.code in codes]


@pytest.mark.parametrize("definition", LEFT_OUT)
def test_what_a_view_asks_for_is_named_and_the_rest_is_read(definition):
    assert said(definition) == (1, [f"The layer “v” was not read: {LEFT_OUT[definition]}."])


@pytest.mark.parametrize("definition", NOTHING_READ, ids=range(len(NOTHING_READ)))
def test_a_definition_that_is_not_taken_is_no_damage(definition):
    assert said(definition) == (0, [f"The GeoPackage cannot be read: {NOTHING_READ[definition]}."])
