"""The features of a Shapefile, read by GDAL's own driver for it, which is the only one that is left to it."""

import io
import struct
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyogrio.raw
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

from corridor.reading.declared_systems import defined_name
from corridor.reading.faults import Json
from corridor.reading.formats.encoding_checks import EncodingRead
from corridor.reading.formats.field_encoding import read_fields
from corridor.reading.formats.geopackage import BinaryLayer

#: How the first part of a Shapefile begins (ESRI, 1998, page 4).
SHAPEFILE = b"\x00\x00\x27\x0a"
SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
#: The kinds of shapes with M values, and with heights and perhaps M values
#: (ESRI, 1998, pages 4 and 15 to 22).
WITH_M, WITH_Z = (21, 23, 25, 28), (11, 13, 15, 18)
#: What GDAL is given: reference system and encoding are read here, where a name can lead nowhere.
FOR_GDAL = (".shp", ".shx", ".dbf")
#: The encoding in which every byte is a letter: GDAL hands on the texts as they are.
BYTES = "ISO-8859-1"
#: Bytes of its header, of the header of each record, and where the number of its bytes stands (pages 4 and 5).
HEADER, RECORD, LENGTH_AT = 100, 8, slice(24, 28)
#: Where a table (.dbf) says how many rows it has (dBASE III).
ROWS_AT = slice(4, 8)
#: The least a record has after its header: the kind of its shape.
LEAST_RECORD = 4
#: The header of a .dbf without its columns.
LEAST_TABLE = 32
#: How a row begins that was deleted, and one that was not (dBASE III): programs keep both until a table is packed.
DELETED, KEPT = 0x2A, 0x20
SHAPEFILE_ERRORS = (DataSourceError, DataLayerError, FieldError, GeometryError, ValueError, RuntimeError, OverflowError)


class ShapefileError(ValueError):
    """A Shapefile cannot be read; the text is the rest of a sentence that says why."""


@dataclass(frozen=True, slots=True)
class ShortTable:
    """How many rows the table of a Shapefile has for its shapes, of which there are more."""

    rows: int
    shapes: int


def index_of(shp: bytes) -> bytes:
    """Return the index (.shx) of a .shp, made from its records; raises ShapefileError where they do not follow on."""
    entries = bytearray()
    at = HEADER
    while at + RECORD <= len(shp):
        words = int.from_bytes(shp[at + 4 : at + RECORD], "big")
        if 2 * words < LEAST_RECORD or at + RECORD + 2 * words > len(shp):
            break
        entries += (at // 2).to_bytes(4, "big") + words.to_bytes(4, "big")
        at += RECORD + 2 * words
    stated = 2 * int.from_bytes(shp[LENGTH_AT], "big")
    if stated > len(shp):
        raise ShapefileError(f"its .shp is cut short: {len(shp):,} bytes of {stated:,} are there")
    if at < min(stated, len(shp)):
        raise ShapefileError("a record of its .shp is damaged")
    header = bytearray(shp[:HEADER])
    header[LENGTH_AT] = ((HEADER + len(entries)) // 2).to_bytes(4, "big")
    return bytes(header + entries)


def dbf_cut_at(dbf: bytes) -> int | None:
    """Return how long a table is that is cut short, None for a whole one, by its counts of rows and bytes."""
    if len(dbf) < LEAST_TABLE:
        return len(dbf) if dbf else None
    rows, header, row = struct.unpack_from("<IHH", dbf, 4)
    return len(dbf) if len(dbf) < header + rows * row else None


def with_rows_that_came(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts of a Shapefile with a table that is cut short ended after the row it was cut in, or left out.

    A line is not lost for its name, and the rows that came keep theirs. How many rows a table says it has is not
    trusted: a few bytes could ask for gigabytes of them.
    """
    dbf = parts.get(".dbf", b"")
    if dbf_cut_at(dbf) is None:
        return dict(parts)
    _, header, row = struct.unpack_from("<IHH", dbf, 4) if len(dbf) >= LEAST_TABLE else (0, 0, 0)
    if not LEAST_TABLE < header <= len(dbf):
        return {suffix: data for suffix, data in parts.items() if suffix != ".dbf"}
    rows = -((header - len(dbf)) // row)
    table = bytearray(dbf.ljust(header + rows * row))
    table[ROWS_AT] = rows.to_bytes(4, "little")
    return {**parts, ".dbf": bytes(table)}


def with_deleted_rows(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], int]:
    """Return the parts of a Shapefile with no row of its table marked as deleted, and how many were.

    The shapes of such rows are whole, and GDAL would leave them out without a word.
    """
    dbf = parts.get(".dbf", b"")
    rows, header, row = struct.unpack_from("<IHH", dbf, 4) if len(dbf) >= LEAST_TABLE else (0, 0, 0)
    marks = np.frombuffer(dbf, dtype=np.uint8)[header : header + rows * row : row] if row and header else np.empty(0)
    deleted = marks == DELETED
    if not deleted.any():
        return dict(parts), 0
    table = np.frombuffer(dbf, dtype=np.uint8).copy()
    table[header : header + rows * row : row][deleted] = KEPT
    return {**parts, ".dbf": table.tobytes()}, int(deleted.sum())


def is_index(data: bytes) -> bool:
    """Whether bytes that begin like a .shp are its index: an entry for the first record, which stands at 100 bytes."""
    return data[HEADER : HEADER + 4] == (HEADER // 2).to_bytes(4, "big") and (len(data) - HEADER) % RECORD == 0


def read_shapefile(parts: Mapping[str, bytes], most: int) -> BinaryLayer:
    """Return at most so many features of a Shapefile, given as the bytes of its parts by suffix.

    Raises ShapefileError for a damaged one.
    """
    # Whatever a file is called, GDAL opens it by what it holds.
    if not parts[".shp"].startswith(SHAPEFILE):
        raise ShapefileError("its .shp is no Shapefile")
    # Its own index may be missing, or that of another file; one made from the records fits them.
    parts = {**parts, ".shx": index_of(parts[".shp"])}
    names, shapes, columns = _read_by_gdal(parts, FOR_GDAL, most)
    layer = BinaryLayer("route", defined_name(parts.get(".prj", b"")), shapes)
    layer.measures = measures(parts[".shp"])
    fields, columns, layer.encoding = _in_letters(names, columns, parts)
    layer.properties.extend(_properties(fields, columns, len(shapes)))
    table = rows_short(parts)
    if table is not None and len(shapes) < most:
        _, more, _ = _read_by_gdal(parts, (".shp", ".shx"), most - len(shapes), after=table.rows)
        layer.shapes.extend(more)
        layer.properties.extend({} for _ in more)
    return layer


def rows_short(parts: Mapping[str, bytes]) -> ShortTable | None:
    """Return how many rows a table (.dbf) has where the .shp has more shapes than that; None for any other.

    GDAL reads as many shapes as there are rows. Raises ShapefileError for a damaged .shp.
    """
    table = parts.get(".dbf", b"")
    if len(table) < LEAST_TABLE:
        return None
    shapes = (len(index_of(parts[".shp"])) - HEADER) // RECORD
    rows = int.from_bytes(table[ROWS_AT], "little")
    return ShortTable(rows, shapes) if rows < shapes else None


def _read_by_gdal(
    parts: Mapping[str, bytes], suffixes: Sequence[str], most: int, after: int = 0
) -> tuple[list[str], list[bytes | None], list[Any]]:
    """Return names of fields, shapes as well-known binary and the column of each field, from the record `after` on."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for suffix in suffixes:
            if suffix in parts:
                archive.writestr(f"route{suffix}", parts[suffix])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # In memory: a worker that is ended leaves no file behind.
        try:
            meta, _, shapes, columns = pyogrio.raw.read(
                packed.getvalue(), skip_features=after, max_features=most, encoding=BYTES
            )
        except (IndexError, *SHAPEFILE_ERRORS):
            # GDAL's own words name a place in its memory, and other programs' options.
            raise ShapefileError("its parts are damaged, or do not belong together") from None
    if shapes is None:
        raise ShapefileError("it holds no geometries")
    return list(map(str, meta["fields"])), list(shapes), list(columns)


def measures(shp: bytes) -> tuple[float, ...]:
    """Return the least and the most M value of a Shapefile by its header, () where its kind of shape has none.

    GDAL's reader of shapes leaves M values out. Kinds with heights have room for them, where 0 to 0 means none.
    """
    if len(shp) < HEADER:
        return ()
    (kind,) = struct.unpack_from("<i", shp, 32)
    least, most = struct.unpack_from("<2d", shp, 84)
    return (least, most) if kind in WITH_M or (kind in WITH_Z and (least or most)) else ()


def _in_letters(
    fields: list[str], columns: Json, parts: Mapping[str, bytes]
) -> tuple[list[str], list[Any], EncodingRead | None]:
    """Return names and columns with their texts in the encoding they are in, and what is to be told of it."""
    held: dict[str, None] = dict.fromkeys(fields)
    for column in columns:
        if column.dtype == object:
            held |= dict.fromkeys(value for value in column if isinstance(value, str))
    values, encoding = read_fields([text.encode("latin-1", "replace") for text in held], parts)
    letters = dict(zip(held, values, strict=True))
    changed = [
        [letters[value] if isinstance(value, str) else value for value in column] if column.dtype == object else column
        for column in columns
    ]
    return [letters[name] for name in fields], changed, encoding


def _properties(fields: Json, columns: Json, count: int) -> Iterator[dict[str, Any]]:
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
