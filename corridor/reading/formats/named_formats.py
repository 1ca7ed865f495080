"""Formats that are recognised and not read, by their bytes, what each is called, and how to export a line from it."""

from collections.abc import Callable, Collection, Container
from dataclasses import dataclass
from typing import Literal

QGIS = "In QGIS open it, then Export, Save Features As, format GeoJSON."
CAD = "Ask the sender for the route as GeoJSON in longitude and latitude, or as a Shapefile in one .zip."
UNPACK = "Unpack it and send the file inside, or pack it as .zip."
DRAWN = "A picture holds no coordinates: ask for the file it was made from, as GeoJSON, KML or GPX."
DOCUMENT = "Ask its author for the route itself, as GeoJSON, KML, GPX or a zipped Shapefile."
GPS = "In the program or device it comes from export it as GPX; GPSBabel converts it too."
FROM_DATABASE = "In the database ask for ST_AsGeoJSON(geom) instead."
#: Said of a page or a message that says the file is not where the link leads.
LINK_IS_DEAD = "The link no longer leads to the file. Ask the sender for a new one, or open the page it came from."
SERVER = "Look up the address, sign in where needed, and download it again."
WITH_LOG = "Send the .gpkg itself with it, both in one archive."
TILES = "Ask for the line the map was made of, as GeoJSON or GeoPackage."
LINK = "Open the link and download the file."
RASTER = (
    "It holds cells, not a line. Ask for the line itself, or draw it over the picture in QGIS and export it as GeoJSON."
)
GEODATABASE = (
    "In ArcGIS Pro run “Features To JSON” with “Output to GeoJSON”, or open the .gdb folder in QGIS and export."
)
TABLE = (
    "Ask its author for the line. In QGIS, a free program, use Layer, Add Delimited Text Layer, then “Points to path”, "
    "and export as GeoJSON."
)


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
        *((brand, 4, "MP4", "a film (MP4)", DOCUMENT) for brand in (b"ftypisom", b"ftypmp4", b"ftypqt")),
        (b"PMTiles", 0, "PMTiles", "PMTiles, a map cut into tiles", TILES),
        (b"\x08\x09\xfe\x02", 0, "DGN", "a drawing of MicroStation (DGN)", CAD),
        (b"\xc8\x09\xfe\x02", 0, "DGN", "a drawing of MicroStation (DGN)", CAD),
        # One sign for the order of bytes, four for the type: a line, or several, with heights or without.
        *((b"\x01" + kind, 0, "WKB", "a geometry in binary (WKB)", FROM_DATABASE)
          for kind in (b"\x02\0\0", b"\x05\0\0", b"\xea\x03\0\0", b"\xed\x03\0\0")),
        (b"MsRcd", 0, "Garmin GDB", "a Garmin MapSource file (GDB)", GPS),
        (b"MsRcf", 0, "Garmin GDB", "a Garmin MapSource file (GDB)", GPS),
        (b"DSKIMG\0", 16, "Garmin IMG", "a map for Garmin devices (IMG)", TILES),
        (b"GRMREC", 8, "Garmin GPI", "a list of points for Garmin devices (GPI)", GPS),
        (b"\0\0\0\x0cjP  ", 0, "JPEG 2000", "a picture or raster (JPEG 2000)", RASTER),
        (b"msid", 0, "MrSID", "a raster (MrSID)", RASTER),
        (b"CDF\x01", 0, "NetCDF", "a grid of measurements (NetCDF)", RASTER),
        (b"CDF\x02", 0, "NetCDF", "a grid of measurements (NetCDF)", RASTER),
        (b"\x89HDF\r\n", 0, "HDF5", "a grid of measurements (HDF5, NetCDF)", RASTER),
        (b"GRIB", 0, "GRIB", "a grid of weather (GRIB)", RASTER),
        (b"ASTM-E57", 0, "E57", "a cloud of laser points (E57)", DOCUMENT),
        (b"glTF", 0, "glTF", "a model in space (glTF)", DOCUMENT),
        (b"\xff\xfe\xff\x0eS\0k\0e\0t\0c\0h\0U\0p\0", 0, "SketchUp", "a model of SketchUp (SKP)", CAD),
        (b"Obj\x01", 0, "Avro", "a table (Avro)", FROM_DATABASE),
        (b"\x37\x7f\x06\x82", 0, "SQLite log", "the latest changes of a database (-wal), not the database", WITH_LOG),
        (b"\x37\x7f\x06\x83", 0, "SQLite log", "the latest changes of a database (-wal), not the database", WITH_LOG),
        (b"\0\x01\0\0Standard", 0, "Access", "an Access database (perhaps an ArcGIS personal geodatabase)", QGIS),
        (b"ISO-10303-21", 0, "STEP", "a building or machine model (STEP, IFC)", CAD),
    )
)  # fmt: skip

#: Outermost elements of XML, in lower case, and what a text with it is.
ROOTS: dict[str, NamedFormat] = {
    root: NamedFormat(name, what, advice)
    for roots, name, what, advice in (
        ("trainingcenterdatabase", "TCX", "a training of a Garmin device (TCX)", GPS),
        ("featurecollection wfs_capabilities simplefeaturecollection", "GML",
         "GML, or an answer of a map service (WFS)",
         "Ask the sender for the route as GeoJSON; QGIS exports it so."),
        ("wms_capabilities wmt_ms_capabilities capabilities", "service description",
         "the description of a map service, not its data",
         "In QGIS add the service, then export the layer as GeoJSON."),
        ("serviceexceptionreport exceptionreport error exception", "server message",
         "an error message of a server, not a file", SERVER),
        ("svg", "SVG", "a drawing without places on earth (SVG)", DRAWN),
        ("qgis qlr qgis-layer-definition", "QGIS project", "a QGIS project, which names files but holds no line",
         "In QGIS right-click the route's layer: Export, Save Features As, format GeoJSON."),
        ("osmchange", "OSM change", "a list of changes to OpenStreetMap, not its data",
         "Ask for the way or relation itself, as OSM."),
        ("landxml", "LandXML", "an alignment of a road program (LandXML)",
         "In the road program export the axis as GeoJSON, KML or Shapefile."),
        ("healthdata", "Apple Health", "an export of Apple Health, which keeps routes in files of their own",
         "Send a file of the folder workout-routes beside it: each is a GPX file."),
        ("lmx", "LMX", "a list of places of Nokia phones (LMX)", GPS),
        ("rss feed", "feed", "a feed (RSS, Atom)", DOCUMENT),
        ("plist", "link", "a link or setting of macOS, not the file", LINK),
        ("ogrvrtdatasource", "VRT", "a VRT of GDAL, which names other files and holds no line", QGIS),
        ("gdal_wms gdal_wmts", "VRT", "a description of a map service for GDAL", QGIS),
        ("citymodel", "CityGML", "CityGML, a model of buildings", DOCUMENT),
        ("metadata md_metadata", "metadata", "a description of data (metadata), not the data", DOCUMENT),
        ("sld styledlayerdescriptor", "style", "a style (SLD), which says how a map looks", QGIS),
        ("schema", "XSD", "a description of how data are written (XSD), not the data", DOCUMENT),
        ("jcsdatafile", "JML", "a file of OpenJUMP (JML)", QGIS),
        ("loc", "LOC", "a list of places of geocaching (LOC)", GPS),
    )
    for root in roots.split()
}  # fmt: skip
DBF = NamedFormat("DBF", "the table of a Shapefile (.dbf), without its line", "Send all its parts in one .zip.")
SBN = NamedFormat("SBN", "the index of a Shapefile (.sbn), without its line", "Send all its parts in one .zip.")
#: How that index begins: like a Shapefile, and then with a number no Shapefile has there.
SBN_BEGINS = b"\0\0\x27\x0a\xff\xff\xfe\x70"
GEOTIFF = NamedFormat("GeoTIFF", "a raster with places (GeoTIFF)", RASTER)
GDB_TABLE = NamedFormat("file geodatabase", "one table of an Esri file geodatabase (.gdbtable)", GEODATABASE)
MAPINFO_MAP = NamedFormat("MapInfo MAP", "the shapes of a MapInfo table (MAP), without its other parts", QGIS)
SHX = NamedFormat("SHX", "the index of a Shapefile (.shx), without its line", "Send all its parts in one .zip.")

#: Members of zip archives that say that all of it is a document of a program.
PACKED: tuple[tuple[Callable[[Collection[str]], bool], NamedFormat], ...] = (
    (lambda names: "word/document.xml" in names, NamedFormat("Word", "a Word document", DOCUMENT)),
    (lambda names: "xl/workbook.xml" in names, NamedFormat("Excel", "an Excel workbook", TABLE)),
    (lambda names: "ppt/presentation.xml" in names, NamedFormat("PowerPoint", "a PowerPoint presentation", DOCUMENT)),
    (lambda names: "content.xml" in names and "META-INF/manifest.xml" in names,
     NamedFormat("OpenDocument", "a LibreOffice document", DOCUMENT)),
    (lambda names: "GISProject.xml" in names, NamedFormat(
        "ArcGIS Pro", "an ArcGIS Pro project, which names files but holds no line",
        "In ArcGIS Pro run “Features To JSON” with “Output to GeoJSON” on the route's layer.")),
    (lambda names: "META-INF/container.xml" in names, NamedFormat("EPUB", "a book (EPUB)", DOCUMENT)),
    (lambda names: "AndroidManifest.xml" in names, NamedFormat("APK", "a program for Android", DOCUMENT)),
)  # fmt: skip
#: Members of zip archives, by the ends of their names, that are a program's own; routes can stand beside them.
OF_PROGRAMS: tuple[tuple[str, NamedFormat], ...] = (
    (".gdbtable", NamedFormat(
        "file geodatabase", "an Esri file geodatabase",
        GEODATABASE)),
    ("stop_times.txt", NamedFormat(
        "GTFS", "a timetable of public transport (GTFS)",
        "In QGIS use Layer, Add Delimited Text Layer with shapes.txt, then “Points to path”, and export as GeoJSON.",
    )),
    (".qgs", NamedFormat(
        "QGIS project", "a QGIS project, which names files but holds no line",
        "In QGIS right-click the route's layer: Export, Save Features As, format GeoJSON.")),
)  # fmt: skip
#: Tables of databases that are no GeoPackage.
TABLES: tuple[tuple[frozenset[str], NamedFormat], ...] = (
    (frozenset({"tiles", "metadata"}), NamedFormat(
        "MBTiles", "MBTiles, a map cut into tiles", TILES)),
    (frozenset({"tiles", "info"}), NamedFormat(
        "map tiles", "a map for phones, cut into tiles", "Export the track from the program as GPX.")),
    (frozenset({"tiles"}), NamedFormat(
        "map tiles", "a map cut into tiles", TILES)),
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
#: Bytes of an entry of a TIFF's directory, the tag of its keys about places, and the entries that are looked at.
TAG_BYTES, GEO_KEYS, MOST_TAGS = 12, 34_735, 200
#: A number in the header of each .map file of MapInfo, 42,424,242, at byte 256.
MAPINFO_SIGN = (42_424_242).to_bytes(4, "little")
#: Versions with which a .dbf begins.
DBF_VERSIONS = (0x02, 0x03, 0x04, 0x30, 0x31, 0x83, 0x8B, 0xF5)


def named_bytes(data: bytes) -> NamedFormat | None:
    """Return what bytes are that are no text of ours, None for what nobody knows."""
    if data.startswith(SBN_BEGINS):
        return SBN
    if _is_geotiff(data):
        return GEOTIFF
    for magic, at, named in MAGIC:
        if data.startswith(magic, at):
            return named
    if data.startswith((b"\x03\0\0\0", b"\x04\0\0\0")) and data.startswith(b"\x05\0\0\0", 12):
        return GDB_TABLE
    if data.startswith(MAPINFO_SIGN, 256):
        return MAPINFO_MAP
    return DBF if _is_dbf(data) else None


def _is_geotiff(data: bytes) -> bool:
    """Whether a TIFF has a directory of keys about places among the entries of its first directory (GeoTIFF 1.1, 7)."""
    orders: dict[bytes, Literal["little", "big"]] = {b"II*\0": "little", b"MM\0*": "big"}
    order = orders.get(data[:4])
    if order is None:
        return False
    first = int.from_bytes(data[4:8], order)
    count = min(int.from_bytes(data[first : first + 2], order), MOST_TAGS)
    starts = range(first + 2, first + 2 + count * TAG_BYTES, TAG_BYTES)
    return any(int.from_bytes(data[at : at + 2], order) == GEO_KEYS for at in starts)


def _is_dbf(data: bytes) -> bool:
    """Whether bytes begin like a table of dBASE: version, a date, and a header as long as it says."""
    if len(data) < 33 or data[0] not in DBF_VERSIONS or not (1 <= data[2] <= 12 and 1 <= data[3] <= 31):
        return False
    length = int.from_bytes(data[8:10], "little")
    return 33 <= length <= len(data) and b"\r" in data[length - 2 : length]


def named_root(element: str) -> NamedFormat | None:
    """Return what XML is by the name of its outermost element without prefix."""
    return ROOTS.get(element.lower())


def named_archive(names: Collection[str]) -> NamedFormat | None:
    """Return what document a zip archive is by the names of its members, None for one that may hold a route."""
    return next((named for recognised, named in PACKED if recognised(names)), None)


def named_members(names: Collection[str]) -> NamedFormat | None:
    """Return what of a program's own is in an archive that holds no file for a route; None for nothing known."""
    return next((named for end, named in OF_PROGRAMS if any(name.lower().endswith(end) for name in names)), None)


def named_database(tables: Container[str]) -> NamedFormat:
    """Return what an SQLite database is that has no layer of a GeoPackage, by its tables and views in lower case."""
    return next((named for wanted, named in TABLES if all(table in tables for table in wanted)), OTHER_DATABASE)
