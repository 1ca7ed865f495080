"""A file that several processes read and change: by one at a time, and each change as a whole or not at all.

The folder may be one that other accounts write to. So no name of a temporary file can be guessed, none that is there
already is written through, and a link is followed only where this account or the administrator made it.
"""

import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN, EDEADLK, EINVAL, ELOOP, ENOTSUP
from pathlib import Path

from corridor.whole_file import name_beside, put_in_place

#: Seconds for which another process that is changing the file is waited for, and between two looks.
PATIENCE, BETWEEN_LOOKS = 10.0, 0.01
#: What no other account may have put in the way; Windows has neither flag, nor links that an ordinary account can make.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BYTES = getattr(os, "O_BINARY", 0)
#: What systems say of a lock that somebody else holds.
_HELD = {EACCES, EAGAIN, EDEADLK}

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        """Lock a file for this process alone, until it is closed; raise OSError where another holds it."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _settle_folder(_folder: Path) -> None:
        """Do nothing: Windows keeps the names of a folder by its journal and opens no folder as a file."""
else:
    import fcntl

    def _take(descriptor: int) -> None:
        """Lock a file for this process alone, until it is closed; raise BlockingIOError where another holds it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _settle_folder(folder: Path) -> None:
        """Wait until the names in a folder are on the disk; some network disks cannot say so."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in {EINVAL, ENOTSUP}:
                raise
        finally:
            os.close(descriptor)


class BusyError(OSError):
    """Another process went on changing the file for longer than it was waited for."""


def read(path: Path, most: int) -> bytes:
    """Return the first `most` bytes of the file; raise OSError where it is none, or a link of another account."""
    with os.fdopen(_opened(_followed(path), os.O_RDONLY), "rb") as file:
        return file.read(most)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Keep every other process and thread that asks so from the file meanwhile.

    The lock is a hidden empty file beside it, which stays: one that was removed could be held by two at a time. Raises
    OSError where the folder cannot be written to, and BusyError after PATIENCE seconds.
    """
    target = _followed(path)
    descriptor = _opened(target.with_name(f".{target.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                _take(descriptor)
                break
            except OSError as error:
                if error.errno not in _HELD:
                    raise
                if time.monotonic() > until:
                    raise BusyError("another program is changing it") from error
                time.sleep(BETWEEN_LOOKS)
        yield
    finally:
        os.close(descriptor)


def replace(path: Path, content: bytes) -> None:
    """Put `content` in place of what the file holds, in one step and on the disk when this returns.

    To be called while alone with the file. What a process left that was killed at it is tidied away. Raises OSError,
    and then the file holds what it held before, unless only the disk failed to say that the new name is written.
    """
    target = _followed(path)
    for left in target.parent.glob(f"{_literal(name_beside(target))}*.part"):
        with suppress(OSError):
            left.unlink()
    put_in_place(target, content)
    _settle_folder(target.parent)


def _opened(path: Path, flags: int, mode: int = 0o600) -> int:
    """Return a descriptor of a plain file, never of what a link leads to or of a pipe that nobody writes to."""
    descriptor = os.open(path, flags | _NO_LINK | _BYTES, mode)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(EINVAL, "it is not a plain file")
    return descriptor


def _followed(path: Path) -> Path:
    """Return where the file really lies; raise OSError for a link that another account made."""
    if path.is_symlink() and hasattr(os, "geteuid") and path.lstat().st_uid not in {0, os.geteuid()}:
        raise OSError(EINVAL, "it is a link that another account made")
    try:
        return path.resolve()
    except RuntimeError:
        raise OSError(ELOOP, "it is a link that leads back to itself") from None


def _literal(name: str) -> str:
    """Return a name in which no sign stands for others in a search for files."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
