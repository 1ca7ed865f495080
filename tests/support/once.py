"""What takes long to make, made once for all the processes of a test run."""

import os
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from filelock import FileLock

#: The environment carries the folder to the workers of pytest-xdist, which are processes of their own.
FOLDER = "TEST_RUN_FOLDER"


def open_folder() -> None:
    """Make the folder of this run; called in the process that starts it, before there are workers."""
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="test-run-")


def remove_folder() -> None:
    """Remove the folder of this run with all that was made for it."""
    shutil.rmtree(os.environ.pop(FOLDER))


def once(key: bytes, make: Callable[[], bytes]) -> bytes:
    """Return what `make` gives, made by whichever process of this run asks for `key` first; the others wait for it.

    `key` is all that the outcome depends on: the content it is made from, or a name where that is the shipped data.
    What raises is not kept.
    """
    path = Path(os.environ[FOLDER]) / sha256(key).hexdigest()
    with FileLock(path.with_suffix(".lock")):
        if not path.exists():
            # A process stopped while it writes leaves nothing that looks whole.
            unfinished = path.with_suffix(".unfinished")
            unfinished.write_bytes(make())
            unfinished.rename(path)
        return path.read_bytes()
