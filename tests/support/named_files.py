"""Beginnings of files that are not read, written by us as their formats say: by the format that is told."""

import sqlite3
import struct
from contextlib import closing

from shapely import LineString, MultiLineString, set_srid, to_wkb

from tests.support.other_json_files import encoded
from tests.support.route_files import LINE, OTHER, packed_gzip, zipped


def database(*statements: str) -> bytes:
    """Return an SQLite database made by statements."""
    with closing(sqlite3.connect(":memory:")) as base:
        for statement in statements:
            base.execute(statement)
        return base.serialize()


def tarred() -> bytes:
    """Return a tar archive as far as it tells that it is one."""
    return b"route.gpx".ljust(257, b"\0") + b"ustar\00000" + bytes(248)


DXF = b"  0\nSECTION\n  2\nENTITIES\n  0\nLINE\n 10\n46.2\n 20\n38.9\n  0\nENDSEC\n  0\nEOF\n"
WKT = f"LINESTRING ({', '.join(f'{x} {y}' for x, y in LINE)})".encode()
TILES = "CREATE TABLE tiles (zoom_level INT, tile_column INT, tile_row INT, tile_data BLOB)"
NAMED = {
    "PDF": [b"%PDF-1.7\n%\xe2\xe3", b"%PDF-1.4"],
    "PNG": [b"\x89PNG\r\n\x1a\n" + bytes(20)],
    "JPEG": [b"\xff\xd8\xff\xe0\0\x10JFIF", b"\xff\xd8\xff\xe1Exif"],
    "TIFF": [b"II*\0" + bytes(9), b"MM\0*" + bytes(9), b"II*\0" + b"\xff" * 40],
    # A directory of two entries: the width of the picture, and the keys that say where it lies.
    "GeoTIFF": [
        b"II*\0" + struct.pack("<IHHHIIHHII", 8, 2, 256, 4, 1, 9, 34735, 3, 4, 40) + bytes(8),
        b"MM\0*" + struct.pack(">IHHHIIHHII", 8, 2, 256, 4, 1, 9, 34735, 3, 4, 40) + bytes(8),
    ],
    "JPEG 2000": [b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(90)],
    "MrSID": [b"msid\4\1" + bytes(90)],
    "NetCDF": [b"CDF\1" + bytes(90), b"CDF\2" + bytes(90)],
    "HDF5": [b"\x89HDF\r\n\x1a\n" + bytes(90)],
    "GRIB": [b"GRIB\0\0\0\2" + bytes(90)],
    "E57": [b"ASTM-E57" + bytes(90)],
    "glTF": [b"glTF\2\0\0\0" + bytes(90)],
    "SketchUp": [b"\xff\xfe\xff\x0e" + "SketchUp Model".encode("utf-16-le") + bytes(90)],
    "Avro": [b"Obj\1\4\x14" + bytes(90)],
    "SQLite log": [b"\x37\x7f\x06" + last + bytes(90) for last in (b"\x82", b"\x83")],
    "SBN": [b"\0\0\x27\x0a\xff\xff\xfe\x70" + bytes(100)],
    "MapInfo MAP": [bytes(256) + struct.pack("<I", 42_424_242) + bytes(90)],
    "ArcGIS Pro": [zipped({"GISProject.xml": b"<a/>", "Index.json": b"{}", "map/map.xml": b"<a/>"})],
    "DXF": [DXF, b"999\nmade by hand\n" + DXF, DXF.replace(b"\n", b"\r\n"), b"AutoCAD Binary DXF\r\n\x1a\0" + bytes(9)],
    "GRASS": [b"ORGANIZATION: GRASS Development Team\nDIGIT DATE:   1/2/2026\nMAP NAME:     a\nVERTI:\nL  2 1\n"],
    "E00": [b"EXP  0 C:\\A.E00\nARC  2\n", b"EXP 1 A.E00\n"],
    "GMT": [b"# @VGMT1.0 @GLINESTRING\n>\n46 39\n", b"#@VGMT1.0 @GMULTILINESTRING\n"],
    "AIS": [b"!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C\n"],
    "Garmin IMG": [bytes(16) + b"DSKIMG\0\2" + bytes(490)],
    "Garmin GPI": [bytes(8) + b"GRMREC00" + bytes(90)],
    "Apple Health": [b'<?xml version="1.0"?><!DOCTYPE HealthData [<!ELEMENT HealthData (A)>]><HealthData/>'],
    "LMX": [b'<?xml version="1.0"?><lm:lmx xmlns:lm="http://www.nokia.com/schemas/location/landmarks/1/0/"/>'],
    "GTFS": [zipped({"agency.txt": b"a", "shapes.txt": b"shape_id,shape_pt_lat\n", "stop_times.txt": b"b"})],
    "text around GeoJSON": [
        b'// made by hand\n{"type": "LineString", "coordinates": [[46, 39], [47, 40],]}',
        b' name |  st_asgeojson\n----+----\n A | {"type":"LineString","coordinates":[[46,39],[47,40]]}\n(1 row)\n',
        b'name,geojson\nA,"{""type"":""MultiLineString"",""coordinates"":[[[46,39],[47,40]]]}"\n',
    ],
    "DWG": [b"AC1015\0\0\0\0", b"AC1032\0\0\0\0"],
    "CSV": [
        b"name,lat,lon\nA,38.9,46.2\nB,39.0,46.3\n", b"lat;lon\n38,9;46,2\n", b"\xef\xbb\xbfX\tY\n1\t2\n3\t4\n",
        b'"id","WKT"\n1,"LINESTRING (46 39, 47 40)"\n', b"km|x|y\n0|1|2\n",
    ],
    "WKT": [WKT, b"SRID=4326;" + WKT, b"MULTILINESTRING Z ((46 39 1, 47 40 2))", b"linestring(46 39,47 40)"],
    "WKB": [
        b"0102000000020000000000000000004740" * 3, to_wkb(LineString(LINE)), to_wkb(MultiLineString([LINE, OTHER])),
        to_wkb(set_srid(LineString(LINE), 4326), include_srid=True), to_wkb(LineString([(46, 39, 7), (47, 40, 8)])),
    ],
    "FIT": [b"\x0e\x10\x43\x08\x78\x06\x09\x00.FIT\0\0"],
    "TCX": [b'<?xml version="1.0"?><TrainingCenterDatabase xmlns="x"><Activities/></TrainingCenterDatabase>'],
    "OSM PBF": [b"\0\0\0\x0d\x0a\x09OSMHeader\x18\x7c"],
    "GML": [b'<wfs:FeatureCollection xmlns:wfs="x"/>', b'<?xml version="1.0"?><gml:FeatureCollection xmlns:gml="y"/>'],
    "SVG": [b'<svg xmlns="x"/>', b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y"><svg/>'],
    "QGIS project": [
        b"<!DOCTYPE qgis PUBLIC 'x'>\n<qgis/>", b"<qlr/>", b"<!DOCTYPE qgis-layer-definition>\n<qlr/>",
        zipped({"project.qgs": b"<qgis/>"}), zipped({"field/Araks.QGS": b"x", "field/readme.txt": b"read me"}),
    ],
    "file geodatabase": [
        struct.pack("<4I", 3, 2, 128, 5) + bytes(90),
        struct.pack("<4I", 3, 1, 2, 5) + bytes(90),
        zipped({"rail.gdb/a00000001.gdbtable": b"\x03\0\0\0", "rail.gdb/gdb": b"{"})],
    "XSD": [b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', b"<?xml version='1.0'?><schema/>"],
    "JML": [b"<?xml version='1.0'?><JCSDataFile xmlns:gml='x'/>"],
    "PMTiles": [b"PMTiles\x03" + bytes(120)],
    "MP4": [b"\0\0\0\x18ftypisom" + bytes(90), b"\0\0\0\x14ftypqt  " + bytes(90)],
    "DGN": [b"\x08\x09\xfe\x02" + bytes(200), b"\xc8\x09\xfe\x02" + bytes(200)],
    "coordinates": [
        b"46.2 38.9\n46.3 39.0\n", b"38.9, 46.2\r\n39.0, 46.3\r\n", b"46,2\t38,9\t710\n46,3\t39\t715\n",
        b"\n".join(b"%d %d" % (x, y) for x, y in ((4621345, 4312345), (4621400, 4312400))),
    ],
    "MHTML": [
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.invalid/\r\nSubject: Map\r\n",
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=a\r\n\r\n--a\r\n",
    ],
    "e-mail": [
        b"Return-Path: <a@x.invalid>\nSubject: the route\n\nhere it is",
        b"From: a@x.invalid\r\nMIME-Version: 1.0\r\n\r\n",
        b"Received: from x\n\tby y; Mon\nMessage-ID: <1>\n\nroute",
    ],
    "SQL": [
        b"--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\n", b"BEGIN;\nCREATE TABLE a (b);",
        b"INSERT INTO route VALUES (1, 'LINESTRING(46 39,47 40)');\n", b"CREATE TABLE route (id int);\n",
    ],
    "unfinished merge": [b"<<<<<<< HEAD\n{}\n=======\n[]\n>>>>>>> b\n"],
    "settings": [b"[route]\nname = 'a'\n", b"[a.b-c]\r\nx=1\r\n", b"[[lots]]\nnumber = 1\n"],
    "LandXML": [b'<LandXML xmlns="x"/>'],
    "server message": [
        b"<Error><Code>AccessDenied</Code></Error>", b"<ows:ExceptionReport/>", b"404: Not Found", b"Unauthorized\n",
        b"Internal Server Error", b"error: 403 Forbidden.", b"502 Bad Gateway\r\n", b"HTTP/1.1 404 Not Found",
    ],
    "HTML": [
        b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><br>", b"\n\n<!doctype HTML>\n<p>x",
        b"<html><body>Not found</body></html>", b"<!-- saved --><HTML lang=en><HEAD><TITLE>404</TITLE>",
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html/>',
        "<!DOCTYPE html><html><title>Ə</title>".encode("utf-16"), b"<script>location='x'</script>",
        b"<head><meta charset=utf-8>",
    ],
    "Word": [zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"})],
    "Excel": [zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": b"<a/>"})],
    "PowerPoint": [zipped({"ppt/presentation.xml": b"<a/>"})],
    "OpenDocument": [zipped({"mimetype": b"a", "content.xml": b"<a/>", "META-INF/manifest.xml": b"<a/>"})],
    "Office": [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)],
    "RTF": [b"{\\rtf1\\ansi route}"],
    "MBTiles": [database(TILES, "CREATE TABLE metadata (name TEXT, value TEXT)"),
                database("CREATE TABLE map (tile_id TEXT)", "CREATE VIEW tiles AS SELECT tile_id FROM map",
                         "CREATE TABLE metadata (name TEXT, value TEXT)")],
    "map tiles": [database("CREATE TABLE tiles (x INT)", "CREATE TABLE info (minzoom INT)"), database(TILES)],
    "SpatiaLite": [database("CREATE TABLE geometry_columns (a)", "CREATE TABLE spatial_ref_sys (a)")],
    "SQLite": [database("CREATE TABLE track (lat REAL, lon REAL)")],
    "GeoPackage": [database("CREATE TABLE gpkg_contents (table_name TEXT)", "CREATE TABLE gpkg_tile_matrix (a)")],
    "7-Zip": [b"7z\xbc\xaf\x27\x1c\0\4"],
    "RAR": [b"Rar!\x1a\x07\x01\0"],
    "tar": [tarred(), packed_gzip(tarred())],
    "xz": [b"\xfd7zXZ\0\0\4"],
    "AppleDouble": [b"\0\x05\x16\x07\0\x02\0\0Mac OS X"],
    "FlatGeobuf": [b"fgb\x03fgb\0"],
    "encoded polyline": [encoded(line, decimals).encode() + b"\n" for line in (LINE, OTHER) for decimals in (5, 6)],
    "NMEA": [b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\n"],
    "PRJ": [b'GEOGCS["WGS 84",DATUM["x"]]', b'PROJCS["a",GEOGCS["b"]]'],
    "Git LFS pointer": [b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"],
    "ITN": [b"4510000|3910000|Start|4|\r\n4520000|3920000|Stop|2|\r\n", b"-12345678|-3910000||0|\n"],
    "link": [b"[InternetShortcut]\nURL=https://x.invalid\n", b"https://maps.invalid/dir/39.2,45.4/38.9,46.0/@39.1,45.6\n",
             "Маршрут:\r\nhttps://www.openstreetmap.org/relation/12345".encode(), b"geo:39.2,45.4;u=35",
             b'<?xml version="1.0"?><plist version="1.0"/>'],
    "JavaScript": [b'var route = {"type": "FeatureCollection", "features": []};', b'callback({"type": "Feature"})'],
    "MapInfo MIF": [b'Version 300\nCharset "Neutral"\nDelimiter ","\n'],
    "text": [b"The route goes from Meghri to Agarak along the river.", "Երթուղի".encode()],
}  # fmt: skip
