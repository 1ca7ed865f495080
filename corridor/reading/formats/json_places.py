"""Where in the text of a JSON file a value stands: line and column for a JSON path."""

import json
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.reading.faults import JsonPath
from corridor.reading.limits import BLOCK, STRING, without_strings

STRUCTURAL = np.zeros(256, dtype=bool)
STRUCTURAL[list(b"[]{},")] = True
DEPTH = np.zeros(256, dtype=np.int8)
DEPTH[list(b"[{")] = 1
DEPTH[list(b"]}")] = -1
BLANK = b" \t\r\n"


class JsonPlaces:
    """The places of the values of one well-formed JSON text; nothing is looked at until the first question."""

    def __init__(self, data: bytes) -> None:
        """Take the UTF-8 text, without a byte-order mark."""
        self._data = data
        self._known: dict[int, NDArray[np.int64]] = {}

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return line and column, from 1, of a byte offset; columns count characters."""
        start = self._data.rfind(b"\n", 0, offset) + 1
        return self._data.count(b"\n", 0, offset) + 1, len(self._data[start:offset].decode("utf-8", "replace")) + 1

    def offset(self, path: JsonPath) -> int:
        """Return the byte offset of the value at a path; where the path leads nowhere, of the last value it reaches."""
        at = self._skip(0)
        low, high = 0, len(self._at)
        for token in path.split("/")[1:]:
            key = token.replace("~1", "/").replace("~0", "~")
            step = self._step(low, high, at, key)
            if step is None:
                break
            at, low, high = step
        return at

    @cached_property
    def _plain(self) -> bytes | bytearray:
        """The text with every string blanked out, byte for byte as long."""
        return without_strings(self._data)

    @cached_property
    def _at(self) -> NDArray[np.int32]:
        characters = np.frombuffer(self._plain, dtype=np.uint8)
        blocks = range(0, len(characters), BLOCK)
        offsets = [np.flatnonzero(STRUCTURAL[characters[at : at + BLOCK]]).astype(np.int32) + at for at in blocks]
        return np.concatenate(offsets) if offsets else np.zeros(0, dtype=np.int32)

    @cached_property
    def _depth(self) -> NDArray[np.int32]:
        characters = np.frombuffer(self._plain, dtype=np.uint8)[self._at]
        return np.cumsum(DEPTH[characters], dtype=np.int32)

    def _skip(self, offset: int) -> int:
        while offset < len(self._data) and self._data[offset] in BLANK:
            offset += 1
        return offset

    def _step(self, low: int, high: int, at: int, key: str) -> tuple[int, int, int] | None:
        """Return offset and structural range of the member `key` of the container that opens at `at`."""
        opening = low + int(np.searchsorted(self._at[low:high], at))
        if opening >= high or self._at[opening] != at or self._data[at] not in b"[{":
            return None
        separators = self._separators(opening, high)
        if self._data[at] == ord("["):
            if not key.isdecimal() or int(key) >= len(separators) - 1:
                return None
            index = int(key)
            return self._skip(int(self._at[separators[index]]) + 1), separators[index], separators[index + 1]
        return self._member(separators, key)

    def _separators(self, opening: int, high: int) -> NDArray[np.int64]:
        """Structural indices of the opening bracket, of the commas at its level, and of its closing bracket."""
        if opening in self._known:
            return self._known[opening]
        depth = self._depth[opening:high]
        level = depth[0]
        below = np.flatnonzero(depth < level)
        end = int(below[0]) if len(below) else len(depth) - 1
        commas = self._at[opening : opening + end]
        is_comma = np.frombuffer(self._plain, dtype=np.uint8)[commas] == ord(",")
        inside = np.flatnonzero(is_comma & (depth[:end] == level))
        self._known[opening] = np.concatenate(([opening], opening + inside, [opening + end]))
        return self._known[opening]

    def _member(self, separators: NDArray[np.int64], key: str) -> tuple[int, int, int] | None:
        # The last of several equal names is the one a parser keeps.
        for index in range(len(separators) - 2, -1, -1):
            start = self._skip(int(self._at[separators[index]]) + 1)
            name = STRING.match(self._data, start)
            if name is not None and json.loads(name.group()) == key:
                colon = self._skip(name.end())
                return self._skip(colon + 1), int(separators[index]), int(separators[index + 1])
        return None
