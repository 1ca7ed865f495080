"""Freed memory is kept for short lines, so that no pages are mapped anew, and given back for large files."""

import platform
import subprocess
import sys

import pytest

from corridor.store.freed_memory import LARGE_FILE_BYTES, suit_freed_memory_to

FAULTS = """
import resource, sys, threading
import numpy as np
from corridor.store.freed_memory import keep_freed_memory
if sys.argv[1] == "kept":
    assert keep_freed_memory()
def fill():
    def once():
        arrays = [np.ones(40_000 + 1_000 * number) for number in range(20)]
        return sum(array[0] for array in arrays)
    once()
    begun = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        once()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - begun)
thread = threading.Thread(target=fill)
thread.start()
thread.join()
"""


def faults(how: str) -> int:
    return int(subprocess.run([sys.executable, "-c", FAULTS, how], check=True, capture_output=True, timeout=60).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library is told")
def test_arrays_that_are_filled_again_and_again_have_their_pages_already():
    assert faults("kept") * 10 < faults("as it is")


HELD = """
import sys
from pathlib import Path
import numpy as np
from corridor.store.freed_memory import suit_freed_memory_to
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
assert suit_freed_memory_to(int(sys.argv[1]))
begun = held()
np.ones(3 * 2**20)
kept = []
for _ in range(4):
    arrays = [np.ones(2**18) for _ in range(8)]
    kept.append(np.ones(2**10))
    del arrays
print(held() - begun)
"""


def held(file_bytes: int) -> int:
    command = [sys.executable, "-c", HELD, str(file_bytes)]
    return int(subprocess.run(command, check=True, capture_output=True, timeout=60).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library is told")
def test_arrays_of_a_large_file_are_given_back_and_those_of_a_short_line_are_kept():
    assert held(LARGE_FILE_BYTES) < 4 * 2**20
    assert held(LARGE_FILE_BYTES - 1) > 12 * 2**20


@pytest.mark.parametrize("file_bytes", [0, LARGE_FILE_BYTES])
def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch, file_bytes: int):
    monkeypatch.setattr("corridor.store.freed_memory.ctypes.pythonapi", object())
    assert not suit_freed_memory_to(file_bytes)
