"""The changes in the write-ahead log of an SQLite file, put into the file in memory; no copy of either on any disk."""

import struct
from array import array

#: https://www.sqlite.org/fileformat2.html#walformat: a header of 32 bytes, then a header of 24 before each page.
LOG_HEADER, FRAME_HEADER = 32, 24
#: How a log begins, by whether its checksums count words with the high byte first.
MAGIC = {0x377F0682: "<", 0x377F0683: ">"}
WORD = 0xFFFFFFFF
#: How the journal begins of a change that was not over (https://www.sqlite.org/fileformat2.html#the_rollback_journal);
#: afterwards it is gone, empty, or begins with zeros. It may name a further file, which nobody here opens.
HOT_JOURNAL = bytes.fromhex("d9d505f920a163d7")


def with_log(data: bytes, log: bytes, most: int) -> bytes:
    """Return a database with the changes of its write-ahead log; as it is where the log holds none.

    What counts is what was wholly written, up to the last change that was completed, as SQLite has it. `most` are the
    bytes the database may then have; raises ValueError for more.
    """
    if len(log) < LOG_HEADER:
        return data
    magic, _, page = struct.unpack_from(">III", log)
    order = MAGIC.get(magic)
    if order is None or page & (page - 1) or not 512 <= page <= 65_536:
        return data
    pages: dict[int, int] = {}
    pending: dict[int, int] = {}
    size = 0
    sums = _summed(order, log[:24], (0, 0))
    if sums != struct.unpack_from(">II", log, 24):
        return data
    for start in range(LOG_HEADER, len(log) - FRAME_HEADER - page + 1, FRAME_HEADER + page):
        number, pages_after = struct.unpack_from(">II", log, start)
        body = start + FRAME_HEADER
        sums = _summed(order, log[body : body + page], _summed(order, log[start : start + 8], sums))
        if log[start + 8 : start + 16] != log[16:24] or sums != struct.unpack_from(">II", log, start + 16):
            break
        pending[number] = body
        if pages_after:
            pages |= pending
            size, pending = pages_after, {}
    if max([size, *pages], default=0) * page > most:
        raise ValueError("its write-ahead log names more pages than are read")
    if not size:
        return data
    whole = bytearray(data[: size * page].ljust(size * page, b"\0"))
    for number, body in pages.items():
        if 1 <= number <= size:
            whole[(number - 1) * page : number * page] = log[body : body + page]
    return bytes(whole)


def _summed(order: str, data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    """Return the two sums of a log after more of its bytes, eight at a time."""
    words = array("I", data)
    if (order == ">") == (array("H", b"\0\1")[0] == 256):
        words.byteswap()
    first, second = sums
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & WORD
        second = (second + odd + first) & WORD
    return first, second
