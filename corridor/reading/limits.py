"""How large and how deep a reader's own file may be, looked at before anything parses it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.reading.faults import Check, FaultSpot, Severity

MEGABYTE = 1_000_000
#: A string of JSON, or what begins like one and never ends; nothing is tried twice, so that no text takes long.
STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
STEP = np.zeros(256, dtype=np.int8)
STEP[list(b"[{")] = 1
STEP[list(b"]}")] = -1
BLOCK = 1 << 18
#: An object that says it is a feature.
FEATURE = re.compile(rb'"type"\s*+:\s*+"Feature"')
#: The longest route that is measured, in km: two and a half times round the Earth, so that a line across all of it is
#: read. The cost grows with the kilometres and hardly with the vertices: a hundred thousand vertices at random about
#: the region make twenty million kilometres in half a megabyte and took 32 s of a processor (measured).
LONGEST_ROUTE_KM = 100_000
#: Lists in brackets that a text may have for every hundred positions: the positions themselves and what is around them.
LISTS_PER_HUNDRED = 105


@dataclass(frozen=True, slots=True)
class Limits:
    """The caps: twice what the largest alignment we know of needs, and little enough that a visitor cannot harm.

    A survey line of one million vertices is about 26 MB of GeoJSON. GeoJSON itself nests eight deep; the rest is room
    for properties.
    """

    file_bytes: int = 64 * MEGABYTE
    depth: int = 100
    features: int = 100_000
    vertices: int = 2_000_000
    layers: int = 1_000
    archive_members: int = 200
    expanded_bytes: int = 128 * MEGABYTE


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Sized:
    """The bytes of a file and the caps they are held to."""

    data: bytes
    limits: Limits


@dataclass(frozen=True, slots=True)
class Excess:
    """What a file has more of than is read: what was counted, as a reader calls it, and the cap.

    `count` is None where counting stopped at the cap.
    """

    what: str
    cap: int
    count: int | None = None

    @property
    def words(self) -> dict[str, str]:
        """The words of a sentence: “{count} {what}; at most {cap} are read”."""
        count = f"more than {self.cap:,}" if self.count is None else f"{self.count:,}"
        return {"count": count, "what": self.what, "cap": f"{self.cap:,}"}


class TooMuchError(Exception):
    """More comes out of a file than is read; `excess` says of what."""

    def __init__(self, excess: Excess) -> None:
        """Take what there is too much of."""
        super().__init__(excess.what)
        self.excess = excess


#: What is counted, as a reader calls it.
POSITIONS, ENTRIES = "positions", "entries (features)"


def over_bytes(count: int, cap: int) -> tuple[str, str]:
    """Return a number of bytes and the cap it is over in the same unit, in full where they would read alike."""
    size, most = of_bytes(count), of_bytes(cap)
    return (f"{count:,} bytes", f"{cap:,}") if size == most else (size, most)


def of_bytes(count: int) -> str:
    """Return a number of bytes as a reader reads it: "26 MB", "1.2 MB", "12 kB", "430 bytes"."""
    if count >= MEGABYTE:
        return f"{count / MEGABYTE:,.1f}".removesuffix(".0") + " MB"
    return f"{count / 1000:.0f} kB" if count >= 1000 else f"{count} bytes"


def outside_of_strings(data: bytes) -> Iterator[NDArray[np.uint8]]:
    """Yield JSON text block by block, with every string blanked out by “_”, byte for byte as long."""
    # What is escaped is no end of a string; two backslashes stand for one, which escapes nothing.
    text = data.replace(rb"\\", b"__").replace(rb"\"", b"__") if b"\\" in data else data
    signs = np.frombuffer(text, dtype=np.uint8)
    inside = False
    for start in range(0, len(signs), BLOCK):
        block = signs[start : start + BLOCK].copy()
        quotes = np.flatnonzero(block == QUOTE)
        if not len(quotes):
            if inside:
                block[:] = BLANKED
            yield block
            continue
        opening, closing = (quotes[1::2], quotes[::2]) if inside else (quotes[::2], quotes[1::2])
        # One more where a string opens, one less after it closes.
        steps = np.zeros(len(block) + 1, dtype=np.int8)
        steps[opening] = 1
        steps[closing + 1] -= 1
        steps[0] += inside
        block[np.cumsum(steps[:-1], dtype=np.int8) > 0] = BLANKED
        inside ^= len(quotes) % 2 == 1
        yield block


QUOTE, BLANKED, OPENING = ord('"'), ord("_"), ord("[")


def nesting_depth(data: bytes) -> int:
    """Return how deep arrays and objects nest in JSON text; brackets inside strings do not count."""
    deepest = level = 0
    for block in outside_of_strings(data):
        steps = STEP[block]
        levels = np.cumsum(steps[steps != 0], dtype=np.int32)
        if len(levels):
            deepest = max(deepest, level + int(levels.max()))
            level += int(levels[-1])
    return deepest


def _too_large(file: Sized) -> Iterator[FaultSpot]:
    if len(file.data) > file.limits.file_bytes:
        size, cap = over_bytes(len(file.data), file.limits.file_bytes)
        yield FaultSpot(words={"size": size, "cap": cap})


def _too_deep(file: Sized) -> Iterator[FaultSpot]:
    depth = nesting_depth(file.data)
    if depth > file.limits.depth:
        yield FaultSpot(words={"depth": depth, "cap": file.limits.depth})


def _too_many_features(file: Sized) -> Iterator[FaultSpot]:
    # A text that says “Feature” is none: only where there are many is it worth a closer look.
    if file.data.count(b'"Feature"') <= file.limits.features:
        return
    features = sum(1 for _ in FEATURE.finditer(file.data))
    if features > file.limits.features:
        yield FaultSpot(words={"features": f"{features:,}", "cap": f"{file.limits.features:,}"})


def _too_many_vertices(file: Sized) -> Iterator[FaultSpot]:
    # Every position is a list in brackets, and lines, rings and what else stands around them take a few more.
    cap = file.limits.vertices * LISTS_PER_HUNDRED // 100
    if file.data.count(b"[") <= cap:
        return
    lists = sum(int(np.count_nonzero(block == OPENING)) for block in outside_of_strings(file.data))
    if lists > cap:
        yield FaultSpot(words={"lists": f"{lists:,}", "cap": f"{cap:,}"})


SIZE_CHECKS: tuple[Check[Sized], ...] = (
    Check(
        "file-too-large",
        Severity.ERROR,
        "The file has {size}; at most {cap} are read.",
        "Send the route alone, or simplify it to fewer points.",
        _too_large,
        blocks=True,
    ),
)

JSON_SIZE_CHECKS: tuple[Check[Sized], ...] = (
    Check(
        "nested-too-deep",
        Severity.ERROR,
        "The file nests {depth} levels deep; at most {cap} are read.",
        "A route needs eight levels at most; export it again without objects inside its properties.",
        _too_deep,
        blocks=True,
    ),
    Check(
        "too-many-features",
        Severity.ERROR,
        "The file has {features} entries (features); at most {cap} are read.",
        "Send only what makes up the route.",
        _too_many_features,
        blocks=True,
    ),
    Check(
        "too-many-vertices",
        Severity.ERROR,
        "The file has {lists} lists in square brackets, as each position is one; at most {cap} are read.",
        "Simplify the line, send it in several files, or leave lists out of its properties.",
        _too_many_vertices,
        blocks=True,
    ),
)
