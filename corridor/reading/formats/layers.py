"""Features of layers that hold shapes as well-known binary: those of a GeoPackage, and of a Shapefile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from corridor.reading.formats.feature_texts import LONG_LINE, FeatureTexts, positions
from corridor.reading.formats.geopackage import BinaryLayer
from corridor.reading.formats.layer_systems import LayerSystem, declare_systems
from corridor.reading.formats.layer_values import count_arcs, count_measures, plain_shapes
from corridor.reading.formats.reading_checks import Attempt
from corridor.reading.formats.well_known_binary import ON_ARCS, linear, long_lines, short_lines
from corridor.reading.formats.xml_features import flat, grounded
from corridor.reading.limits import ENTRIES, POSITIONS, Excess, Limits, TooMuchError
from corridor.reading.names import name_in

#: Bytes of the least a position has in well-known binary.
POSITION_BYTES = 16
#: Bytes of a shape from which on it is read without an object for each of its parts.
LONG = LONG_LINE * POSITION_BYTES
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
            for some, properties in _some_at_a_time(layer, limits.vertices - vertices, arcs):
                vertices += some.vertices
                if vertices > limits.vertices or count > limits.features:
                    continue
                for geometry, values in zip(some.geometries(beside), properties, strict=True):
                    name_in(values, "layer", layer.title, always=len(layers) > 1)
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


@dataclass(frozen=True, eq=False, slots=True)
class _Shapes:
    """Some shapes of a layer: their binary without arcs; long lines by their numbers as GeoJSON, and the others."""

    wkb: list[bytes | None]
    long: dict[int, dict[str, Any]]
    others: NDArray[np.object_]

    @staticmethod
    def of(wkb: list[bytes | None]) -> "_Shapes":
        """Return well-known binary as shapes."""
        each = ((number, long_lines(raw)) for number, raw in enumerate(wkb) if raw is not None and len(raw) >= LONG)
        long = {number: geometry for number, geometry in each if geometry is not None}
        others = np.array([None if number in long else raw for number, raw in enumerate(wkb)], dtype=object)
        # Numbers that are none are told of where positions are looked at.
        with np.errstate(invalid="ignore"):
            return _Shapes(wkb, long, np.asarray(shapely.from_wkb(others, on_invalid="ignore")))

    @property
    def vertices(self) -> int:
        """How many positions they have."""
        counts = (positions(geometry["coordinates"]) for geometry in self.long.values())
        return sum(counts) + int(shapely.get_num_coordinates(self.others).sum())

    def geometries(self, beside: Beside) -> Iterator[dict[str, Any] | None]:
        """Yield them as GeoJSON, None for none; `beside` takes up what else they hold."""
        for number, (shape, raw) in enumerate(zip(plain_shapes(self.others, beside), self.wkb, strict=True)):
            yield grounded(self.long[number], beside) if number in self.long else _geometry(shape, raw)


def _some_at_a_time(layer: BinaryLayer, most: int, arcs: ArcTally) -> Iterator[tuple[_Shapes, list[dict[str, Any]]]]:
    """Yield the shapes of a layer and their properties; they are taken out of it."""
    straight = _linear(iter(layer.shapes), most, arcs)
    for first in range(0, len(layer.shapes), AT_A_TIME):
        some = slice(first, first + AT_A_TIME)
        shapes = _Shapes.of(list(islice(straight, AT_A_TIME)))
        yield shapes, layer.properties[some]
        layer.shapes[some] = [None] * len(shapes.wkb)
        layer.properties[some] = [{}] * len(shapes.wkb)


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
