"""The features that a file in another format becomes, each kept as its text: parsed, they take five times the room."""

from collections.abc import Iterable, Iterator
from itertools import compress
from typing import Any

import numpy as np
import orjson

from corridor.reading.faults import JsonMembers

#: Positions of a line from which on it is kept as an array.
LONG_LINE = 1_000


class FeatureTexts:
    """Features of GeoJSON in their order; each is made anew whenever it is asked for.

    The coordinates of a long line may be an array, (n, 2) or (n, 3) of finite numbers, and stay one.
    """

    __slots__ = ("_kept",)

    def __init__(self, features: Iterable[JsonMembers] = ()) -> None:
        """Begin with some."""
        self._kept: list[bytes | JsonMembers] = []
        self.extend(features)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._kept)

    def __iter__(self) -> Iterator[JsonMembers]:
        """Yield the features; what is changed in one is not kept."""
        return map(_made, self._kept)

    def __getitem__(self, index: int) -> JsonMembers:
        """Return the feature of a number."""
        return _made(self._kept[index])

    def __setitem__(self, index: int, feature: JsonMembers) -> None:
        """Put a feature in the place of another."""
        self._kept[index] = _as_kept(feature)

    def append(self, feature: JsonMembers) -> None:
        """Add a feature."""
        self._kept.append(_as_kept(feature))

    def extend(self, features: "Iterable[JsonMembers] | FeatureTexts") -> None:
        """Add features."""
        self._kept.extend(features._kept if isinstance(features, FeatureTexts) else map(_as_kept, features))

    def selected(self, wanted: Iterable[bool]) -> "FeatureTexts":
        """Return those that are wanted; `wanted` tells of each."""
        some = FeatureTexts()
        some._kept = list(compress(self._kept, wanted))
        return some

    def between(self, before: bytes, after: bytes) -> bytes:
        """Return all of them as text, with commas between, and what stands before and after them."""
        texts = [kept if isinstance(kept, bytes) else _text(kept) for kept in self._kept] or [b""]
        # Joined once: all of them are a copy of the whole file.
        texts[0] = before + texts[0]
        texts[-1] += after
        return b",".join(texts)


def text_of(document: JsonMembers) -> bytes:
    """Return a collection whose features are kept as texts as the text of GeoJSON."""
    around = orjson.dumps({**document, "features": []})
    before, after = around.split(b'"features":[]', 1)
    features: FeatureTexts = document["features"]
    return features.between(before + b'"features":[', b"]" + after)


def _as_kept(feature: JsonMembers) -> bytes | JsonMembers:
    geometry = feature.get("geometry")
    long = isinstance(geometry, dict) and isinstance(geometry.get("coordinates"), np.ndarray)
    # A copy: the bytes that orjson hands out keep the room they were written in, a kilobyte or more.
    return feature if long else memoryview(_text(feature)).tobytes()


def _text(feature: JsonMembers) -> bytes:
    return orjson.dumps(feature, option=orjson.OPT_SERIALIZE_NUMPY)


def _made(kept: bytes | JsonMembers) -> JsonMembers:
    if not isinstance(kept, bytes):
        return kept
    feature: dict[str, Any] = orjson.loads(kept)
    return feature
