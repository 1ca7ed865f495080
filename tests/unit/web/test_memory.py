"""Freed memory is kept: arrays filled and freed again and again in a thread have no pages mapped anew."""

import platform
import subprocess
import sys

import pytest

FAULTS = """
import resource, sys, threading
import numpy as np
from corridor.web.memory import keep_freed_memory
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
