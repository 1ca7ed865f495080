"""Formats that are recognised and not read: by which bytes, what each is called, and how to export a line from it."""

import re
from collections.abc import Callable, Collection, Container
from dataclasses import dataclass

from corridor.reading.formats.encoded_polyline import is_polyline

QGIS = "In QGIS open it, then Export, Save Features As, format GeoJSON."
CAD = "In the drawing program or QGIS export the line's layer as GeoJSON in EPSG:4326, or as a zipped Shapefile."
UNPACK = "Unpack it and send the file inside, or pack it as .zip."
DRAWN = "A picture holds no coordinates: ask for the file it was made from, as GeoJSON, KML or GPX."
DOCUMENT = "Ask its author for the route itself, as GeoJSON, KML, GPX or a zipped Shapefile."
GPS = "In the program or device it comes from export it as GPX; GPSBabel converts it too."
TABLE = "In QGIS use Layer, Add Delimited Text Layer, then “Points to path”, and export as GeoJSON."


@dataclass(frozen=True, slots=True)
class NamedFormat:
    """A format that is not read: its name, the same in words after “This is”, and how to export from it."""

    name: str
    what: str
    advice: str


#: The first bytes of a file, how far in they stand, and what it then is.
MAGIC: tuple[tuple[bytes, int, NamedFormat], ...] = tuple(
    (magic, at, NamedFormat(name, what, advice))
    for magic, at, name, what, advice in (
        (b"%PDF", 0, "PDF", "a PDF document", DOCUMENT),
        (b"\x89PNG", 0, "PNG", "a picture (PNG)", DRAWN),
        (b"\xff\xd8\xff", 0, "JPEG", "a picture (JPEG)", DRAWN),
        (b"GIF8", 0, "GIF", "a picture (GIF)", DRAWN),
        (b"II*\0", 0, "TIFF", "a picture or raster (TIFF)", DRAWN),
        (b"MM\0*", 0, "TIFF", "a picture or raster (TIFF)", DRAWN),
        (b"II+\0", 0, "TIFF", "a picture or raster (BigTIFF)", DRAWN),
        (b"WEBP", 8, "WebP", "a picture (WebP)", DRAWN),
        (b"ftyphei", 4, "HEIC", "a picture (HEIC)", DRAWN),
        (b"ftypmif", 4, "HEIC", "a picture (HEIC)", DRAWN),
        (b"AC10", 0, "DWG", "an AutoCAD drawing (DWG)", CAD),
        (b"AC1.", 0, "DWG", "an AutoCAD drawing (DWG)", CAD),
        (b"AutoCAD Binary DXF", 0, "DXF", "a drawing (binary DXF)", CAD),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "Office",
         "an older Office document, or a drawing or project in its container", DOCUMENT),
        (b"{\\rtf", 0, "RTF", "a text document (RTF)", DOCUMENT),
        (b".FIT", 8, "FIT", "a recording of a sports device (FIT)", GPS),
        (b"OSMHeader", 6, "OSM PBF", "OpenStreetMap data (PBF)",
         "In QGIS open it, pick the route's ways and export them as GeoJSON; or use osmium export."),
        (b"fgb\x03fgb", 0, "FlatGeobuf", "FlatGeobuf", QGIS),
        (b"PAR1", 0, "Parquet", "a Parquet file (GeoParquet)", QGIS),
        (b"ARROW1", 0, "Arrow", "an Arrow file", QGIS),
        (b"LASF", 0, "LAS", "a cloud of laser points (LAS)", DOCUMENT),
        (b"7z\xbc\xaf\x27\x1c", 0, "7-Zip", "a 7-Zip archive", UNPACK),
        (b"Rar!\x1a\x07", 0, "RAR", "a RAR archive", UNPACK),
        (b"\xfd7zXZ\0", 0, "xz", "a file packed with xz", UNPACK),
        (b"BZh", 0, "bzip2", "a file packed with bzip2", UNPACK),
        (b"\x28\xb5\x2f\xfd", 0, "Zstandard", "a file packed with Zstandard", UNPACK),
        (b"ustar", 257, "tar", "a tar archive", UNPACK),
        (b"\0\x05\x16\x07", 0, "AppleDouble",
         "what macOS keeps beside a file (its name begins with “._”), not the file",
         "Send the file of the same name without “._” before it."),
        (b"\0\x05\x16\0", 0, "AppleSingle", "a file wrapped by macOS (AppleSingle)", UNPACK),
        (b"L\0\0\0\x01\x14\x02\0", 0, "shortcut", "a shortcut of Windows to a file, not the file",
         "Send the file that the shortcut opens."),
        (b"MsRcd", 0, "Garmin GDB", "a Garmin MapSource file (GDB)", GPS),
        (b"MsRcf", 0, "Garmin GDB", "a Garmin MapSource file (GDB)", GPS),
        (b"\0\x01\0\0Standard", 0, "Access", "an Access database (perhaps an ArcGIS personal geodatabase)", QGIS),
        (b"ISO-10303-21", 0, "STEP", "a building or machine model (STEP, IFC)", CAD),
    )
)  # fmt: skip

#: How a text begins, letters of either case, and what it then is.
BEGINNINGS: tuple[tuple[re.Pattern[str], NamedFormat], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), NamedFormat(name, what, advice))
    for pattern, name, what, advice in (
        (r"0\s*\r?\n\s*SECTION|999\r?\n", "DXF", "a drawing (DXF)", CAD),
        (r"(?:SRID=\d+;\s*)?(?:MULTI)?(?:LINESTRING|POINT|POLYGON|CURVE)\s*(?:Z|M|ZM)?\s*(?:\(|EMPTY)|"
         r"(?:SRID=\d+;\s*)?(?:GEOMETRYCOLLECTION|COMPOUNDCURVE|CIRCULARSTRING)\s*(?:Z|M|ZM)?\s*\(", "WKT",
         "a geometry as text (WKT)", "In QGIS use the plugin QuickWKT, then export the layer as GeoJSON."),
        (r"(?:[0-9A-F]{2}){20,}\s*\Z", "WKB", "a geometry as hexadecimal signs (WKB)",
         "In the database ask for ST_AsGeoJSON(geom) instead."),
        (r"(?:PROJCS|GEOGCS|PROJCRS|GEOGCRS|LOCAL_CS|COMPD_CS|BOUNDCRS)\s*\[", "PRJ",
         "the reference system of a Shapefile (.prj), without its line", "Send all its parts in one .zip."),
        (r"version https://git-lfs", "Git LFS pointer", "a pointer of Git LFS to a file, not the file",
         "Download the file itself with the button “Download raw file”."),
        (r"\[InternetShortcut\]", "link", "a link to a web page, not a file", "Open the link and download the file."),
        (r"\$G[A-Z]{4},", "NMEA", "a log of a GPS receiver (NMEA)", GPS),
        (r"OziExplorer", "OziExplorer", "a file of OziExplorer (PLT, WPT)", GPS),
        (r"A[A-Z]{3}\w{0,40}\r?\nH[FOP]", "IGC", "a flight log (IGC)", GPS),
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
    )
)  # fmt: skip

#: Outermost elements of XML, in lower case, and what a text with it is.
ROOTS: dict[str, NamedFormat] = {
    root: NamedFormat(name, what, advice)
    for roots, name, what, advice in (
        ("trainingcenterdatabase", "TCX", "a training of a Garmin device (TCX)", GPS),
        ("featurecollection wfs_capabilities simplefeaturecollection", "GML",
         "GML, or an answer of a map service (WFS)",
         "Ask the service for outputFormat=application/json, or export the layer from QGIS as GeoJSON."),
        ("wms_capabilities wmt_ms_capabilities capabilities", "service description",
         "the description of a map service, not its data",
         "In QGIS add the service, then export the layer as GeoJSON."),
        ("serviceexceptionreport exceptionreport error exception", "server message",
         "an error message of a server, not a file",
         "Look up the address, sign in where needed, and download it again."),
        ("svg", "SVG", "a drawing without places on earth (SVG)", DRAWN),
        ("qgis qlr", "QGIS project", "a QGIS project, which names files but holds no line",
         "In QGIS right-click the route's layer: Export, Save Features As, format GeoJSON."),
        ("osmchange", "OSM change", "changes to OpenStreetMap, not its data",
         "Ask for the way or relation itself, as OSM."),
        ("landxml", "LandXML", "an alignment of a road program (LandXML)",
         "In the road program export the axis as GeoJSON, KML or Shapefile."),
        ("rss feed", "feed", "a feed (RSS, Atom)", DOCUMENT),
        ("plist", "link", "a link or setting of macOS, not the file", "Open the link and download the file."),
        ("ogrvrtdatasource", "VRT", "a VRT of GDAL, which names other files and holds no line", QGIS),
        ("gdal_wms gdal_wmts", "VRT", "a description of a map service for GDAL", QGIS),
        ("citymodel", "CityGML", "CityGML, a model of buildings", DOCUMENT),
        ("metadata md_metadata", "metadata", "a description of data (metadata), not the data", DOCUMENT),
        ("sld styledlayerdescriptor", "style", "a style (SLD), which says how a map looks", QGIS),
        ("loc", "LOC", "places of geocaching (LOC)", GPS),
    )
    for root in roots.split()
}  # fmt: skip
TEXT = NamedFormat("text", "a text, not a file with a line",
                       "Send the route as GeoJSON, KML, GPX, GeoPackage or zipped Shapefile.")  # fmt: skip
POLYLINE = NamedFormat(
    "encoded polyline", "an encoded polyline, as routers give lines",
    "Ask the router for GeoJSON (geometries=geojson), or send its whole answer as .json.",
)  # fmt: skip
CSV = NamedFormat("CSV", "a table (CSV)", TABLE)
DBF = NamedFormat("DBF", "the table of a Shapefile (.dbf), without its line", "Send all its parts in one .zip.")
SHX = NamedFormat("SHX", "the index of a Shapefile (.shx), without its line", "Send all its parts in one .zip.")

#: Members of zip archives that say what program packed it; a name at the end of a folder's path, or a beginning.
PACKED: tuple[tuple[Callable[[Collection[str]], bool], NamedFormat], ...] = (
    (lambda names: "word/document.xml" in names, NamedFormat("Word", "a Word document", DOCUMENT)),
    (lambda names: "xl/workbook.xml" in names, NamedFormat("Excel", "an Excel workbook", TABLE)),
    (lambda names: "ppt/presentation.xml" in names, NamedFormat("PowerPoint", "a PowerPoint presentation", DOCUMENT)),
    (lambda names: "content.xml" in names and "META-INF/manifest.xml" in names,
     NamedFormat("OpenDocument", "a LibreOffice document", DOCUMENT)),
    (lambda names: "META-INF/container.xml" in names, NamedFormat("EPUB", "a book (EPUB)", DOCUMENT)),
    (lambda names: "AndroidManifest.xml" in names, NamedFormat("APK", "a program for Android", DOCUMENT)),
    (lambda names: any(name.endswith(".gdbtable") for name in names),
     NamedFormat("file geodatabase", "an Esri file geodatabase",
                 "In ArcGIS Pro run “Features To JSON” with “Output to GeoJSON”, or open it in QGIS and export.")),
    (lambda names: any(name.endswith(".qgs") for name in names),
     NamedFormat("QGIS project", "a QGIS project, which names files but holds no line",
                 "In QGIS right-click the route's layer: Export, Save Features As, format GeoJSON.")),
)  # fmt: skip
#: Tables of databases that are no GeoPackage.
TABLES: tuple[tuple[frozenset[str], NamedFormat], ...] = (
    (frozenset({"tiles", "metadata"}), NamedFormat(
        "MBTiles", "MBTiles, a map cut into tiles", "Ask for the line the map was made of, as GeoJSON or GeoPackage.")),
    (frozenset({"tiles", "info"}), NamedFormat(
        "map tiles", "a map for phones, cut into tiles", "Export the track from the program as GPX.")),
    (frozenset({"tiles"}), NamedFormat(
        "map tiles", "a map cut into tiles", "Ask for the line the map was made of, as GeoJSON or GeoPackage.")),
    (frozenset({"geometry_columns", "spatial_ref_sys"}), NamedFormat(
        "SpatiaLite", "a SpatiaLite database",
        "In QGIS right-click the route's layer: Export, Save Features As, format GeoPackage.")),
    (frozenset({"gpkg_contents"}), NamedFormat(
        "GeoPackage", "a GeoPackage of map tiles or tables, without a layer of lines",
        "Export the route's layer into a new GeoPackage.")),
)  # fmt: skip
OTHER_DATABASE = NamedFormat(
    "SQLite", "an SQLite database without the tables of a GeoPackage",
    "In the program it belongs to export the track as GPX or GeoJSON.",
)  # fmt: skip
#: How much of a text is looked at for what it is.
LOOKED_AT = 4_000
#: Versions with which a .dbf begins.
DBF_VERSIONS = (0x02, 0x03, 0x04, 0x30, 0x31, 0x83, 0x8B, 0xF5)
SEPARATORS = (",", ";", "\t", "|")
#: Words that name a column of coordinates.
COLUMNS = re.compile(
    r"\b(?:lat|latitude|lon|lng|long|longitude|x|y|wkt|geom|geometry|the_geom|easting|northing)\b", re.I
)


def named_bytes(data: bytes) -> NamedFormat | None:
    """Return what bytes are that are no text of ours, None for what nobody knows."""
    for magic, at, named in MAGIC:
        if data.startswith(magic, at):
            return named
    return DBF if _is_dbf(data) else None


def _is_dbf(data: bytes) -> bool:
    """Whether bytes begin like a table of dBASE: version, a date, and a header as long as it says."""
    if len(data) < 33 or data[0] not in DBF_VERSIONS or not (1 <= data[2] <= 12 and 1 <= data[3] <= 31):
        return False
    length = int.from_bytes(data[8:10], "little")
    return 33 <= length <= len(data) and b"\r" in data[length - 2 : length]


def is_lone_polyline(data: bytes) -> bool:
    """Whether a text is one encoded polyline and nothing else."""
    text = data.strip()
    return not any(sign in text[:LOOKED_AT] for sign in b' \t\r\n,:"') and is_polyline(text.decode("ascii", "replace"))


def named_text(data: bytes) -> NamedFormat:
    """Return what a text is that is neither JSON nor XML; at the least a text."""
    text = data[:LOOKED_AT].decode("utf-8", "replace").removeprefix("\ufeff").strip()
    for pattern, named in BEGINNINGS:
        if pattern.match(text):
            return named
    if is_lone_polyline(data):
        return POLYLINE
    return CSV if _is_table(text) else TEXT


def _is_table(text: str) -> bool:
    """Whether the first lines have equally many separators, or the first names columns of coordinates."""
    rows = [line for line in text.split("\n")[:6] if line.strip()]
    if len(text) >= LOOKED_AT - 1 and len(rows) > 1:
        rows = rows[:-1]
    for sign in SEPARATORS:
        counts = {row.count(sign) for row in rows}
        if rows and min(counts) > 0 and ((len(counts) == 1 and len(rows) > 1) or COLUMNS.search(rows[0])):
            return True
    return False


def named_root(element: str) -> NamedFormat | None:
    """Return what XML is by the name of its outermost element without prefix."""
    return ROOTS.get(element.lower())


def named_archive(names: Collection[str]) -> NamedFormat | None:
    """Return what a zip archive is by the names of its members, None for one that may hold a route."""
    return next((named for recognised, named in PACKED if recognised(names)), None)


def named_database(tables: Container[str]) -> NamedFormat:
    """Return what an SQLite database is that has no layer of a GeoPackage, by its tables and views in lower case."""
    return next((named for wanted, named in TABLES if all(table in tables for table in wanted)), OTHER_DATABASE)
