"""How a file that is not GeoJSON becomes GeoJSON: KML, KMZ, GPX, GeoPackage, zipped Shapefile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from corridor.reading.faults import Check, FindingsWithSpots, Json
from corridor.reading.formats.archives import ARCHIVE_CHECKS, ZIP, contents, open_archive
from corridor.reading.formats.beside import BESIDE_CHECKS, Beside
from corridor.reading.formats.database_checks import DATABASE_CHECKS, Held
from corridor.reading.formats.databases import DATABASE_ERRORS, SQLITE, Database, is_logged, why
from corridor.reading.formats.geopackage import GeopackageLayer, read_layers
from corridor.reading.formats.gpx import read_gpx
from corridor.reading.formats.json_text import BOM, WIDE
from corridor.reading.formats.kml import read_kml
from corridor.reading.formats.reading_checks import FORMAT_CHECKS, Attempt
from corridor.reading.formats.shapefile import SHAPE_PARTS, SHAPEFILE, SHAPEFILE_ERRORS, read_shapefile
from corridor.reading.formats.well_known_binary import linear, short_lines
from corridor.reading.formats.write_ahead import with_log
from corridor.reading.formats.xml_text import XML_CHECKS, look_at, wrong
from corridor.reading.limits import Limits
from corridor.reading.reference_systems import is_plain

#: Bytes of the least a position has in well-known binary.
POSITION_BYTES = 16
#: What is raised for a shape that GeoJSON has no words for: arcs inside a collection, collections too deep.
UNWRITABLE = (NotImplementedError, TypeError, ValueError, AttributeError, RecursionError, shapely.errors.GEOSException)


@dataclass(frozen=True, eq=False)
class Converted:
    """A file in another format: the GeoJSON document made of it, None when nothing could be.

    `system` is the reference system its coordinates are still in, None for longitude and latitude on WGS84.
    `geojson` holds the text instead when the file was only a wrapping around GeoJSON.
    """

    format: str
    found: FindingsWithSpots
    document: Json = None
    system: str | None = None
    geojson: bytes | None = None


def is_json_like(data: bytes) -> bool:
    """Whether bytes are to be read as JSON: text that is neither XML nor an archive nor a database."""
    if data.startswith((*ZIP, SQLITE)):
        return False
    if data.startswith(tuple(WIDE)):
        return b"<" not in data[2:6]
    start = data.removeprefix(BOM).lstrip()[:400]
    if start[:1] == b"<" or start[:2] == b"\0<":
        return False
    return start[:1] in b"{[" or start[:2] in (b"\0{", b"\0[") or not (b"\0" in start or _binary(start))


def _binary(start: bytes) -> bool:
    """Whether more than one byte in ten is a control character no text has."""
    return sum(byte < 32 and byte not in b"\t\n\r\f\b\x1e" for byte in start) * 10 > len(start)


def convert(data: bytes, limits: Limits) -> Converted:
    """Return what a file that is not JSON becomes."""
    if data.startswith(ZIP):
        return _archive(data, limits)
    if data.startswith(SQLITE):
        return _geopackage(data, limits)
    if b"<" in data.removeprefix(BOM).lstrip()[:4]:
        return _xml(data, limits)
    return Converted("unknown", _found(Attempt("unknown", unknown=True)))


def _run(checks: tuple[Check[Any], ...], subject: Json) -> FindingsWithSpots:
    return [(check.finding(spot), spot) for check in checks for spot in check.find(subject)]


def _found(attempt: Attempt) -> FindingsWithSpots:
    return _run(FORMAT_CHECKS, attempt)


def _stops(found: FindingsWithSpots) -> bool:
    return any(finding.blocks for finding, _ in found)


def _xml(data: bytes, limits: Limits, packed: bool = False) -> Converted:
    file, beside = look_at(data, limits), Beside()
    found = _run(XML_CHECKS, file)
    name = {"kml": "KMZ" if packed else "KML", "gpx": "GPX"}.get(file.root, "XML")
    if _stops(found):
        return Converted(name, found)
    try:
        features = (read_gpx if name == "GPX" else read_kml)(data, beside)
    except (expat.ExpatError, ValueError, LookupError) as error:
        return Converted(name, found + _found(Attempt(name, error=wrong(error))))
    return _collected(name, features, (), found, beside)


def _collected(
    name: str, features: list[dict[str, Any]], systems: Sequence[str], found: FindingsWithSpots, beside: Beside
) -> Converted:
    """Return features as a document; `systems` are the reference systems that its layers with features name."""
    unreadable = sum(one["geometry"] is None for one in features)
    system = next((one for one in systems if not is_plain(one)), None)
    attempt = Attempt(name, unreadable=unreadable, no_features=not features, systems=tuple(systems))
    found = found + _found(attempt) + _run(BESIDE_CHECKS, beside)
    return Converted(name, found, {"type": "FeatureCollection", "features": features}, system)


def _archive(data: bytes, limits: Limits) -> Converted:
    archive = open_archive(data, limits)
    found = _run(ARCHIVE_CHECKS, archive)
    if _stops(found):
        return Converted("zip", found)
    names = [one.filename for one in archive.members or ()]
    shapes = [name for name in names if name.lower().endswith(".shp")]
    others = [name for name in names if name.lower().endswith((".kml", ".gpx", ".geojson", ".json", ".gpkg"))]
    if shapes:
        return _shapefile(archive.data, shapes, names, limits)
    if not others:
        return Converted("zip", _found(Attempt("zip", nothing_inside=True)))
    # A KMZ may hold several; its main one is doc.kml, or the first.
    chosen = next((name for name in others if name.lower() == "doc.kml"), others[0])
    ignored = tuple(name for name in others if name != chosen)
    # What a database in use has not taken up yet stands in a log beside it.
    log = next((name for name in names if name == f"{chosen}-wal"), None)
    unpacked = contents(archive, (chosen,) if log is None else (chosen, log))
    if unpacked is None:
        return Converted("zip", _found(Attempt("zip", not_unpacked=True)))
    inner = unpacked[chosen]
    aside = _found(Attempt("zip", ignored=ignored))
    if is_json_like(inner):
        return Converted("GeoJSON", aside, geojson=inner)
    if inner.startswith(ZIP):
        return Converted("zip", _found(Attempt("zip", not_unpacked=True)))
    if inner.startswith(SQLITE):
        read = _geopackage(inner, limits, unpacked.get(log or ""))
    else:
        read = _xml(inner, limits, packed=True)
    return Converted(read.format, aside + read.found, read.document, read.system)


def _shapefile(data: bytes, shapes: list[str], names: list[str], limits: Limits) -> Converted:
    """Read the first Shapefile of an archive from a fresh archive that holds its own parts and nothing else."""
    stem = shapes[0][:-4]
    parts = {name: name[len(stem) :].lower() for name in names if name.startswith(stem)}
    wanted = tuple(name for name, suffix in parts.items() if suffix in SHAPE_PARTS)
    missing = tuple(sorted({".shx", ".dbf"} - set(parts.values())))
    attempt = Attempt("Shapefile", ignored=tuple(shapes[1:]), missing=missing, no_system=".prj" not in parts.values())
    found = _found(attempt)
    unpacked = contents(open_archive(data, limits), wanted)
    if unpacked is None or not unpacked[shapes[0]].startswith(SHAPEFILE):
        return Converted("Shapefile", _found(Attempt("Shapefile", not_unpacked=True)))
    try:
        layer = read_shapefile({parts[name]: content for name, content in unpacked.items()}, limits.features + 1)
    except SHAPEFILE_ERRORS as error:
        return Converted("Shapefile", found + _found(Attempt("Shapefile", error=str(error))))
    return _layers("Shapefile", [layer], limits, found)


def _geopackage(data: bytes, limits: Limits, log: bytes | None = None) -> Converted:
    """Read a GeoPackage, with what its write-ahead log holds, once its schema was judged."""
    name = "GeoPackage"
    logged = is_logged(data)
    try:
        database = Database(data if log is None else with_log(data, log, limits.expanded_bytes))
    except DATABASE_ERRORS as error:
        return Converted(name, _found(Attempt(name, error=why(error))))
    try:
        held = Held(database.schema.virtual, database.schema.triggers, log_missing=logged and log is None)
        found = _run(DATABASE_CHECKS, held)
        if _stops(found):
            return Converted(name, found)
        package = read_layers(database, limits)
        found += _run(DATABASE_CHECKS, Held(unread=tuple(package.unread), layers=package.count, limits=limits))
    except DATABASE_ERRORS as error:
        return Converted(name, found + _found(Attempt(name, error=database.why(error))))
    finally:
        database.close()
    if package.too_many:
        return Converted(name, found + _found(Attempt(name, too_many=True)))
    return Converted(name, found) if _stops(found) else _layers(name, package.layers, limits, found)


def _layers(name: str, layers: Sequence[GeopackageLayer], limits: Limits, found: FindingsWithSpots) -> Converted:
    """Return the features of layers as one document."""
    features: list[dict[str, Any]] = []
    systems: dict[str, None] = {}
    vertices, beside = 0, Beside()
    for layer in layers:
        wkb = list(_linear(layer.shapes, limits.vertices - vertices))
        shapes = np.asarray(shapely.from_wkb(np.array(wkb, dtype=object), on_invalid="ignore"))
        vertices += int(shapely.get_num_coordinates(shapes).sum())
        if len(features) + len(wkb) > limits.features or vertices > limits.vertices:
            return Converted(name, found + _found(Attempt(name, too_many=True)))
        if layer.system and wkb:
            systems[layer.system] = None
        features += [
            {"type": "Feature", "properties": properties, "geometry": _geometry(shape, raw)}
            for shape, raw, properties in zip(shapes, wkb, layer.properties, strict=True)
        ]
    return _collected(name, features, tuple(systems), found, beside)


def _linear(shapes: Sequence[bytes | None], most: int) -> Iterator[bytes | None]:
    """Yield shapes without arcs; all arcs together become so many positions at most, and what is beyond them None."""
    for shape in shapes:
        straight = linear(shape, most)
        if straight is not None and straight is not shape:
            most -= len(straight) // POSITION_BYTES
        yield straight


def _geometry(shape: BaseGeometry | None, wkb: bytes | None) -> dict[str, Any] | None:
    if shape is None:
        return None if wkb is None else short_lines(wkb)
    # Programs write a height of zero for “on the ground”: no height at all.
    if shapely.has_z(shape) and not np.any(shapely.get_coordinates(shape, include_z=True)[:, 2]):
        shape = shapely.force_2d(shape)
    try:
        geometry: dict[str, Any] = orjson.loads(orjson.dumps(shapely.geometry.mapping(shape)))
    except UNWRITABLE:
        return None
    return geometry
