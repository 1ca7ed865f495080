"""The features of a Shapefile, read by GDAL's own driver for it, which is the only one that is left to it."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyogrio.raw
from pyogrio.errors import DataLayerError, DataSourceError, FieldError, GeometryError

from corridor.reading.faults import Json
from corridor.reading.formats.geopackage import GeopackageLayer
from corridor.reading.reference_systems import declared_system

#: How the first part of a Shapefile begins (ESRI, 1998, page 4).
SHAPEFILE = b"\x00\x00\x27\x0a"
SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
#: What GDAL is given: the reference system is read here, where a name can lead nowhere.
FOR_GDAL = (".shp", ".shx", ".dbf", ".cpg")
SHAPEFILE_ERRORS = (DataSourceError, DataLayerError, FieldError, GeometryError, ValueError, RuntimeError, OverflowError)


def read_shapefile(parts: Mapping[str, bytes], most: int) -> GeopackageLayer:
    """Return at most so many features of a Shapefile, given as the bytes of its parts by suffix.

    Raises one of SHAPEFILE_ERRORS for a damaged one.
    """
    # Whatever a file is called, GDAL opens it by what it holds.
    if not parts[".shp"].startswith(SHAPEFILE):
        raise ValueError("its .shp is no Shapefile")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for suffix in FOR_GDAL:
            if suffix in parts:
                archive.writestr(f"route{suffix}", parts[suffix])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # In memory: a worker that is ended leaves no file behind.
        try:
            meta, _, shapes, columns = pyogrio.raw.read(packed.getvalue(), max_features=most)
        except (IndexError, DataSourceError, DataLayerError):
            # GDAL's own words name a place in its memory, and other programs' options.
            raise ValueError("its parts are damaged, or do not belong together") from None
    if shapes is None:
        raise ValueError("it holds no geometries")
    layer = GeopackageLayer("route", declared_system(parts.get(".prj", b"")), list(shapes))
    layer.properties.extend(_properties(meta["fields"], columns, len(layer.shapes)))
    return layer


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
