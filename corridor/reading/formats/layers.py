"""Features of layers that hold shapes as well-known binary: those of a GeoPackage, and of a Shapefile."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.reading.faults import FindingsWithSpots
from corridor.reading.formats.arcs import ArcTally
from corridor.reading.formats.beside import Beside
from corridor.reading.formats.converted import Converted, collected, noticed
from corridor.reading.formats.feature_texts import LONG_LINE, FeatureTexts
from corridor.reading.formats.geopackage import BinaryLayer
from corridor.reading.formats.layer_systems import LayerSystem, declare_systems
from corridor.reading.formats.layer_values import count_arcs, count_measures, plain_shapes
from corridor.reading.formats.reading_checks import Attempt
from corridor.reading.formats.well_known_binary import ON_ARCS, linear, short_lines
from corridor.reading.formats.xml_features import flat
from corridor.reading.limits import ENTRIES, POSITIONS, Excess, Limits, TooMuchError
from corridor.reading.names import name_in

#: Bytes of the least a position has in well-known binary.
POSITION_BYTES = 16
#: Features that are made at a time: all at once, their shapes would be several times their bytes.
AT_A_TIME = 2_000
#: What shapely raises for a shape that GeoJSON has no words for: arcs inside a collection (NotImplementedError),
#: collections too deep (RecursionError).
UNWRITABLE = (NotImplementedError, TypeError, ValueError, AttributeError, RecursionError, shapely.errors.GEOSException)


def of_layers(
    name: str, layers: Sequence[BinaryLayer], limits: Limits, findings: FindingsWithSpots, beside: Beside
) -> Converted:
    """Return the features of layers as one document; `beside` takes up what their shapes hold beside courses."""
    features = FeatureTexts()
    systems: list[LayerSystem] = []
    vertices = count = 0
    for layer in layers:
        arcs = ArcTally()
        count += len(layer.shapes)
        placed = 0
        try:
            for wkb, shapes, properties in _some_at_a_time(layer, limits.vertices - vertices, arcs):
                vertices += int(shapely.get_num_coordinates(shapes).sum())
                if vertices > limits.vertices or count > limits.features:
                    continue
                for shape, raw, values in zip(plain_shapes(shapes, beside), wkb, properties, strict=True):
                    name_in(values, "layer", layer.title, always=len(layers) > 1)
                    geometry = _geometry(shape, raw)
                    placed += geometry is not None
                    features.append({"type": "Feature", "properties": values, "geometry": geometry})
        except TooMuchError:
            on_arcs = Excess(ON_ARCS, limits.vertices)
            return Converted(name, findings + noticed(Attempt(name, too_many=on_arcs)))
        excess = _excess(count, vertices, limits, last=layer is layers[-1])
        if excess is not None:
            return Converted(name, findings + noticed(Attempt(name, too_many=excess)))
        count_arcs(arcs, layer.system, beside)
        count_measures(np.array(layer.measures), beside)
        systems.append((layer.system, placed))
    made = collected(name, features, findings, beside)
    if not declare_systems(made.document, systems, limits.expanded_bytes):
        excess = Excess("bytes of names of reference systems", limits.expanded_bytes)
        return Converted(name, findings + noticed(Attempt(name, too_many=excess)))
    return made


def _excess(features: int, vertices: int, limits: Limits, *, last: bool) -> Excess | None:
    """Return what there is more of than is read; layers that follow the last one counted may have more of it."""
    if features > limits.features:
        return Excess(ENTRIES, limits.features)
    return Excess(POSITIONS, limits.vertices, vertices if last else None) if vertices > limits.vertices else None


def _some_at_a_time(
    layer: BinaryLayer, most: int, arcs: ArcTally
) -> Iterator[tuple[list[bytes | None], NDArray[np.object_], list[dict[str, Any]]]]:
    """Yield the shapes of a layer, as binary without arcs and read, and their properties; they are taken out of it."""
    straight = _linear(iter(layer.shapes), most, arcs)
    for first in range(0, len(layer.shapes), AT_A_TIME):
        some = slice(first, first + AT_A_TIME)
        wkb = list(islice(straight, AT_A_TIME))
        shapes = np.asarray(shapely.from_wkb(np.array(wkb, dtype=object), on_invalid="ignore"))
        yield wkb, shapes, layer.properties[some]
        layer.shapes[some] = [None] * len(wkb)
        layer.properties[some] = [{}] * len(wkb)


def _linear(shapes: Iterator[bytes | None], most: int, arcs: ArcTally) -> Iterator[bytes | None]:
    """Yield shapes without arcs; raises TooMuchError where all arcs together become more than so many positions."""
    for shape in shapes:
        straight = linear(shape, most, arcs)
        if straight is not None and straight is not shape:
            most -= len(straight) // POSITION_BYTES
        yield straight


def _geometry(shape: BaseGeometry | None, wkb: bytes | None) -> dict[str, Any] | None:
    if shape is None:
        return None if wkb is None else short_lines(wkb)
    try:
        if isinstance(shape, shapely.LineString) and shapely.get_num_coordinates(shape) >= LONG_LINE:
            rows = shapely.get_coordinates(shape, include_z=bool(shapely.has_z(shape)))
            if np.isfinite(rows).all():
                return {"type": "LineString", "coordinates": rows}
        geometry: dict[str, Any] = shapely.geometry.mapping(shape)
        if isinstance(shape, shapely.GeometryCollection):
            # Some in each other may be too many to be written.
            orjson.dumps(geometry)
        if shapely.has_z(shape) and not np.isfinite(shapely.get_coordinates(shape, include_z=True)[:, 2]).all():
            geometry = orjson.loads(orjson.dumps(geometry))
            _without_missing_heights(geometry)
    except UNWRITABLE:
        return None
    return geometry


def _without_missing_heights(geometry: dict[str, Any]) -> None:
    """Take what stands for a missing height out of the positions of a geometry: NaN, which JSON writes as null."""
    for part in geometry.get("geometries", [geometry]):
        for position in flat(part.get("coordinates")):
            if position[2:] == [None]:
                del position[2:]
