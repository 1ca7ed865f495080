"""Memory that was used once is kept for the next line to be measured, not given back and asked for again."""

import ctypes

#: What `mallopt` of the GNU C library is told (malloc.h): freed bytes kept at the end of each arena, and the size from
#: which an array has pages of its own, which go back to the system with it; 32 MB is the most it takes.
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
KEPT_BYTES, OWN_PAGES_FROM = 128 * 2**20, 32 * 2**20


def keep_freed_memory() -> bool:
    """Have the C library keep freed memory; return whether it can, which only that of GNU does.

    Measuring a line fills and frees arrays of some hundred kilobytes. In any thread but the first the library gives
    them back to the system each time, and has every page of the next cleared and mapped anew: 1,200 faults for one
    movement of a vertex, and half as long again for one in twenty.
    """
    set_option = getattr(ctypes.pythonapi, "mallopt", None)
    if set_option is None:
        return False
    return bool(set_option(TRIM_THRESHOLD, KEPT_BYTES) and set_option(MMAP_THRESHOLD, OWN_PAGES_FROM))
