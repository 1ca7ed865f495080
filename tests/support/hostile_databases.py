"""GeoPackages that reach for more than their own bytes, built with plain sqlite3: each kind of schema that could."""

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import shapely

LINE = [[46.2, 38.9], [46.21, 38.91], [46.22, 38.9]]
#: The application id of a GeoPackage, “GPKG”, and version 1.3.
APPLICATION, VERSION = 0x47504B47, 10300
STANDARD = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name));
INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84"]', '');
"""


def geometry(line: Sequence[Sequence[float]] = LINE) -> bytes:
    """A line as a GeoPackage holds it: magic, version, flags, reference system, then well-known binary."""
    return b"GP\0\x01" + struct.pack("<i", 4326) + shapely.to_wkb(shapely.LineString(line))


def register(table: str, column: str = "geom", srs: int = 4326) -> str:
    return (
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        f"VALUES ('{table}', 'features', '{table}', {srs});"
        f"INSERT INTO gpkg_geometry_columns VALUES ('{table}', '{column}', 'LINESTRING', {srs}, 0, 0);"
    )


def geopackage(*statements: str, schema: Sequence[tuple[str, str, str, str]] = (), route: bool = True) -> bytes:
    """The bytes of a GeoPackage: the standard's tables, a route, `statements`, then rows put into its schema as text.

    `schema` are (type, name, tbl_name, sql): what SQLite would refuse to create, as an attacker writes it.
    """
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};{STANDARD}")
    if route:
        made.execute("CREATE TABLE route (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, ref INTEGER)")
        made.execute("INSERT INTO route VALUES (1, ?, 'Own route', 0)", (geometry(),))
        made.executescript(register("route"))
    for statement in statements:
        made.executescript(statement)
    if schema:
        made.execute("PRAGMA writable_schema = ON")
        for row in schema:
            made.execute("INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, 0, ?)", row)
    data = made.serialize()
    made.close()
    return data


def _virtual(name: str, sql: str, joined: str = "") -> bytes:
    """A virtual table of a module plain SQLite does not know, and a registered view that joins it to the route."""
    view = joined or f'CREATE VIEW seen AS SELECT r.fid, r.geom, v.COL001 AS name FROM route r JOIN "{name}" v'
    return geopackage(register("seen"), schema=[("table", name, name, sql), ("view", "seen", "seen", view)])


def reaching(canary: Path) -> Iterator[tuple[str, bytes]]:
    """Kinds of GeoPackage that would read another file, by name."""
    text = f"'{canary}', UTF-8, 0, COMMA, DOUBLEQUOTE, ','"
    yield "virtual text", _virtual("v", f"CREATE VIRTUAL TABLE v USING VirtualText({text})")
    yield "virtual text, odd case", _virtual("V", f'cReAtE/**/VIRTUAL\n TaBlE [V] uSiNg "virtualTEXT"({text})')
    yield (
        "virtual text, comment first",
        _virtual("v", f"CREATE --x\nVIRTUAL TABLE IF NOT EXISTS `v` USING VirtualText({text})"),
    )
    yield (
        "virtual text called rtree",
        _virtual("rtree_route_geom", f"CREATE VIRTUAL TABLE rtree_route_geom USING VirtualText({text})"),
    )
    yield (
        "virtual text said to be an index",
        geopackage(
            register("seen"),
            schema=[
                ("index", "v", "route", f"CREATE VIRTUAL TABLE v USING VirtualText({text})"),
                (
                    "view",
                    "seen",
                    "seen",
                    "CREATE VIEW seen AS SELECT r.fid, r.geom, v.COL001 AS name FROM route r JOIN v",
                ),
            ],
        ),
    )
    yield (
        "virtual text as a layer",
        geopackage(
            register("v", "COL001"), schema=[("table", "v", "v", f"CREATE VIRTUAL TABLE v USING VirtualText({text})")]
        ),
    )
    yield (
        "virtual text beside a route",
        geopackage(schema=[("table", "v", "v", f"CREATE VIRTUAL TABLE v USING VirtualText({text})")]),
    )
    for module in ("VirtualShape", "VirtualDbf", "VirtualXL", "VirtualElementary", "VirtualGPKG", "VirtualGeoJSON",
                   "VirtualSpatialIndex", "VirtualBBox", "VirtualFDO", "VirtualXPath", "VirtualKNN", "csv",
                   "VirtualOGR", "generate_series", "dbstat", "fts5", "fts3tokenize", "sqlite_stmt"):  # fmt: skip
        yield module, _virtual("v", f"CREATE VIRTUAL TABLE v USING {module}('{canary}', UTF-8)")
    yield (
        "rtree of auxiliary columns",
        geopackage(
            "CREATE VIRTUAL TABLE rtree_route_geom USING rtree(id, minx, maxx, miny, maxy, +name);"
            "INSERT INTO rtree_route_geom VALUES (1, 0, 1, 0, 1, 'x');"
        ),
    )
    for call in (f"readfile('{canary}')", f"load_extension('{canary}')", f"writefile('{canary}', 'x')",
                 f"ImportDBF('{canary}', 't')", f"BlobFromFile('{canary}')", f"edit('{canary}')",
                 f"XB_LoadXML('{canary}')", f"CAST(readfile('{canary}') AS TEXT)", "eval('SELECT 1')",
                 f"ogr_datasource_load_layers('{canary}')", f"ST_GeomFromText('{canary}')"):  # fmt: skip
        name = call.partition("(")[0] if not call.startswith("CAST") else "cast readfile"
        yield (
            f"view calling {name}",
            geopackage(
                register("seen"),
                schema=[("view", "seen", "seen", f"CREATE VIEW seen AS SELECT fid, geom, {call} AS name FROM route")],
            ),
        )
    yield (
        "view of another database",
        geopackage(
            register("seen"),
            schema=[("view", "seen", "seen", "CREATE VIEW seen AS SELECT fid, geom, x AS name FROM other.t, route")],
        ),
    )
    yield (
        "trigger of one's own",
        geopackage(f"CREATE TRIGGER grab AFTER INSERT ON route BEGIN SELECT load_extension('{canary}'); END;"),
    )
    yield (
        "trigger called like the standard's",
        geopackage(
            "CREATE TRIGGER rtree_route_geom_insert AFTER INSERT ON route BEGIN "
            f"UPDATE route SET name = readfile('{canary}'); END;"
        ),
    )
    yield "check, default and generated", geopackage(
        register("made"),
        schema=[
            ("table", "made", "made",
             f"CREATE TABLE made (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT DEFAULT (readfile('{canary}')), "
             f"more TEXT AS (load_extension('{canary}')), CHECK (writefile('{canary}', 'x')))")
        ],
    )  # fmt: skip
    yield (
        "index of an expression",
        geopackage(schema=[("index", "i", "route", f"CREATE INDEX i ON route (load_extension('{canary}'))")]),
    )


def endless() -> Iterator[tuple[str, bytes]]:
    """Kinds of GeoPackage that would never be read to their end, or fill the memory, by name."""
    views = {
        "recursive": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
        "SELECT i AS fid, geom, i AS name FROM n, route",
        "zeroblob": "SELECT fid, geom, length(hex(zeroblob(900000000))) AS name FROM route",
        "randomblob": "SELECT fid, geom, randomblob(900000000) AS name FROM route",
        "printf": "SELECT fid, geom, printf('%900000000d', 1) AS name FROM route",
        "doubling": "SELECT fid, geom, " + "||".join(["hex(geom)"] * 400) + " AS name FROM route",
        "replaced": "SELECT fid, geom, "
        + "replace(" * 40
        + "name"
        + ", 'o', 'oooooooooooooooo')" * 40
        + " AS name FROM route",
        "crossed": "SELECT a.rowid AS fid, geom, b.x AS name FROM many a, many b, many c, many d, route",
        "in itself": "SELECT * FROM seen",
        "group_concat": "SELECT 1 AS fid, geom, group_concat(a.x) AS name FROM many a, many b, many c, many d, route",
    }
    many = "CREATE TABLE many (x TEXT);" + "INSERT INTO many VALUES " + ",".join(["('word')"] * 400) + ";"
    for name, select in views.items():
        yield (
            f"endless view: {name}",
            geopackage(many, register("seen"), schema=[("view", "seen", "seen", f"CREATE VIEW seen AS {select}")]),
        )
    yield (
        "many layers",
        geopackage(
            "BEGIN;"
            + "".join(
                f"CREATE TABLE t{n} (fid INTEGER PRIMARY KEY, geom BLOB);{register(f't{n}')}" for n in range(3_000)
            )
            + "COMMIT;"
        ),
    )
    yield (
        "one layer many times",
        geopackage(
            "DROP TABLE gpkg_geometry_columns;"
            "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
            "INSERT INTO gpkg_geometry_columns VALUES "
            + ",".join(["('route', 'geom', 'LINESTRING', 4326, 0, 0)"] * 20_000)
        ),
    )


def published_views() -> Iterator[tuple[str, str]]:
    """Views as people publish them, by name: each has one row with a geometry and the name “Own route”."""
    yield "columns", "SELECT fid, geom, name FROM route"
    yield "row number", "SELECT row_number() OVER (ORDER BY r.fid) AS fid, r.geom, r.name FROM route r"
    yield (
        "joined",
        "SELECT r.fid AS OGC_FID, r.geom AS geom, k.kind, r.name FROM route AS r LEFT JOIN kinds k ON k.id = r.ref",
    )
    yield "cast and joined text", "SELECT fid, geom, CAST(name || '' AS TEXT) AS name FROM route WHERE name LIKE 'Own%'"
    yield (
        "coalesce",
        "SELECT fid, geom, coalesce(nullif(trim(name), ''), 'none') AS name, round(1.25, 1) AS n FROM route",
    )
    yield "case", "SELECT fid, geom, CASE WHEN ref = 0 THEN name ELSE upper(name) END AS name FROM route"
    yield "grouped", "SELECT min(fid) AS fid, geom, max(name) AS name, count(*) AS n FROM route GROUP BY ref"
    yield "of a view", "SELECT fid, geom, name FROM inner_view"
    yield (
        "with",
        "WITH chosen AS (SELECT * FROM route WHERE fid IN (SELECT fid FROM route)) SELECT fid, geom, name FROM chosen",
    )
    yield "union", "SELECT fid, geom, name FROM route UNION ALL SELECT fid, geom, name FROM route WHERE 0"
