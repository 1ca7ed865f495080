"""GDAL and PROJ kept from any other machine, and from every kind of file but those that are meant.

Imported with `corridor` itself, before anything imports either library: both read their environment once, as they
start. GDAL opens Shapefiles and writes GeoPackages; whatever else it can open is taken out of it, and what a reader
sends in another format never reaches it.
"""

import os

#: What GDAL may open or write.
DRIVERS = ("ESRI Shapefile", "GPKG")
#: The other drivers of vector files in the pinned build of GDAL; a test lists what remains.
SKIPPED = (
    "ADBC", "AIVector", "AmigoCloud", "AVCBin", "AVCE00", "Carto", "CSV", "CSW", "DGN", "DXF", "EDIGEO", "EEDA",
    "Elasticsearch", "ESRIJSON", "FlatGeobuf", "GDALG", "GeoJSON", "GeoJSONSeq", "GeoRSS", "GML", "GPSBabel", "GPX",
    "GTFS", "HTTP", "Idrisi", "JML", "JSONFG", "KML", "LIBKML", "LVBAG", "MapInfo File", "MapML", "MBTiles", "MEM",
    "MiraMonVector", "MVT", "NGW", "OAPIF", "ODS", "OGCAPI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "OpenFileGDB", "OSM",
    "PCIDSK", "PDF", "PDS4", "PGDUMP", "PLSCENES", "PMTiles", "S57", "Selafin", "SQLite", "SXF", "TopoJSON", "VDV",
    "VFK", "VICAR", "WAsP", "WFS", "XLSX",
)  # fmt: skip
#: An address that is nobody's (RFC 2606), and a port nothing answers on.
NOBODY = "https://nobody.invalid/"
#: Each of these alone would do for what it is about; together they hold where one was forgotten.
ENVIRONMENT = {
    "OGR_SKIP": ",".join(SKIPPED),
    "GDAL_DRIVER_PATH": "disable",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": NOBODY,
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_CONNECTTIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_HTTP_NETRC": "NO",
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    "GML_DOWNLOAD_SCHEMA": "NO",
    "PROJ_NETWORK": "OFF",
}

os.environ.update(ENVIRONMENT)
for _forgotten in ("OGR_SQLITE_LOAD_EXTENSIONS", "GDAL_SKIP", "GDAL_CONFIG_FILE", "PROJ_NETWORK_ENDPOINT"):
    os.environ.pop(_forgotten, None)
