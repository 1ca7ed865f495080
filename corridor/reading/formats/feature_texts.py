"""The features that a file in another format becomes, each kept as its text: parsed, they take five times the room."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from io import BytesIO
from itertools import chain, compress
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from corridor.land.line_rows import LineRows
from corridor.reading.faults import Json, JsonMembers

#: Positions of a geometry from which on they are kept as an array.
LONG_LINE = 1_000


class GeometryState(IntEnum):
    """What is asked of the geometries of all features, so that none has to be made anew for it."""

    NONE = 0
    WHOLE = 1
    SHORT_PARTS = 2


class FeatureTexts:
    """Features of GeoJSON in their order; each is made anew whenever it is asked for.

    The coordinates of long lines are kept as an array, (n, 2) or (n, 3) of finite numbers, or as LineRows. The texts
    stand one after the other: thousands of pieces among what they were made of would keep the room of all that from
    others.
    """

    __slots__ = ("_ends", "_long", "_starts", "_states", "_texts")

    def __init__(self, features: Iterable[JsonMembers] = ()) -> None:
        """Begin with some."""
        self._texts = bytearray()
        self._starts, self._ends, self._states = array("q"), array("q"), array("b")
        self._long: dict[int, JsonMembers] = {}
        self.extend(features)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._starts)

    def __iter__(self) -> Iterator[JsonMembers]:
        """Yield the features; what is changed in one is not kept."""
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, index: int) -> JsonMembers:
        """Return the feature of a number, from 0."""
        if index in self._long:
            return self._long[index]
        feature: dict[str, Any] = orjson.loads(self._texts[self._starts[index] : self._ends[index]])
        return feature

    def __setitem__(self, index: int, feature: JsonMembers) -> None:
        """Put a feature in the place of another."""
        self._long.pop(index, None)
        geometry = feature.get("geometry")
        self._starts[index] = len(self._texts)
        if isinstance(geometry, dict) and (rows := long_rows(geometry)) is not None:
            self._states[index] = GeometryState.WHOLE
            self._long[index] = {**feature, "geometry": {**geometry, "coordinates": rows}}
        else:
            self._states[index] = _state(geometry)
            self._texts += _text(feature)
        self._ends[index] = len(self._texts)

    def append(self, feature: JsonMembers) -> None:
        """Add a feature."""
        self._starts.append(0)
        self._ends.append(0)
        self._states.append(GeometryState.NONE)
        self[len(self) - 1] = feature

    def extend(self, features: "Iterable[JsonMembers] | FeatureTexts") -> None:
        """Add features."""
        if not isinstance(features, FeatureTexts):
            for feature in features:
                self.append(feature)
            return
        number, start = len(self), len(self._texts)
        # Those selected from others share their texts, which cannot be added to themselves.
        self._texts += features._texts[:] if features._texts is self._texts else features._texts
        self._starts += array("q", [start + at for at in features._starts])
        self._ends += array("q", [start + at for at in features._ends])
        self._states += features._states
        self._long.update({number + index: feature for index, feature in features._long.items()})

    @property
    def with_short_parts(self) -> list[int]:
        """The numbers of those whose geometry is lines, some of fewer than two positions."""
        return [number for number, state in enumerate(self._states) if state == GeometryState.SHORT_PARTS]

    def with_geometry(self) -> "FeatureTexts":
        """Return those that have a geometry."""
        numbers = list(compress(range(len(self)), self._states))
        if len(numbers) == len(self):
            return self
        some = FeatureTexts()
        # Texts are only ever added, so that both can have the same.
        some._texts = self._texts
        some._starts, some._ends = (array("q", [at[number] for number in numbers]) for at in (self._starts, self._ends))
        some._states = array("b", [self._states[number] for number in numbers])
        some._long = {new: self._long[number] for new, number in enumerate(numbers) if number in self._long}
        return some

    def between(self, before: bytes, after: bytes) -> bytes:
        """Return all of them as text, with commas between, and what stands before and after them."""
        made = BytesIO()
        made.write(before)
        for number, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            made.write(b"," if number else b"")
            made.write(_text(self._long[number]) if number in self._long else self._texts[start:end])
        made.write(after)
        return made.getvalue()


def text_of(document: JsonMembers) -> bytes:
    """Return a collection whose features are kept as texts as the text of GeoJSON."""
    around = orjson.dumps({**document, "features": []})
    before, after = around.split(b'"features":[]', 1)
    features: FeatureTexts = document["features"]
    return features.between(before + b'"features":[', b"]" + after)


def long_rows(geometry: JsonMembers) -> NDArray[np.float64] | LineRows | None:
    """Return the coordinates of a long line, or of lines, as an array; None for others, and where not all are floats.

    Whole numbers stay what they are: as text they have no decimals.
    """
    coordinates = geometry.get("coordinates")
    if isinstance(coordinates, np.ndarray | LineRows):
        return coordinates
    if not isinstance(coordinates, list | tuple) or len(geometry) != len(("type", "coordinates")):
        return None
    if geometry.get("type") == "LineString" and len(coordinates) >= LONG_LINE:
        return _rows(coordinates)
    if geometry.get("type") != "MultiLineString" or not set(map(type, coordinates)) <= {list, tuple}:
        return None
    if sum(map(len, coordinates)) < LONG_LINE or min(map(len, coordinates)) < 2:
        return None
    rows = _rows(list(chain.from_iterable(coordinates)))
    return None if rows is None else LineRows.of(rows, map(len, coordinates))


def positions(coordinates: NDArray[np.float64] | LineRows) -> int:
    """Return how many positions long lines have."""
    return len(coordinates.rows if isinstance(coordinates, LineRows) else coordinates)


def _rows(positions: Sequence[Any]) -> NDArray[np.float64] | None:
    """Return positions as rows; None where not all are two finite floats, or three."""
    if not set(map(type, positions)) <= {list, tuple}:
        return None
    widths = set(map(len, positions))
    if widths not in ({2}, {3}) or set(map(type, chain.from_iterable(positions))) != {float}:
        return None
    (width,) = widths
    count = width * len(positions)
    rows = np.fromiter(chain.from_iterable(positions), dtype=float, count=count).reshape(-1, width)
    return rows if np.isfinite(rows).all() else None


def _state(geometry: Json) -> GeometryState:
    if geometry is None:
        return GeometryState.NONE
    parts = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if not isinstance(parts, list | tuple) or geometry.get("type") != "MultiLineString":
        return GeometryState.WHOLE
    # In GeoJSON that came as one of several texts a part may be anything; what is no list is told of as such.
    short = any(len(part) < 2 for part in parts if isinstance(part, list | tuple))
    return GeometryState.SHORT_PARTS if short else GeometryState.WHOLE


def _text(feature: JsonMembers) -> bytes:
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and isinstance(lines := geometry.get("coordinates"), LineRows):
        feature = {**feature, "geometry": {**geometry, "coordinates": orjson.Fragment(_lines_text(lines))}}
    return orjson.dumps(feature, option=orjson.OPT_SERIALIZE_NUMPY)


def _lines_text(lines: LineRows) -> bytes:
    texts = (orjson.dumps(list(some), option=orjson.OPT_SERIALIZE_NUMPY)[1:-1] for some in lines.some_at_a_time())
    return b"[" + b",".join(texts) + b"]"
