"""A file that is written as a whole, or left as it was."""

import errno
import os
import secrets
import stat
from pathlib import Path

#: A new file, never one that is there already or that a link leads to; Windows has no flag for links, but for bytes.
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
#: Bytes of a file's name that are used for that of the one beside it: with the rest no more than the 255 there may be.
NAME_BYTES = 200


def write_whole(path: Path, data: bytes) -> None:
    """Write a file where a person says; raise OSError where that fails, and then what was there before stays.

    A link is followed. What is no regular file (a terminal, a pipe) is written to as it is.
    """
    place = Path(os.path.realpath(path))
    if place.exists() and not place.is_file():
        place.write_bytes(data)
    elif place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    else:
        put_in_place(place, data)


def put_in_place(place: Path, data: bytes) -> None:
    """Put `data` in place of what a file holds, in one step, once all of it is on the disk; raise OSError otherwise.

    It is written beside its place, under a name that nobody can guess. The file keeps the rights that it had.
    """
    beside = place.with_name(f"{name_beside(place)}{secrets.token_hex(16)}.part")
    descriptor = os.open(beside, NEW, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            beside.chmod(stat.S_IMODE(place.stat().st_mode))
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def name_beside(place: Path) -> str:
    """Return how the names of files begin that are written beside a place; they end with “.part”."""
    return f".{place.name.encode('utf-8', 'ignore')[:NAME_BYTES].decode('utf-8', 'ignore')}."
