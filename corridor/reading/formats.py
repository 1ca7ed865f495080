"""How a file that is not GeoJSON becomes GeoJSON: KML, KMZ, GPX, GeoPackage, zipped Shapefile."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pyogrio
import pyogrio.raw
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError
from shapely.geometry.base import BaseGeometry

from corridor.reading.archives import ARCHIVE_CHECKS, ZIP, contents, open_archive
from corridor.reading.checks_reading import FORMAT_CHECKS, Attempt
from corridor.reading.faults import Check, Finding, Json, Spot
from corridor.reading.json_text import BOM, WIDE
from corridor.reading.limits import Limits
from corridor.reading.reference_systems import is_plain
from corridor.reading.well_known_binary import short_lines
from corridor.reading.xml_text import XML_CHECKS, look_at

Found = list[tuple[Finding, Spot]]
SQLITE = b"SQLite format 3\0"
SHAPEFILE = b"\x00\x00\x27\x0a"
SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
GPX_LAYERS = ("tracks", "routes")
GDAL_ERRORS = (DataSourceError, DataLayerError, FieldError, GeometryError, ValueError, RuntimeError, OverflowError)


@dataclass(frozen=True, eq=False)
class Converted:
    """A file in another format: the GeoJSON document made of it, None when nothing could be.

    `system` is the reference system its coordinates are still in, None for longitude and latitude on WGS84.
    `geojson` holds the text instead when the file was only a wrapping around GeoJSON.
    """

    format: str
    found: Found
    document: dict[str, Any] | None = None
    system: str | None = None
    geojson: bytes | None = None


# GDAL leaves the heights of a track out of its geometry unless told so.
pyogrio.set_gdal_config_options({"GPX_ELE_AS_25D": True})


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
        return _read("GeoPackage", data, limits)
    if b"<" in data.removeprefix(BOM).lstrip()[:4]:
        return _xml(data, limits)
    return Converted("unknown", _found(Attempt("unknown", unknown=True)))


def _run(checks: tuple[Check[Any], ...], subject: Json) -> Found:
    return [(check.finding(spot), spot) for check in checks for spot in check.find(subject)]


def _found(attempt: Attempt) -> Found:
    return _run(FORMAT_CHECKS, attempt)


def _stops(found: Found) -> bool:
    return any(finding.blocks for finding, _ in found)


def _xml(data: bytes, limits: Limits, packed: bool = False) -> Converted:
    file = look_at(data, limits)
    found = _run(XML_CHECKS, file)
    name = {"kml": "KMZ" if packed else "KML", "gpx": "GPX"}.get(file.root, "XML")
    if _stops(found):
        return Converted(name, found)
    read = _read(name, data, limits, GPX_LAYERS if name == "GPX" else None)
    held = len(read.document["features"]) if read.document is not None else file.placemarks
    if file.placemarks > held:
        # GDAL leaves out what has no geometry without a word.
        found += _found(Attempt(name, unreadable=file.placemarks - held))
    return Converted(name, found + read.found, read.document, read.system)


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
    unpacked = contents(archive, (chosen,))
    if unpacked is None:
        return Converted("zip", _found(Attempt("zip", not_unpacked=True)))
    inner = unpacked[chosen]
    aside = _found(Attempt("zip", ignored=ignored))
    if is_json_like(inner):
        return Converted("GeoJSON", aside, geojson=inner)
    if inner.startswith(ZIP):
        return Converted("zip", _found(Attempt("zip", not_unpacked=True)))
    read = _read("GeoPackage", inner, limits) if inner.startswith(SQLITE) else _xml(inner, limits, packed=True)
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
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as fresh:
        for name, content in unpacked.items():
            fresh.writestr(f"route{parts[name]}", content)
    read = _read("Shapefile", packed.getvalue(), limits)
    return Converted("Shapefile", found + read.found, read.document, read.system)


def _read(name: str, data: bytes, limits: Limits, layers: tuple[str, ...] | None = None) -> Converted:
    """Read the vector layers of a file through GDAL into one feature collection."""
    features: list[dict[str, Any]] = []
    systems: dict[str, None] = {}
    vertices = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # By number: GDAL names a KML document without a name after its file, anew each time bytes are opened.
            for layer in layers or range(len(pyogrio.list_layers(data))):
                read = _layer(data, layer, limits.features + 1 - len(features))
                if read is None:
                    continue
                meta, wkb, columns = read
                shapes = shapely.from_wkb(wkb, on_invalid="ignore")
                vertices += int(shapely.get_num_coordinates(shapes).sum())
                if len(features) + len(shapes) > limits.features or vertices > limits.vertices:
                    return Converted(name, _found(Attempt(name, too_many=True)))
                if meta["crs"] and len(shapes):
                    systems[meta["crs"]] = None
                features += [
                    {"type": "Feature", "properties": properties, "geometry": _geometry(shape, raw)}
                    for shape, raw, properties in zip(
                        shapes, wkb, _properties(meta["fields"], columns, len(shapes)), strict=True
                    )
                ]
    except GDAL_ERRORS as error:
        return Converted(name, _found(Attempt(name, error=str(error))))
    unreadable = sum(feature["geometry"] is None for feature in features)
    system = next((one for one in systems if not is_plain(one)), None)
    attempt = Attempt(name, unreadable=unreadable, no_features=not features, systems=tuple(systems))
    return Converted(name, _found(attempt), {"type": "FeatureCollection", "features": features}, system)


def _layer(data: bytes, layer: str | int, most: int) -> tuple[dict[str, Any], Any, Any] | None:
    """Return (meta, geometries as WKB, columns) of a layer; None when it has no geometry or is not really there."""
    try:
        meta, _, wkb, columns = pyogrio.raw.read(data, layer=layer, max_features=most)
    except DataLayerError:
        # A KML of nothing but links lists a layer that cannot be opened.
        return None
    return None if wkb is None else (meta, wkb, columns)


def _geometry(shape: BaseGeometry | None, wkb: bytes | None) -> dict[str, Any] | None:
    if shape is None:
        return None if wkb is None else short_lines(wkb)
    # KML writes a height of zero for “on the ground”: no height at all.
    if shapely.has_z(shape) and not np.any(shapely.get_coordinates(shape, include_z=True)[:, 2]):
        shape = shapely.force_2d(shape)
    geometry: dict[str, Any] = orjson.loads(orjson.dumps(shapely.geometry.mapping(shape)))
    return geometry


def _properties(fields: Json, columns: Json, count: int) -> Iterator[dict[str, object]]:
    for row in range(count):
        values = ((str(field), _plain(column[row])) for field, column in zip(fields, columns, strict=True))
        yield {field: value for field, value in values if value is not None}


def _plain(value: Json) -> object:
    """Return a field's value as JSON can hold it."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
