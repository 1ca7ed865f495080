"""KML, KMZ, GPX, GeoJSON, Shapefiles and stories that name an address or a file, in each way a program might follow."""

# ruff: noqa: E501 - what an attacker writes stands on one line here as it does in the file.

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas
import shapely

LINE = [[46.2, 38.9], [46.21, 38.91], [46.22, 38.9]]
COORDINATES = " ".join(f"{x},{y}" for x, y in LINE)
KML = 'xmlns="http://www.opengis.net/kml/2.2"'
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
PLACEMARK = (
    f"<Placemark><name>Own route</name><LineString><coordinates>{COORDINATES}</coordinates></LineString></Placemark>"
)
TRACK = (
    "<trk><name>Own route</name><trkseg>"
    + "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in LINE)
    + "</trkseg></trk>"
)


def kml(attributes: str = KML, inside: str = "", before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<kml {attributes}><Document>{inside}{PLACEMARK}</Document></kml>'.encode()


def gpx(attributes: str, inside: str = "", before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<gpx version="1.1" creator="a" {attributes}>{inside}{TRACK}</gpx>'.encode()


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def shapefile(folder: str, prj: str) -> bytes:
    """A zipped Shapefile whose .prj is this text."""
    frame = geopandas.GeoDataFrame({"name": ["Own route"]}, geometry=[shapely.LineString(LINE)], crs="EPSG:4326")
    frame.to_file(f"{folder}/route.shp")
    members = {f"route.{suffix}": Path(folder, f"route.{suffix}").read_bytes() for suffix in ("shp", "shx", "dbf")}
    return packed({**members, "route.prj": prj.encode()})


def texts(url: str, canary: str) -> Iterator[tuple[str, bytes]]:
    """Files by name; `url` is an address that listens, `canary` the path of a file that nobody sent."""
    schema = f'{XSI} xsi:schemaLocation="http://www.opengis.net/gml {url}/a.xsd http://x.invalid {url}/b.xsd"'
    gml = 'xmlns:gml="http://www.opengis.net/gml"'
    gml32 = 'xmlns:gml="http://www.opengis.net/gml/3.2"'
    hints = {
        "gml": f"{KML} {gml} {schema}",
        "gml 3.2": f"{KML} {gml32} {schema}",
        "gml as default": f'xmlns="http://www.opengis.net/gml" {schema}',
        "no namespace schema": f'{KML} {gml} {XSI} xsi:noNamespaceSchemaLocation="{url}/c.xsd"',
        "wfs": f'{KML} xmlns:wfs="http://www.opengis.net/wfs" {gml} {schema}',
        "file schema": f'{KML} {gml} {XSI} xsi:schemaLocation="http://www.opengis.net/gml file://{canary}"',
    }
    for name, attributes in hints.items():
        yield f"{name}.kml", kml(attributes)
        yield f"{name}.gpx", gpx(attributes.replace(KML, 'xmlns="http://www.topografix.com/GPX/1/1"'))
        yield (
            f"{name}.kmz",
            packed({"doc.kml": kml(attributes), "doc.xsd": b"<xs/>", "doc.gfs": b"<GMLFeatureClassList/>"}),
        )
    collection = (
        f'<wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs" {gml} {schema}><gml:featureMember/>'
        "</wfs:FeatureCollection>"
    )
    yield "features.gml", collection.encode()
    yield "gml named.kml", collection.encode()
    entities = {
        "dtd": f'<!DOCTYPE kml SYSTEM "{url}/a.dtd">',
        "public dtd": f'<!DOCTYPE kml PUBLIC "x" "{url}/a.dtd">',
        "entity": f'<!DOCTYPE kml [<!ENTITY a SYSTEM "file://{canary}">]>',
        "parameter entity": f'<!DOCTYPE kml [<!ENTITY % a SYSTEM "{url}/a.ent"> %a;]>',
        "laughs": '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    }
    for name, before in entities.items():
        yield f"{name}.kml", kml(inside="<name>&a;</name>", before=before)
        yield f"{name} utf-16.kml", kml(inside="<name>&a;</name>", before=before).decode().encode("utf-16")
        yield f"{name}.gpx", gpx("", before=before)
    yield "style sheet.kml", kml(before=f'<?xml-stylesheet type="text/xsl" href="{url}/a.xsl"?>')
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{canary}" parse="text"/>'
    yield "included.kml", kml(inside=f"<name>{include}</name>")
    for element in ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay"):
        tag = "Link" if element == "NetworkLink" else "Icon"
        inside = f"<{element}><{tag}><href>{url}/a.kml</href></{tag}></{element}>"
        yield f"{element}.kml", kml(inside=inside)
    yield "link to a file.kml", kml(inside=f"<NetworkLink><Link><href>file://{canary}</href></Link></NetworkLink>")
    yield "style.kml", kml(inside=f"<Style><IconStyle><Icon><href>{url}/a.png</href></Icon></IconStyle></Style>")
    yield "style url.kml", kml(inside=f"<Placemark><styleUrl>{url}/a.kml#b</styleUrl></Placemark>")
    model = f"<Placemark><Model><Link><href>{url}/a.dae</href></Link></Model></Placemark>"
    yield "model.kml", kml(inside=model)
    yield (
        "update.kml",
        kml(inside=f"<NetworkLinkControl><Update><targetHref>{url}/a</targetHref></Update></NetworkLinkControl>"),
    )
    yield (
        "html.kml",
        kml(inside=f"<Placemark><description><![CDATA[<img src='{url}/a.png'>]]></description></Placemark>"),
    )
    yield (
        "vrt.kml",
        kml(
            inside=f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{canary}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
        ),
    )
    yield (
        "vrt",
        f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>{url}/a</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'.encode(),
    )
    yield "service", f'<GDAL_WMS><Service name="WMS"><ServerUrl>{url}</ServerUrl></Service></GDAL_WMS>'.encode()
    for prefix in (
        "TopoJSON:",
        "GeoJSON:",
        "ESRIJSON:",
        "WFS:",
        "OAPIF:",
        "/vsicurl/",
        "GMLAS:",
        "CSW:",
        "EEDA:",
        "PG:",
        "CARTO:",
    ):
        yield f"prefix {prefix.strip(':/')}", f"{prefix}{url}/a".encode()
    esri = {
        "featureSets": url,
        "currentVersion": 10,
        "geometryType": "esriGeometryPolyline",
        "features": [],
        "exceededTransferLimit": True,
    }
    yield "esri.json", json.dumps(esri).encode()
    yield from _of_other_programs(url, canary)
    landing = {"conformsTo": [], "links": [{"rel": "data", "href": f"{url}/collections", "type": "application/json"}]}
    yield "landing.json", json.dumps(landing).encode()
    systems = {
        "address": url,
        "gml": f"{url}/epsg.xml#4326",
        "opengis beside": f"http://www.opengis.net.{url.removeprefix('http://')}/def/crs/EPSG/0/4326",
        "grid": f"+proj=longlat +ellps=krass +nadgrids={canary} +no_defs",
        "grid at an address": f"+proj=longlat +ellps=krass +nadgrids={url}/a.tif +no_defs",
        "heights": f"+proj=longlat +datum=WGS84 +geoidgrids={canary}",
        "init": f"+init={canary}:x",
        "init without sign": f"init={canary}:x",
        "file": f"@{canary}",
        "path": canary,
        "authority": f"EPSG:{canary}",
        "file address": f"file://{canary}",
        "pipeline": f"+proj=pipeline +step +proj=hgridshift +grids={canary}",
        "urn": f"urn:ogc:def:crs:{url}",
        "json": json.dumps({"type": "GeographicCRS", "$schema": url, "name": "x"}),
    }
    for name, system in systems.items():
        crs = {"type": "name", "properties": {"name": system}}
        line = {"type": "LineString", "coordinates": LINE}
        yield f"system {name}.geojson", json.dumps({**line, "crs": crs}).encode()
        link = {"type": "link", "properties": {"href": system, "type": "proj4"}}
        yield f"linked system {name}.geojson", json.dumps({**line, "crs": link}).encode()


def _of_other_programs(url: str, canary: str) -> Iterator[tuple[str, bytes]]:
    """JSON of other programs, OpenStreetMap's XML and sequences, in which an address or a file is named."""
    line = {
        "type": "Feature",
        "properties": {"name": "Own route"},
        "geometry": {"type": "LineString", "coordinates": LINE},
    }
    places = [{"lat": y, "lon": x} for x, y in LINE]
    layer = {
        "type": "FeatureCollection",
        "features": [line],
        "_umap_options": {"remoteData": {"url": f"{url}/a.geojson"}},
    }
    empty = {"type": "FeatureCollection", "features": [], "_umap_options": {"remoteData": {"url": f"{url}/b.geojson"}}}
    arcs = {"type": "LineString", "arcs": [0], "properties": {"name": "Own route", "href": url}}
    documents = {
        "umap.umap": {"type": "umap", "uri": url, "layers": [layer, empty]},
        "topology.topojson": {"type": "Topology", "$ref": f"file://{canary}", "arcs": [LINE], "objects": {"a": arcs}},
        "overpass.json": {"version": 0.6, "generator": url, "elements": [
            {"type": "way", "id": 1, "geometry": places, "tags": {"name": "Own route", "website": url}},
            {"type": "relation", "id": 2, "members": [{"type": "way", "ref": f"{url}/api/0.6/way/7"}]}]},
        "osrm.json": {"code": "Ok", "routes": [{"geometry": url, "legs": [], "hint": canary}]},
        "esri features.json": {"features": [{"attributes": {"name": "Own route"}, "geometry": {"paths": [LINE]}}],
                               "spatialReference": {"wkt": url}},
        "esri grid.json": {"paths": [LINE], "spatialReference": {"wkt": f"+proj=longlat +nadgrids={canary}"}},
        "inside.json": {"next": url, "data": {"links": [{"href": f"file://{canary}"}], "route": line}},
        "kepler.json": {"datasets": [{"data": {"allData": [], "url": url}}], "info": {"app": "kepler.gl"}},
        "style.json": {"version": 8, "sources": {"a": {"type": "geojson", "data": url}}, "sprite": f"file://{canary}"},
    }  # fmt: skip
    for name, document in documents.items():
        yield name, json.dumps(document).encode()
        yield f"{name}.gz", gzip.compress(json.dumps(document).encode(), mtime=0)
    reference = json.dumps({"$ref": f"file://{canary}"}).encode()
    yield "sequence.geojsonl", b"\n".join([reference, json.dumps(line).encode(), json.dumps(url).encode()])
    yield "sequence.geojsons", b"\x1e" + json.dumps(line).encode() + b"\x1e" + reference
    nodes = "".join(f'<node id="{n}" lat="{y}" lon="{x}"/>' for n, (x, y) in enumerate(LINE))
    way = f'<way id="1"><nd ref="0"/><nd ref="1"/><nd ref="2"/><tag k="name" v="Own route"/><tag k="url" v="{url}"/></way>'
    yield "map.osm", f'<osm version="0.6" generator="{url}">{nodes}{way}</osm>'.encode()
    yield "page.kml", f'<!DOCTYPE html><meta http-equiv="refresh" content="0;url={url}"><title>x</title>'.encode()
    yield "rootless.kml", f"{PLACEMARK}<NetworkLink><Link><href>{url}</href></Link></NetworkLink>".encode()


def definitions(url: str, canary: str) -> Iterator[tuple[str, str]]:
    """Well-known text of a reference system, as a .prj or a GeoPackage holds it, that names a grid or an address."""
    datum = (
        'GEOGCS["a",DATUM["b",SPHEROID["c",6378245,298.3]{}],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]{}]'
    )
    for name, target in (("file", canary), ("address", f"{url}/a.tif")):
        yield (
            f"extension {name}",
            datum.format("", f',EXTENSION["PROJ4","+proj=longlat +ellps=krass +nadgrids={target}"]'),
        )
        yield f"inner extension {name}", datum.format(f',EXTENSION["PROJ4_GRIDS","{target}"]', "")
        yield (
            f"parameter file {name}",
            (
                'BOUNDCRS[SOURCECRS[GEOGCRS["a",DATUM["b",ELLIPSOID["c",6378245,298.3]],CS[ellipsoidal,2],AXIS["x",east],'
                'AXIS["y",north],UNIT["degree",0.0174532925199433]]],TARGETCRS[GEOGCRS["d",DATUM["e",ELLIPSOID["f",6378137,'
                '298.257]],CS[ellipsoidal,2],AXIS["x",east],AXIS["y",north],UNIT["degree",0.0174532925199433]]],'
                f'ABRIDGEDTRANSFORMATION["g",METHOD["NTv2",ID["EPSG",9615]],PARAMETERFILE["h","{target}"]]]'
            ),
        )
        yield f"string {name}", f"+proj=longlat +ellps=krass +nadgrids={target}"
        yield f"plain {name}", target
