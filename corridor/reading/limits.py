"""How large and how deep a reader's own file may be, looked at before anything parses it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corridor.reading.faults import Check, FaultSpot, Severity

MEGABYTE = 1_000_000
#: A string of JSON, or what begins like one and never ends; nothing is tried twice, so that no text takes long.
STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
STEP = np.zeros(256, dtype=np.int8)
STEP[list(b"[{")] = 1
STEP[list(b"]}")] = -1
BLOCK = 1_000_000


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


def of_bytes(count: int) -> str:
    """Return a number of bytes as a reader reads it: "26 MB", "1.2 MB", "12 kB", "430 bytes"."""
    if count >= MEGABYTE:
        return f"{count / MEGABYTE:,.1f}".removesuffix(".0") + " MB"
    return f"{count / 1000:.0f} kB" if count >= 1000 else f"{count} bytes"


#: Strings up to which a pattern that makes an object of each is the quickest way to find them.
FEW_STRINGS = 10_000


def without_strings(data: bytes) -> bytes | bytearray:
    """Return JSON text with every string blanked out by “_”, byte for byte as long."""
    if data.count(b'"') < FEW_STRINGS:
        return STRING.sub(lambda match: b"_" * len(match.group()), data)
    # What is escaped is no end of a string; two backslashes stand for one, which escapes nothing.
    text = data.replace(rb"\\", b"__").replace(rb"\"", b"__") if b"\\" in data else data
    blanked = bytearray(text)
    signs = np.frombuffer(blanked, dtype=np.uint8)
    inside = 0
    for start in range(0, len(signs), BLOCK):
        block = signs[start : start + BLOCK]
        quotes = block == ord('"')
        opened = (np.cumsum(quotes, dtype=np.int32) + inside) % 2
        block[quotes | (opened == 1)] = ord("_")
        inside = int(opened[-1])
    return blanked


def nesting_depth(data: bytes) -> int:
    """Return how deep arrays and objects nest in JSON text; brackets inside strings do not count."""
    brackets = np.frombuffer(without_strings(data).translate(None, delete=NOT_BRACKETS), dtype=np.uint8)
    deepest = level = 0
    for start in range(0, len(brackets), BLOCK):
        levels = np.cumsum(STEP[brackets[start : start + BLOCK]], dtype=np.int32)
        deepest = max(deepest, level + int(levels.max()))
        level += int(levels[-1])
    return deepest


def _too_large(file: Sized) -> Iterator[FaultSpot]:
    if len(file.data) > file.limits.file_bytes:
        yield FaultSpot(words={"size": of_bytes(len(file.data)), "cap": of_bytes(file.limits.file_bytes)})


def _too_deep(file: Sized) -> Iterator[FaultSpot]:
    depth = nesting_depth(file.data)
    if depth > file.limits.depth:
        yield FaultSpot(words={"depth": depth, "cap": file.limits.depth})


def _too_many_features(file: Sized) -> Iterator[FaultSpot]:
    features = file.data.count(b'"Feature"')
    if features > file.limits.features:
        yield FaultSpot(words={"features": f"{features:,}", "cap": f"{file.limits.features:,}"})


def _too_many_vertices(file: Sized) -> Iterator[FaultSpot]:
    # Every position opens one bracket, so there are never more positions than brackets.
    brackets = file.data.count(b"[")
    if brackets > file.limits.vertices * 1.05:
        yield FaultSpot(words={"vertices": f"{brackets:,}", "cap": f"{file.limits.vertices:,}"})


SIZE_CHECKS: tuple[Check[Sized], ...] = (
    Check(
        "file-too-large",
        Severity.ERROR,
        "The file has {size}; at most {cap} are read.",
        "Send the route alone, or simplify it to fewer vertices.",
        _too_large,
        blocks=True,
    ),
)

JSON_SIZE_CHECKS: tuple[Check[Sized], ...] = (
    Check(
        "nested-too-deep",
        Severity.ERROR,
        "The file nests {depth} levels deep; at most {cap} are read.",
        "A route needs eight levels at most; export it again without nested properties.",
        _too_deep,
        blocks=True,
    ),
    Check(
        "too-many-features",
        Severity.ERROR,
        "The file has {features} features; at most {cap} are read.",
        "Send only the features that make up the route.",
        _too_many_features,
        blocks=True,
    ),
    Check(
        "too-many-vertices",
        Severity.ERROR,
        "The file has up to {vertices} positions; at most {cap} are read.",
        "Simplify the line, or send it in several files.",
        _too_many_vertices,
        blocks=True,
    ),
)
