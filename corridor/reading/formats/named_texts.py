"""Texts that are recognised and not read, by how they begin: what each is called, and how to export a line from it."""

import re

from corridor.reading.formats.encoded_polyline import POLYLINE, is_polyline
from corridor.reading.formats.named_formats import (
    CAD,
    DOCUMENT,
    FROM_DATABASE,
    GPS,
    LINK,
    LINK_IS_DEAD,
    QGIS,
    SERVER,
    TABLE,
    NamedFormat,
)
from corridor.reading.written_numbers import read_position

MAP_LINK = (
    "Draw the route in Google My Maps and export it as KML; from OpenStreetMap send a file of Overpass Turbo, no link."
)
#: How a text begins, letters of either case, and what it then is.
BEGINNINGS: tuple[tuple[re.Pattern[str], NamedFormat], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), NamedFormat(name, what, advice))
    for pattern, name, what, advice in (
        (r"0\s*\r?\n\s*SECTION|999\r?\n", "DXF", "a drawing (DXF)", CAD),
        (r"(?:SRID=\d+;\s*)?(?:MULTI)?(?:LINESTRING|POINT|POLYGON|CURVE)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)|"
         r"(?:SRID=\d+;\s*)?(?:GEOMETRYCOLLECTION|COMPOUNDCURVE|CIRCULARSTRING)\s*(?:Z|M|ZM)?\s*\(", "WKT",
         "a geometry as text (WKT)", "In QGIS use the plugin QuickWKT, then export the layer as GeoJSON."),
        (r"(?:[0-9A-F]{2}){20,}\s*\Z", "WKB", "a geometry as hexadecimal signs (WKB)",
         FROM_DATABASE),
        (r"(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS|LOCAL_CS|COMPD_CS|BOUNDCRS)\s*\[", "PRJ",
         "the reference system of a Shapefile (.prj), without its line", "Send all its parts in one .zip."),
        (r"version https://git-lfs", "Git LFS pointer", "a pointer of Git LFS to a file, not the file",
         "Download the file itself with the button “Download raw file”."),
        (r"\[InternetShortcut\]|\[Desktop Entry\]", "link", "a link to a web page or a program, not a file", LINK),
        (r"(?:[^\n]{0,200}\n){0,3}(?:[^\n]{0,200}?[\s:<])?(?:https?://[^\s\"{}]{4,3000}|geo:-?\d[^\s\"{}]{2,200})[>\s]*\Z",
         "link", "a link to a map or a page, which holds no line", MAP_LINK),
        (r"-?\d{5,9}\|-?\d{5,9}\|[^\n|]{0,200}\|\d{1,2}\|", "ITN",
         "an itinerary of TomTom (ITN), a list of stops", GPS),
        (r"(?:<<<<<<<|=======|>>>>>>>) ", "unfinished merge", "a file with two versions in it, as Git leaves them",
         "Choose one of the two in Git, and send the file after that."),
        (r"From: <Saved by|(?:[\w-]{1,40}:.{0,400}\r?\n){0,20}Content-Type:\s*multipart/related", "MHTML",
         "a web page, saved as one file (MHTML)",
         "Download the file itself: sign in first, or use the page's own download button."),
        (r"(?:[\w-]{1,40}: .{0,400}\r?\n(?:[ \t].{0,400}\n){0,9}){0,20}"
         r"(?:MIME-Version|Message-ID|Received|Return-Path): ", "e-mail", "an e-mail, not its file",
         "Save what is attached to it, and send that."),
        (r"(?:--.{0,200}\n\s{0,9}){0,20}(?:SET \w{1,40} (?:=|TO )|BEGIN(?: TRANSACTION)?;|INSERT INTO |ALTER TABLE |"
         r"(?:CREATE|DROP) (?:TABLE|SCHEMA|EXTENSION|DATABASE) |COPY \S{1,80} \(|PRAGMA \w{1,40}=)",
         "SQL", "a dump of a database (SQL)",
         "Load it into the database, and there ask for ST_AsGeoJSON(geom)."),
        (r"(?:HTTP/[\d.]{1,3} |error:? |status:? ){0,2}(?:4\d\d\W{0,3})?(?:page |file )?not found\W{0,3}\Z",
         "server message", "an error message of a server, not a file", LINK_IS_DEAD),
        (r"(?:HTTP/[\d.]{1,3} |error:? |status:? ){0,2}(?:[45]\d\d\W{0,3})?(?:page |file )?"
         r"(?:forbidden|unauthori[sz]ed|access (?:is )?denied|permission denied|log-?in required|"
         r"bad (?:gateway|request)|internal server error|(?:service )?(?:temporarily )?unavailable|"
         r"gateway time-?out|too many requests)\W{0,3}\Z",
         "server message", "an error message of a server, not a file", SERVER),
        (r"\$G[A-Z]{4},", "NMEA", "a log of a GPS receiver (NMEA)", GPS),
        (r"OziExplorer", "OziExplorer", "a file of OziExplorer (PLT, WPT)", GPS),
        (r"A[A-Z]{3}\w{0,40}\r?\nH[FOP]|A[A-Z]{3}[^\r\n]{0,60}\r?\nH[FOP](?:DTE|PLT|GTY|GID|FXA|DTM|RFW|RHW|FTY|GPS)",
         "IGC", "a flight log (IGC)", GPS),
        (r"ORGANIZATION:.{0,200}\n", "GRASS", "a vector map of GRASS as text",
         "In GRASS run v.out.ogr with format=GeoJSON, or open it in QGIS and export."),
        (r"EXP\s{1,2}[01]\s", "E00", "an ArcInfo export (E00)", QGIS),
        (r"#\s?@VGMT", "GMT", "a file of the Generic Mapping Tools (GMT)", QGIS),
        (r"!AIVD[MO],", "AIS", "a log of ships' messages (AIS)", GPS),
        (r"type:\s{1,9}[\"']?Feature(?:Collection)?[\"']?\s*\n", "YAML", "a YAML text", "Export it as GeoJSON."),
        (r"H\s+SOFTWARE NAME|G\s+WGS 84", "CompeGPS", "a track of CompeGPS (TRK)", GPS),
        (r"\[IMG ID\]|;.{0,200}\n\[IMG ID\]", "Polish format", "a map for Garmin devices (MP)", GPS),
        (r"!table", "MapInfo TAB", "a MapInfo table (TAB) without its data", QGIS),
        (r"Version\s+\d+\s*\r?\n\s*(?:Charset|Delimiter|CoordSys|Columns)", "MapInfo MIF", "a MapInfo file (MIF)",
         QGIS),
        (r"ISO-10303-21", "STEP", "a building or machine model (STEP, IFC)", CAD),
        (r"(?:var|let|const|export|window\.)\s*[\w.$ ]{1,60}=?\s*[{\[=]|\w{1,40}\s*\(\s*[{\[]", "JavaScript",
         "a program text (JavaScript) with JSON inside",
         "Delete what stands before the first { and after the last }, and save it as .geojson."),
        (r"(?:---\s*\n|\w+:\s*\n)\s*(?:type|features|openapi|swagger)\s*:", "YAML", "a YAML text",
         "Export it as GeoJSON."),
        (r"\[{1,2}[\w .:-]{1,60}\]{1,2}\s", "settings", "a file of settings (INI, TOML), not a route", DOCUMENT),
    )
)  # fmt: skip

TEXT = NamedFormat("text", "a text, not a file with a line",
                       "Send the route as GeoJSON, KML, GPX, GeoPackage or zipped Shapefile.")  # fmt: skip
LONE_POLYLINE = NamedFormat(*POLYLINE)
COORDINATES = NamedFormat("coordinates", "a list of coordinates as plain text", TABLE)
CSV = NamedFormat("CSV", "a table (CSV)", TABLE)
WKT_TABLE = NamedFormat(
    "CSV", "a table with lines as text in it (WKT)",
    "In QGIS, a free program, use Layer, Add Delimited Text Layer, choose that column as WKT, and export as GeoJSON.",
)  # fmt: skip
GEOJSON_TABLE = NamedFormat(
    "text around GeoJSON", "a text with GeoJSON inside, as databases and programs print it",
    "Send the GeoJSON alone: what stands from its { to its last }, saved as .geojson.",
)  # fmt: skip
#: A line as well-known text in a row, and GeoJSON in one, whose quotes may be doubled.
WKT_IN_ROW = re.compile(
    r"(?:^|[\"';,|\t\n])\s{0,9}(?:SRID=\d{1,9};)?(?:MULTI)?LINESTRING\s{0,9}(?:ZM|Z|M)?\s{0,9}\(", re.I
)
GEOJSON_IN_ROW = re.compile(r"\{\s{0,9}\"{1,2}type\"{1,2}\s{0,9}:\s{0,9}\"{1,2}(?:Multi)?(?:LineString|Point|Feature)")
#: How much of a text is looked at for what it is.
LOOKED_AT = 4_000
SEPARATORS = (",", ";", "\t", "|")
#: A row of two numbers or three, with commas, semicolons or blanks between.
ROW_OF_NUMBERS = re.compile(r"[-+]?\d{1,10}(?:[.,]\d{1,20})?(?:[,;\s]{1,9}[-+]?\d{1,10}(?:[.,]\d{1,20})?){1,2}\s{0,9}")
#: Words that name a column of coordinates.
COLUMNS = re.compile(
    r"\b(?:lat|latitude|lon|lng|long|longitude|x|y|wkt|geom|geometry|the_geom|easting|northing)\b", re.I
)


def is_lone_polyline(data: bytes) -> bool:
    """Whether a text is one encoded polyline and nothing else."""
    text = data.strip()
    return not any(sign in text[:LOOKED_AT] for sign in b' \t\r\n,:"') and is_polyline(text.decode("ascii", "replace"))


def begins_as(data: bytes) -> NamedFormat | None:
    """Return what a text is by its first words, None where they are of nothing known."""
    text = data[:LOOKED_AT].decode("utf-8", "replace").removeprefix("\ufeff").strip()
    return next((named for pattern, named in BEGINNINGS if pattern.match(text)), None)


def named_text(data: bytes) -> NamedFormat:
    """Return what a text is that is neither JSON nor XML; at the least a text."""
    if begun := begins_as(data):
        return begun
    text = data[:LOOKED_AT].decode("utf-8", "replace").removeprefix("\ufeff").strip()
    if is_lone_polyline(data):
        return LONE_POLYLINE
    if WKT_IN_ROW.search(text):
        return WKT_TABLE
    if GEOJSON_IN_ROW.search(text):
        return GEOJSON_TABLE
    if _is_rows_of_numbers(text) or _is_rows_of_places(text):
        return COORDINATES
    return CSV if _is_table(text) else TEXT


def _first_rows(text: str) -> list[str]:
    """Return the first lines that are not empty, without one that may be cut."""
    rows = [line for line in text.split("\n")[:6] if line.strip()]
    return rows[:-1] if len(text) >= LOOKED_AT - 1 and len(rows) > 1 else rows


def _is_rows_of_numbers(text: str) -> bool:
    rows = _first_rows(text)
    return len(rows) > 1 and all(ROW_OF_NUMBERS.fullmatch(row) for row in rows)


def _is_rows_of_places(text: str) -> bool:
    """Whether the first rows are positions as people write them: degrees and minutes, UTM, MGRS."""
    rows = _first_rows(text)
    return len(rows) > 1 and all(read_position(row.strip()) is not None for row in rows)


def _is_table(text: str) -> bool:
    """Whether the first lines have equally many separators, or the first names columns of coordinates."""
    rows = _first_rows(text)
    for sign in SEPARATORS:
        counts = {row.count(sign) for row in rows}
        if rows and min(counts) > 0 and ((len(counts) == 1 and len(rows) > 1) or COLUMNS.search(rows[0])):
            return True
    return False
