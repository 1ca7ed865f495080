"""Knows how a grid is written as PNG with the same bytes on every machine, whatever compressor it has.

The compressed stream (RFC 1951) is one block with Huffman codes of its own and without back-references, written here:
what zlib writes differs between its versions and builds, and byte for byte is what `make geodata` promises. Terrain
repeats itself hardly anywhere, so that back-references would save little. Every reader of PNG reads it.
"""

from __future__ import annotations

import heapq
import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Colour = tuple[int, int, int, int]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, INDEXED = 0, 3  # colour types of PNG
SUB = 1  # the filter: each byte less the one that many bytes before it (PNG 1.2, section 6.3)
END_OF_BLOCK, SYMBOLS, LONGEST = 256, 257, 15
# Lengths of codes are written as they are, four bits each: codes for 16, 17 and 18, which stand for runs, are not used.
LENGTH_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)


def png(values: NDArray[np.uint8] | NDArray[np.uint16], colours: Sequence[Colour] = ()) -> bytes:
    """The PNG of a grid of 8 or 16 bits, (rows, columns), first row in the north; with `colours` 8 bits name one each.

    A colour is red, green, blue and opacity, 0 to 255.
    """
    rows, columns = values.shape
    bits = values.dtype.itemsize * 8
    header = struct.pack(">IIBBBBB", columns, rows, bits, INDEXED if colours else GREY, 0, 0, 0)
    chunks = [_chunk(b"IHDR", header)]
    if colours:
        chunks.append(_chunk(b"PLTE", bytes(part for colour in colours for part in colour[:3])))
        chunks.append(_chunk(b"tRNS", bytes(colour[3] for colour in colours)))
    chunks += [_chunk(b"IDAT", _zlib_stream(_filtered(values))), _chunk(b"IEND", b"")]
    return SIGNATURE + b"".join(chunks)


def size_and_bits(data: bytes) -> tuple[int, int, int]:
    """Columns, rows and bits of each value, as the header of a PNG says."""
    columns, rows, bits = struct.unpack(">IIB", data[16:25])
    return columns, rows, bits


def _filtered(values: NDArray[np.uint8] | NDArray[np.uint16]) -> Bytes:
    rows, width = values.shape[0], values.dtype.itemsize
    row_bytes = values.astype(values.dtype.newbyteorder(">")).view(np.uint8).reshape(rows, -1)
    before = np.zeros_like(row_bytes)
    before[:, width:] = row_bytes[:, :-width]
    return np.column_stack([np.full(rows, SUB, dtype=np.uint8), row_bytes - before]).ravel()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _zlib_stream(data: Bytes) -> bytes:
    return b"\x78\x01" + _deflated(data) + struct.pack(">I", zlib.adler32(data.tobytes()))


def _deflated(data: Bytes) -> bytes:
    """One final block with dynamic codes (RFC 1951, 3.2.7): 257 literals and lengths, two distances that go unused."""
    counts = np.bincount(data, minlength=SYMBOLS)
    counts[END_OF_BLOCK] = 1
    lengths = code_lengths(counts.tolist())
    codes = _canonical(lengths)
    head: list[tuple[int, int]] = [(1, 1), (0, 1), (1, 1)]  # final, then type 2 from its lowest bit
    for number, width in ((SYMBOLS - 257, 5), (2 - 1, 5), (len(LENGTH_ORDER) - 4, 4)):
        head += _lowest_first(number, width)
    for symbol in LENGTH_ORDER:
        head += _lowest_first(4 if symbol < 16 else 0, 3)
    head += [(length, 4) for length in (*lengths, 1, 1)]
    text = np.concatenate([data.astype(np.int64), [END_OF_BLOCK]])
    values = np.concatenate([[value for value, _ in head], np.array(codes)[text]])
    widths = np.concatenate([[width for _, width in head], np.array(lengths)[text]])
    return _packed(values, widths)


def _lowest_first(number: int, width: int) -> list[tuple[int, int]]:
    return [(number >> place & 1, 1) for place in range(width)]


def _packed(values: NDArray[np.int64], widths: NDArray[np.int64]) -> bytes:
    """The numbers one after the other, each from its highest bit, in bytes that fill up from their lowest bit."""
    ends = np.cumsum(widths)
    place = np.repeat(ends, widths) - 1 - np.arange(ends[-1])
    bits = np.repeat(values, widths) >> place & 1
    return np.packbits(bits.astype(np.uint8), bitorder="little").tobytes()


def code_lengths(counts: Sequence[int]) -> list[int]:
    """The length in bits of the code of each symbol (Huffman 1952), 0 where it does not occur, 15 at most.

    Where a code would be longer the counts are flattened until none is.
    """
    while True:
        lengths = _huffman(counts)
        if max(lengths) <= LONGEST:
            return lengths
        counts = [count and (count + 1) // 2 for count in counts]


def _huffman(counts: Sequence[int]) -> list[int]:
    lengths = [0] * len(counts)
    # Of equal counts the symbol that comes first, so that there is one answer.
    heap = [(count, symbol, [symbol]) for symbol, count in enumerate(counts) if count]
    heapq.heapify(heap)
    while len(heap) > 1:
        (count, first, symbols), (other_count, other_first, others) = heapq.heappop(heap), heapq.heappop(heap)
        under = symbols + others
        for symbol in under:
            lengths[symbol] += 1
        heapq.heappush(heap, (count + other_count, min(first, other_first), under))
    return lengths


def _canonical(lengths: Sequence[int]) -> list[int]:
    """The codes that follow from their lengths (RFC 1951, 3.2.2)."""
    codes, code = [0] * len(lengths), 0
    for length in range(1, LONGEST + 1):
        code <<= 1
        for symbol, own in enumerate(lengths):
            if own == length:
                codes[symbol] = code
                code += 1
    return codes
