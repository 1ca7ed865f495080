"""What every command does alike, whatever it prints."""

import subprocess
import sys

import pytest

from corridor.commands.cli import ENOUGH
from corridor.sources import GEODATA


@pytest.mark.slow
@pytest.mark.parametrize("command", [["layers", "--json"], ["document", "joint-declaration"]])
def test_whoever_has_read_enough_gets_no_traceback(command):
    started = subprocess.Popen(
        [sys.executable, "-m", "corridor", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=GEODATA.parent,
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    with started.stderr as printed:
        assert printed.read() == b""
    assert started.wait(timeout=60) == ENOUGH
