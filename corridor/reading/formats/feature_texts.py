"""The features that a file in another format becomes, each kept as its text: parsed, they take five times the room."""

from array import array
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import compress
from typing import Any

import numpy as np
import orjson

from corridor.reading.faults import JsonMembers

#: Positions of a line from which on it is kept as an array.
LONG_LINE = 1_000


class FeatureTexts:
    """Features of GeoJSON in their order; each is made anew whenever it is asked for.

    The coordinates of a long line may be an array, (n, 2) or (n, 3) of finite numbers, and stay one. The texts stand
    one after the other: thousands of pieces among what they were made of would keep the room of all that from others.
    """

    __slots__ = ("_ends", "_long", "_starts", "_texts")

    def __init__(self, features: Iterable[JsonMembers] = ()) -> None:
        """Begin with some."""
        self._texts = bytearray()
        self._starts, self._ends = array("q"), array("q")
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
        if isinstance(geometry, dict) and isinstance(geometry.get("coordinates"), np.ndarray):
            self._long[index] = feature
        else:
            self._texts += _text(feature)
        self._ends[index] = len(self._texts)

    def append(self, feature: JsonMembers) -> None:
        """Add a feature."""
        self._starts.append(0)
        self._ends.append(0)
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
        self._long.update({number + index: feature for index, feature in features._long.items()})

    def selected(self, wanted: Iterable[bool]) -> "FeatureTexts":
        """Return those that are wanted; `wanted` tells of each."""
        numbers = list(compress(range(len(self)), wanted))
        if len(numbers) == len(self):
            return self
        some = FeatureTexts()
        # Texts are only ever added, so that both can have the same.
        some._texts = self._texts
        some._starts, some._ends = (array("q", [at[number] for number in numbers]) for at in (self._starts, self._ends))
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


def _text(feature: JsonMembers) -> bytes:
    return orjson.dumps(feature, option=orjson.OPT_SERIALIZE_NUMPY)
