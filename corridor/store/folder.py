"""The private folder in which visitors' bytes lie; it ends with the process, also with one that was killed."""

import fcntl
import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import BinaryIO

PREFIX = "corridor-visits-"
LOCK = "in-use"


class PrivateFolder:
    """A temporary folder that only this account can enter (mode 700), removed when the process ends.

    A process that is killed cannot tidy up, so the next one removes the folders that nobody holds any more.
    """

    def __init__(self, parent: Path | None = None) -> None:
        """Make the folder in `parent`, the machine's place for temporary files when not given."""
        parent = parent or Path(tempfile.gettempdir())
        _remove_abandoned(parent)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        self._end = weakref.finalize(self, _remove, self.path, _held(self.path / LOCK))

    def close(self) -> None:
        """Remove the folder with all that lies in it."""
        self._end()


def _held(path: Path) -> BinaryIO:
    """Return a lock file that stays locked for as long as it is open; raise BlockingIOError when another holds it."""
    lock = path.open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise
    return lock


def _remove(path: Path, lock: BinaryIO) -> None:
    shutil.rmtree(path, ignore_errors=True)
    lock.close()


def _remove_abandoned(parent: Path) -> None:
    for path in parent.glob(f"{PREFIX}*"):
        try:
            # A folder without a lock file may be one that another process is just making.
            if path.is_symlink() or path.stat().st_uid != os.getuid() or not (path / LOCK).is_file():
                continue
            lock = _held(path / LOCK)
        except OSError:
            continue
        _remove(path, lock)
