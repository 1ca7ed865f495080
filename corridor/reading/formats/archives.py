"""What is inside a zip archive of a reader, opened with care: never to disk, never more than the caps."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corridor.reading.faults import Check, FaultSpot, Severity, shown
from corridor.reading.limits import Limits, of_bytes, over_bytes

CHUNK = 64 * 1024
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
GZIP = b"\x1f\x8b"
#: How zlib is told to expect the header of gzip (its manual, inflateInit2); parts of a file, each of which costs time.
GZIPPED, MOST_PARTS = 31, 10_000
#: The last bytes of an archive say where its directory is: 22 and a comment of at most 65,535 (APPNOTE 4.3.16).
END_OF_DIRECTORY, AFTER_THE_SIGN, FROM_THE_END = b"PK\x05\x06", 18, 22 + 65_535
#: How each entry of the directory begins (APPNOTE 4.3.12), and the most entries, of folders too, that are listed. Each
#: costs 5 µs and 47 bytes, which pack to one in a thousand.
ENTRY, MOST_LISTED = b"PK\x01\x02", 2_000
#: Bytes ahead of a member's name and data (APPNOTE 4.3.7).
HEADER = 30
#: Bits of a member's flags that say it is encrypted.
ENCRYPTED = 0x1
#: What macOS and Windows put beside the files of a person, in lower case.
BESIDE = {".ds_store", "thumbs.db", "desktop.ini"}
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


class NotUnpackedError(Exception):
    """A packed file does not come out whole within the caps; the text is the rest of a sentence that says why."""


@dataclass(slots=True)
class Room:
    """What may still be unpacked of one file of a reader, archives within archives together.

    `bytes_left` of what comes out, and `members_left` of archives that are looked at.
    """

    limits: Limits
    bytes_left: int
    members_left: int

    @classmethod
    def of(cls, limits: Limits) -> "Room":
        """Return the room there is for a file that has just come."""
        return cls(limits, limits.expanded_bytes, limits.archive_members)

    def take(self, count: int) -> None:
        """Take room for so many bytes; raises NotUnpackedError where they are too many."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            cap = of_bytes(self.limits.expanded_bytes)
            raise NotUnpackedError(f"more than {cap} would be unpacked of the file in all, the most that is read")


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip archive as far as its directory tells, and the caps; `members` is None when no directory can be read.

    What an operating system puts beside a person's files is no member. `unlisted` says that its directory is too long
    to be read.
    """

    data: bytes
    limits: Limits
    members: tuple[zipfile.ZipInfo, ...] | None
    opened: zipfile.ZipFile | None = None
    unlisted: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its members, in its order."""
        return tuple(member.filename for member in self.members or ())


def is_companion(name: str) -> bool:
    """Whether a member is what macOS (AppleDouble, __MACOSX) or Windows puts beside a file, and nobody's own."""
    *folders, last = name.replace("\\", "/").split("/")
    return "__MACOSX" in folders or last.startswith("._") or last.lower() in BESIDE


def open_archive(data: bytes, limits: Limits) -> Archive:
    """Return the archive with the members its directory lists; with none where it is longer than MOST_LISTED."""
    # Before `zipfile` makes an object of each, and without the sender's word for how many there are.
    if data.count(ENTRY) > max(MOST_LISTED, limits.archive_members):
        return Archive(data, limits, (), unlisted=True)
    try:
        # Bytes in memory: there is nothing to close.
        opened = zipfile.ZipFile(io.BytesIO(data))
        members = (member for member in opened.infolist() if not member.is_dir() and not is_companion(member.filename))
        return Archive(data, limits, tuple(members), opened)
    except DAMAGED:
        return Archive(data, limits, None)


def unpack(archive: Archive, name: str, room: Room, most: int | None = None) -> bytes:
    """Return the bytes of a member, or so many of its first; raises NotUnpackedError."""
    held = io.BytesIO()
    if archive.opened is None:
        raise NotUnpackedError("the list of its files is damaged")
    try:
        with archive.opened.open(name) as member:
            # The directory's sizes are the sender's word; what comes out is counted.
            while chunk := member.read(CHUNK if most is None else most - held.tell()):
                room.take(len(chunk))
                held.write(chunk)
    # What zipfile raises for a method of compression that it does not know.
    except NotImplementedError:
        raise NotUnpackedError("it is packed in a way that is not read") from None
    except DAMAGED:
        raise NotUnpackedError("what is packed there is damaged") from None
    return held.getvalue()


def gunzip(data: bytes, room: Room) -> bytes:
    """Return what a gzip file (RFC 1952), of one part or several, holds; raises NotUnpackedError."""
    held = io.BytesIO()
    position = parts = 0
    # What follows the last part, as padding does, is none of the file.
    while data.startswith(GZIP, position):
        parts += 1
        if parts > MOST_PARTS:
            raise NotUnpackedError(f"it is packed in more than {MOST_PARTS:,} parts")
        unpacking, packed = zlib.decompressobj(wbits=GZIPPED), b""
        while not unpacking.eof:
            if not packed:
                packed = data[position : position + CHUNK]
                position += len(packed)
            ended = not packed
            try:
                chunk = unpacking.decompress(packed, CHUNK)
            except zlib.error:
                raise NotUnpackedError("what is packed there is damaged") from None
            if ended and not chunk and not unpacking.eof:
                raise NotUnpackedError("it is cut short")
            packed = unpacking.unconsumed_tail
            room.take(len(chunk))
            held.write(chunk)
        position -= len(unpacking.unused_data)
    return held.getvalue()


def _unreadable(archive: Archive) -> Iterator[FaultSpot]:
    if archive.members is None:
        ending = archive.data[-FROM_THE_END:].rpartition(END_OF_DIRECTORY)
        whole = ending[1] and len(ending[2]) >= AFTER_THE_SIGN
        reason = "the list of its files is damaged" if whole else "it is cut short, its list of files is missing"
        advice = "Pack it again, or send the file itself." if whole else "Copy or download it again, the whole of it."
        yield FaultSpot(words={"reason": reason, "advice": advice})
    elif (overlapping := _overlapping(archive.members)) is not None:
        reason = f"“{shown(overlapping.filename)}” lies on the bytes of another file"
        yield FaultSpot(words={"reason": reason, "advice": "Pack it again, or send the file itself."})


def _overlapping(members: Sequence[zipfile.ZipInfo]) -> zipfile.ZipInfo | None:
    """Return a member that begins before the one ahead of it ends; no program packs so, and each is unpacked anew."""
    placed = sorted(members, key=lambda member: member.header_offset)
    for ahead, member in pairwise(placed):
        if member.header_offset < ahead.header_offset + HEADER + ahead.compress_size:
            return member
    return None


def _too_many(archive: Archive) -> Iterator[FaultSpot]:
    if archive.unlisted:
        count = f"more than {MOST_LISTED:,}"
        yield FaultSpot(words={"count": count, "what": "files and folders", "cap": archive.limits.archive_members})
        return
    members = len(archive.members or ())
    if members > archive.limits.archive_members:
        yield FaultSpot(words={"count": f"{members:,}", "what": "files", "cap": archive.limits.archive_members})


def _too_large(archive: Archive) -> Iterator[FaultSpot]:
    size = sum(member.file_size for member in archive.members or ())
    if size > archive.limits.expanded_bytes:
        shown_size, cap = over_bytes(size, archive.limits.expanded_bytes)
        yield FaultSpot(words={"size": shown_size, "cap": cap})


def _climbing(archive: Archive) -> Iterator[FaultSpot]:
    for member in archive.members or ():
        # zipfile tidies `filename`; the name as written is the one that tells.
        parts = member.orig_filename.replace("\\", "/").split("/")
        if ".." in parts or parts[0] == "" or ":" in parts[0]:
            yield FaultSpot(words={"name": shown(member.orig_filename)})
            return


def _encrypted(archive: Archive) -> Iterator[FaultSpot]:
    if any(member.flag_bits & ENCRYPTED for member in archive.members or ()):
        yield FaultSpot()


ERROR = Severity.ERROR

ARCHIVE_CHECKS: tuple[Check[Archive], ...] = (
    Check(
        "archive-unreadable",
        ERROR,
        "The zip archive cannot be opened: {reason}.",
        "{advice}",
        _unreadable,
        blocks=True,
    ),
    Check(
        "archive-too-many-members",
        ERROR,
        "The archive holds {count} {what}; at most {cap} are read.",
        "Send only the files of the route.",
        _too_many,
        blocks=True,
    ),
    Check(
        "archive-too-large",
        ERROR,
        "Unpacked the archive has {size} by its own list; at most {cap} are read.",
        "Send only the files of the route.",
        _too_large,
        blocks=True,
    ),
    Check(
        "archive-climbs",
        ERROR,
        "A file of the archive would be unpacked outside of its folder: “{name}”.",
        "Pack it again with plain file names.",
        _climbing,
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
