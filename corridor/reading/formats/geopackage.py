"""The layers of a GeoPackage (OGC 12-128r18), read from its own bytes by plain SQLite; GDAL never sees them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corridor.reading.declared_systems import canonical, defined_name
from corridor.reading.faults import Json
from corridor.reading.formats.databases import DATABASE_ERRORS, Database
from corridor.reading.formats.encoding_checks import EncodingRead
from corridor.reading.formats.field_encoding import read_fields
from corridor.reading.limits import ENTRIES, Excess, Limits
from corridor.reading.reference_systems import system

CONTENTS, GEOMETRIES, SYSTEMS = "gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"
#: Bytes of the envelope by the three bits of the flags that tell of it (clause 2.1.3).
ENVELOPES = (0, 32, 48, 48, 64)
MAGIC = b"GP"
#: Bytes of a text that are not UTF-8, as they come.
NOT_UTF8 = re.compile("[\udc80-\udcff]")
#: Identifiers the standard keeps for “undefined”: Cartesian and geographic.
UNDEFINED = (-1, 0)


@dataclass(slots=True)
class BinaryLayer:
    """A layer of a GeoPackage, or a Shapefile: well-known binary and properties feature by feature.

    `system` is the reference system it names, None where it names none.
    `title` is what it is called for people, and `measures` the least and the most of its M values where they are told
    apart from its shapes. `encoding` is what is to be told of how its texts were read.
    """

    name: str
    system: str | None
    shapes: list[bytes | None] = field(default_factory=list)
    properties: list[dict[str, Any]] = field(default_factory=list)
    title: str = ""
    measures: tuple[float, ...] = ()
    encoding: EncodingRead | None = None


@dataclass(slots=True)
class Package:
    """What could be read of a GeoPackage.

    `unread` are layers by name with the rest of a sentence that says why they were not read; `count` how many layers it
    lists. `too_many` is what it has more of than is read.
    """

    layers: list[BinaryLayer] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0
    too_many: Excess | None = None


def read_layers(database: Database, limits: Limits) -> Package:
    """Return the layers of a GeoPackage, each read once; raises one of DATABASE_ERRORS where it lists none."""
    package = Package()
    if CONTENTS not in database.schema.tables or GEOMETRIES not in database.schema.tables:
        raise ValueError("it is an SQLite database without the tables of a GeoPackage")
    with database.bytes_kept():
        features = {
            str(table).lower(): str(title or table)
            for table, kind, title in database.rows(CONTENTS, ("table_name", "data_type", _title_column(database)))[1]
            if str(kind).lower() == "features"
        }
    titles, _ = _read_letters(features.values())
    listed: dict[str, tuple[str, str, Json]] = {}
    for table, column, srs in database.rows(GEOMETRIES, ("table_name", "column_name", "srs_id"))[1]:
        if str(table).lower() in features:
            listed.setdefault(str(table).lower(), (str(table), str(column), srs))
    package.count = len(listed)
    if package.count > limits.layers:
        return package
    systems = _systems(database)
    left, room = limits.features, limits.expanded_bytes
    for key, (table, column, srs) in listed.items():
        spelled = database.schema.tables.get(key) or database.schema.views.get(key)
        if spelled is None:
            package.unread.append((table, "the file has no table of this name"))
            continue
        layer = BinaryLayer(table, systems.get(srs), title=titles.get(features[key], features[key]))
        try:
            with database.bytes_kept():
                for shape, properties in _features(database, spelled, column):
                    left -= 1
                    room -= _size(shape, properties)
                    if left < 0 or room < 0:
                        in_bytes = Excess("bytes of shapes and values", limits.expanded_bytes)
                        package.too_many = Excess(ENTRIES, limits.features) if left < 0 else in_bytes
                        return package
                    layer.shapes.append(shape)
                    layer.properties.append(properties)
        except DATABASE_ERRORS as error:
            package.unread.append((table, database.why(error)))
            continue
        _put_in_letters(layer)
        package.layers.append(layer)
    return package


def _put_in_letters(layer: BinaryLayer) -> None:
    """Put the texts of a layer that are not UTF-8, as the standard asks, into the letters they are most likely in."""
    texts = (value for properties in layer.properties for value in properties.values() if isinstance(value, str))
    letters, layer.encoding = _read_letters(texts)
    if letters:
        for properties in layer.properties:
            properties.update([(name, letters[text]) for name, text in properties.items() if text in letters])


def _read_letters(texts: Iterable[str]) -> tuple[dict[str, str], EncodingRead | None]:
    """Return what texts with bytes that are not UTF-8 say, by the texts, and what is to be told of their encoding."""
    strange = list(dict.fromkeys(text for text in texts if not text.isascii() and NOT_UTF8.search(text)))
    if not strange:
        return {}, None
    values, encoding = read_fields([text.encode("utf-8", "surrogateescape") for text in strange], {})
    return dict(zip(strange, values, strict=True)), encoding and EncodingRead("UTF-8", encoding.read)


def _title_column(database: Database) -> str:
    """Return the column that holds what layers are called for people; a file may leave it out."""
    return "identifier" if "identifier" in database.declared(CONTENTS) else "table_name"


def _systems(database: Database) -> Mapping[Json, str]:
    """Return the reference systems by their numbers in the file, as an authority names them or as they are defined."""
    systems: dict[Json, str] = {}
    if SYSTEMS not in database.schema.tables:
        return systems
    wanted = ("srs_id", "organization", "organization_coordsys_id", "definition")
    for number, organization, code, definition in database.rows(SYSTEMS, wanted)[1]:
        if number in UNDEFINED:
            continue
        named = canonical(f"{str(organization).upper()}:{code}")
        defined = defined_name(definition) if isinstance(definition, str) else None
        # A number of somebody's own (“GDAL 99999”) says less than the definition beside it.
        name = named if system(named) is not None else defined
        if name is not None:
            systems[number] = name
    return systems


def _features(database: Database, table: str, column: str) -> Iterator[tuple[bytes | None, dict[str, Any]]]:
    declared = database.declared(table)
    names, rows = database.rows(table)
    lower = [name.lower() for name in names]
    if column.lower() not in lower:
        raise ValueError(f"it has no column “{column}”")
    at = lower.index(column.lower())
    keys = {name for name, (kind, primary) in declared.items() if primary and kind.startswith("INT")}
    truths = {name for name, (kind, _) in declared.items() if kind == "BOOLEAN"}
    kept = [(place, name) for place, name in enumerate(names) if place != at and name not in keys]
    for row in rows:
        properties = {name: _plain(row[place], name in truths) for place, name in kept if row[place] is not None}
        yield _binary(row[at]), properties


def _size(shape: bytes | None, properties: dict[str, Any]) -> int:
    """Return about how many bytes of memory a feature takes."""
    return len(shape or b"") + sum(len(value) if isinstance(value, str) else 8 for value in properties.values())


def _plain(value: Json, truth: bool) -> object:
    """Return a value of a column as JSON can hold it."""
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, float) and value - value != 0:
        return None
    return bool(value) if truth and isinstance(value, int) else value


def _binary(blob: Json) -> bytes | None:
    """Return the well-known binary of a geometry as a GeoPackage holds it, None for none or another form."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != MAGIC:
        return None
    flags = blob[3]
    envelope = (flags >> 1) & 0b111
    # Bit 5 says that the geometry is of an extension of its own.
    if envelope >= len(ENVELOPES) or flags & 0b100000:
        return None
    return blob[8 + ENVELOPES[envelope] :] or None
