"""A file that a command writes: whole, or left as it was."""

import errno
import os
import stat
import tempfile
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and put it there once all of it is on the disk; raise OSError where that fails.

    Until then, and whatever goes wrong, the file that was there before stays. What is no regular file (a terminal, a
    pipe) is written to as it is.
    """
    place = Path(os.path.realpath(path))
    try:
        before = place.stat()
    except FileNotFoundError:
        before = None
    if before is not None and not stat.S_ISREG(before.st_mode):
        place.write_bytes(data)
        return
    if before is not None and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    number, name = tempfile.mkstemp(prefix=f".{place.name[:100]}.", dir=place.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_everyone() if before is None else stat.S_IMODE(before.st_mode))
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _everyone() -> int:
    """Return the rights a new file has here; there is no way to ask for them but to set them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
