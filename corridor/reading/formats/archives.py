"""What is inside a zip archive of a reader, opened with care: never to disk, never more than the caps."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from corridor.reading.faults import Check, FaultSpot, Severity, shown
from corridor.reading.limits import MEGABYTE, Limits

CHUNK = 64 * 1024
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
ARCHIVES = (".zip", ".kmz", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar")
#: Bits of a member's flags that say it is encrypted.
ENCRYPTED = 0x1
#: What `zipfile` raises, from the directory to the last byte, for an archive that is damaged, encrypted, packed in a
#: way it does not know, or no archive at all; it has no class for all of them.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    IndexError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip archive as far as its directory tells, and the caps; `names` is None when it has no readable directory."""

    data: bytes
    limits: Limits
    members: tuple[zipfile.ZipInfo, ...] | None


def open_archive(data: bytes, limits: Limits) -> Archive:
    """Return the archive with the members its directory lists."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return Archive(data, limits, tuple(one for one in opened.infolist() if not one.is_dir()))
    except DAMAGED:
        return Archive(data, limits, None)


def contents(archive: Archive, wanted: tuple[str, ...]) -> dict[str, bytes] | None:
    """Return the bytes of the wanted members by name; None when they do not unpack within the caps."""
    unpacked: dict[str, bytes] = {}
    left = archive.limits.expanded_bytes
    try:
        with zipfile.ZipFile(io.BytesIO(archive.data)) as opened:
            for name in wanted:
                held = io.BytesIO()
                # The directory's sizes are the sender's word; what comes out is counted.
                with opened.open(name) as member:
                    while chunk := member.read(CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            return None
                        held.write(chunk)
                unpacked[name] = held.getvalue()
    except DAMAGED:
        return None
    return unpacked


def _unreadable(archive: Archive) -> Iterator[FaultSpot]:
    if archive.members is None:
        yield FaultSpot()


def _too_many(archive: Archive) -> Iterator[FaultSpot]:
    count = len(archive.members or ())
    if count > archive.limits.archive_members:
        yield FaultSpot(words={"count": f"{count:,}", "cap": archive.limits.archive_members})


def _too_large(archive: Archive) -> Iterator[FaultSpot]:
    size = sum(one.file_size for one in archive.members or ())
    if size > archive.limits.expanded_bytes:
        yield FaultSpot(words={"size": f"{size / MEGABYTE:,.0f}", "cap": archive.limits.expanded_bytes // MEGABYTE})


def _climbing(archive: Archive) -> Iterator[FaultSpot]:
    for one in archive.members or ():
        # zipfile tidies `filename`; the name as written is the one that tells.
        parts = one.orig_filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            yield FaultSpot(words={"name": shown(one.orig_filename)})
            return


def _nested(archive: Archive) -> Iterator[FaultSpot]:
    for one in archive.members or ():
        if one.filename.lower().endswith(ARCHIVES):
            yield FaultSpot(words={"name": shown(one.filename)})
            return


def _encrypted(archive: Archive) -> Iterator[FaultSpot]:
    if any(one.flag_bits & ENCRYPTED for one in archive.members or ()):
        yield FaultSpot()


ERROR = Severity.ERROR

ARCHIVE_CHECKS: tuple[Check[Archive], ...] = (
    Check(
        "archive-unreadable",
        ERROR,
        "The zip archive cannot be opened: it is damaged or cut short.",
        "Pack it again, or send the file itself.",
        _unreadable,
        blocks=True,
    ),
    Check(
        "archive-too-many-members",
        ERROR,
        "The archive has {count} members; at most {cap} are read.",
        "Send only the files of the route.",
        _too_many,
        blocks=True,
    ),
    Check(
        "archive-too-large",
        ERROR,
        "Unpacked the archive has {size} MB; at most {cap} MB are read.",
        "Send only the files of the route.",
        _too_large,
        blocks=True,
    ),
    Check(
        "archive-climbs",
        ERROR,
        "A member of the archive names a place outside of it: “{name}”.",
        "Pack it again with plain file names.",
        _climbing,
        blocks=True,
    ),
    Check(
        "archive-nested",
        ERROR,
        "The archive holds another archive: “{name}”.",
        "Send the inner one, or the file itself.",
        _nested,
        blocks=True,
    ),
    Check(
        "archive-encrypted",
        ERROR,
        "The archive is protected by a password.",
        "Send it without one.",
        _encrypted,
        blocks=True,
    ),
)
