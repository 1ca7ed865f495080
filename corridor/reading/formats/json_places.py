"""Where in the text of a JSON file a value stands: line and column for a JSON path."""

import json
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.reading.faults import JsonPath
from corridor.reading.limits import BLOCK, STRING, outside_of_strings

STRUCTURAL = np.zeros(256, dtype=bool)
STRUCTURAL[list(b"[]{},")] = True
DEPTH = np.zeros(256, dtype=np.int8)
DEPTH[list(b"[{")] = 1
DEPTH[list(b"]}")] = -1
BLANK, COMMA = b" \t\r\n", ord(",")


class JsonPlaces:
    """The places of the values of one well-formed JSON text; nothing is looked at until the first question."""

    def __init__(self, data: bytes, deepest: int | None = None) -> None:
        """Take the UTF-8 text, without a byte-order mark.

        Of what lies in more than `deepest` brackets nothing is kept, and no place can be asked for; None for any depth.
        """
        self._data = data
        self._deepest = deepest
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

    def elements(self, path: JsonPath) -> list[int]:
        """Return the byte offsets of the brackets of the array at a path, and of its commas; [] where none stands."""
        at, low, high = self._skip(0), 0, len(self._at)
        for token in path.split("/")[1:]:
            step = self._step(low, high, at, token)
            if step is None:
                return []
            at, low, high = step
        if self._data[at : at + 1] != b"[":
            return []
        opening = low + int(np.searchsorted(self._at[low:high], at))
        offsets: list[int] = self._at[self._separators(opening, high)].tolist()
        return offsets

    @cached_property
    def _structural(self) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """The byte offsets of the brackets and commas outside of strings, and these signs."""
        offsets: list[NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
        signs: list[NDArray[np.uint8]] = [np.zeros(0, dtype=np.uint8)]
        start = level = 0
        for block in outside_of_strings(self._data):
            at = np.flatnonzero(STRUCTURAL[block]).astype(np.int32)
            if self._deepest is not None:
                steps = DEPTH[block[at]]
                depth = level + np.cumsum(steps, dtype=np.int32)
                level = int(depth[-1]) if len(depth) else level
                # A bracket that closes stands as deep as the one that it closes.
                at = at[depth + (steps < 0) <= self._deepest]
            signs.append(block[at])
            offsets.append(at + np.int32(start))
            start += len(block)
        return np.concatenate(offsets), np.concatenate(signs)

    @property
    def _at(self) -> NDArray[np.int32]:
        return self._structural[0]

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
        separators: list[NDArray[np.int64]] = [np.array([opening])]
        level = 0
        for start in range(opening, high, BLOCK):
            signs = self._structural[1][start : min(high, start + BLOCK)]
            depth = level + np.cumsum(DEPTH[signs], dtype=np.int32)
            closed = np.flatnonzero(depth < 1)
            end = int(closed[0]) if len(closed) else min(len(depth), high - 1 - start)
            separators.append(start + np.flatnonzero((signs[:end] == COMMA) & (depth[:end] == 1)))
            if len(closed):
                separators.append(np.array([start + end]))
                break
            level = int(depth[-1])
        else:
            separators.append(np.array([high - 1]))
        self._known[opening] = np.concatenate(separators)
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
