"""The private folder in which visitors' bytes lie; it ends with the process, also with one that was killed."""

import contextlib
import fcntl
import multiprocessing
import os
import shutil
import stat
import tempfile
import weakref
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

PREFIX = "corridor-visits-"
LOCK = "in-use"
#: Longest path of a folder that a socket fits in: systems take 104 to 108 bytes, of which Python's name for it has 17.
LONGEST_OF_SOCKETS = 80


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


def keep_sockets_in_private_folder() -> None:
    """Have the server that processes are forked from listen in a folder that a later start removes, if this is killed.

    Python's own for it lies there for ever then. Nothing changes once there is one, nor where its path would be too
    long for a socket.
    """
    # Private to the standard library, and the only way to name it.
    process: Any = multiprocessing.current_process()
    parent = os.fsencode(tempfile.gettempdir())
    if "tempdir" in process._config or len(parent) + len(PREFIX) + 9 > LONGEST_OF_SOCKETS:
        return
    # On a full disk Python tries as well, and says so.
    with contextlib.suppress(OSError):
        process._config["tempdir"] = str(_socket_folder().path)


@cache
def _socket_folder() -> PrivateFolder:
    return PrivateFolder()


def _held(path: Path) -> BinaryIO:
    """Return a lock file that stays locked for as long as it is open; raise BlockingIOError when another holds it."""
    lock = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b")
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
            about, lock_file = path.lstat(), path / LOCK
            is_ours = stat.S_ISDIR(about.st_mode) and about.st_uid == os.getuid()
            if not is_ours or not stat.S_ISREG(lock_file.lstat().st_mode):
                continue
            lock = _held(lock_file)
        except OSError:
            continue
        _remove(path, lock)
