"""What becomes of memory that was used once: kept for the next line to be measured, or given back to the system."""

import ctypes

#: What `mallopt` of the GNU C library is told (malloc.h): freed bytes kept at the end of each arena, and the size from
#: which an array has pages of its own, which go back to the system with it; 32 MB is the most it takes.
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
KEPT_BYTES, OWN_PAGES_FROM = 128 * 2**20, 32 * 2**20
#: From this size of a file on, its arrays are given back; the library's own 128 kB are kept at the end of an arena.
LARGE_FILE_BYTES = 2**20
KEPT_OF_LARGE_BYTES, OWN_PAGES_OF_LARGE_FROM = 128 * 2**10, 2**19


def keep_freed_memory() -> bool:
    """Have the C library keep freed memory; return whether it can, which only that of GNU does.

    Measuring a line fills and frees arrays of some hundred kilobytes. In any thread but the first the library gives
    them back to the system each time, and has every page of the next cleared and mapped anew: 1,200 faults for one
    movement of a vertex, and half as long again for one in twenty.
    """
    return _set(KEPT_BYTES, OWN_PAGES_FROM)


def suit_freed_memory_to(file_bytes: int) -> bool:
    """Have the C library keep or give back what the work on a file of so many bytes frees; return whether it can.

    Left alone, the library takes the largest array freed so far as the size from which arrays have pages of their own.
    All arrays of a large file then share one heap, and the gaps in it count for its peak. With a fixed megabyte the
    peak is a tenth to a sixth lower (44 to 38 MB for 100,000 parts of a Shapefile), for 2 % more of the processor; with
    half of one, less than a number for each of 100,000 parts takes, some per cent lower still. A line of 10,000
    vertices would take 44 ms in place of 36: what a small file frees is kept.
    """
    if file_bytes < LARGE_FILE_BYTES:
        return keep_freed_memory()
    return _set(KEPT_OF_LARGE_BYTES, OWN_PAGES_OF_LARGE_FROM)


def _set(kept_bytes: int, own_pages_from: int) -> bool:
    set_option = getattr(ctypes.pythonapi, "mallopt", None)
    if set_option is None:
        return False
    return bool(set_option(TRIM_THRESHOLD, kept_bytes) and set_option(MMAP_THRESHOLD, own_pages_from))
