"""Pictures read by the definition of their format, byte by byte."""

import struct
import zlib

import numpy as np


def unpacked(data: bytes) -> np.ndarray:
    """Return the values of a PNG of one number a pixel, read with zlib and by the definition of two of its filters."""
    at, held = 8, {}
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        content = data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(name + content)
        held[name], at = content, at + 12 + size
    columns, rows, bits = struct.unpack(">IIB", held[b"IHDR"][:9])
    width = bits // 8
    stream, values = zlib.decompress(held[b"IDAT"]), np.zeros((rows, columns), dtype=np.int64)
    for row in range(rows):
        line = stream[row * (1 + columns * width) : (row + 1) * (1 + columns * width)]
        assert line[0] in {0, 1}  # as it is, or less the value before
        before = [0] * width
        for column in range(columns):
            part = [(line[1 + column * width + i] + line[0] * before[i]) % 256 for i in range(width)]
            values[row, column], before = int.from_bytes(bytes(part), "big"), part
    return values
