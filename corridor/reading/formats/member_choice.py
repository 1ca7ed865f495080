"""Which members of a zip archive are read: those that hold a line, whatever their place; the others are named."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from corridor.reading.formats.archives import ARCHIVE_CHECKS, Archive, NotUnpackedError, Room, open_archive, unpack
from corridor.reading.formats.converted import A_LINE, NOTHING, Converted, held_words, noticed, run, stops, worth
from corridor.reading.formats.empty_files import EMPTY
from corridor.reading.formats.kml_links import Archived
from corridor.reading.formats.members_together import Member, read_together
from corridor.reading.formats.named_formats import named_archive, named_members
from corridor.reading.formats.reading_checks import Attempt
from corridor.reading.formats.recognition_checks import RECOGNITION_CHECKS, Recognised
from corridor.reading.formats.shapefile import SHAPE_PARTS
from corridor.reading.formats.write_ahead import HOT_JOURNAL

#: Suffixes of files that are made to hold lines, of archives, and of files that may hold anything.
ROUTES = (
    ".shp", ".gpkg", ".kml", ".gpx", ".geojson", ".geojsonl", ".geojsons", ".geojsonseq", ".ndjson", ".jsonl",
    ".topojson", ".osm", ".umap",
)  # fmt: skip
ARCHIVES = (".kmz", ".zip", ".gz")
#: Archives that are not unpacked, said by name.
OTHER_ARCHIVES = (".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz", ".zst")
#: Files of which nothing is read, though a line may be in them.
UNREAD = (
    ".dxf", ".dwg", ".dgn", ".csv", ".xlsx", ".tcx", ".fit", ".pbf", ".sqlite", ".db", ".gml", ".fgb", ".parquet",
    ".tab", ".mif", ".wkt", ".plt", ".igc", ".nmea", ".gdb", ".sql",
)  # fmt: skip
#: Files of programs of which nothing is read, so that what they are is said where there is nothing else.
NAMABLE = (*UNREAD, ".mbtiles", ".pmtiles", ".html", ".htm", ".mhtml", ".qgs", ".tif", ".pdf", ".url", ".eml")
#: A geodatabase of Esri's is a folder of many files.
GEODATABASE = ".gdb/"
ANYTHING = (".json", ".xml", ".txt", "")
#: Of what stands beside a file and says what it is (“route.shp.xml”, “map.png.aux.xml” of ArcGIS) nothing is read.
OF_ANOTHER = (".aux.xml", ".xml")
#: How much of a file of another name is looked at for whether it may hold a line.
HEAD = 400
#: Members beside the one that is read of which it is said what they hold, and the bytes of the largest such. Three are
#: named in the sentence; five of 1.9 MB each took 0.1 s of a processor (measured).
MOST_LOOKED_INTO, LARGEST_LOOKED_INTO = 5, 2_000_000
#: The file of a KMZ that programs show; others beside it are shown only where it links to them.
MAIN_OF_KMZ = "doc.kml"
CANNOT_BE_READ = "cannot be read"
#: Archives within archives that are opened: an archive of .kmz is two.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Packed:
    """A member that may be a route, by its name, with the members that belong to it by what each is to it.

    `is_route` says that its name is one of a format for routes, or of an archive.
    """

    name: str
    beside: tuple[tuple[str, str], ...] = ()
    is_route: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and those of what belongs to it, each once."""
        return tuple(dict.fromkeys((self.name, *(name for _, name in self.beside))))


@dataclass(frozen=True, slots=True)
class Openers:
    """How the bytes of members are read: one file with what stands beside it, and a Shapefile by its parts.

    `whole` gives what came out with its document, parsed where it is a text of JSON.
    """

    file: Callable[[bytes, bytes | None, Room, int, Archived], Converted]
    shapefile: Callable[[dict[str, bytes], str], Converted]
    whole: Callable[[Converted], Converted]


def read_archive(data: bytes, room: Room, level: int, openers: Openers) -> Converted:
    """Return what the members become that hold a few lines each, together as one file.

    Where none does, it is the member with a line, or else the first that holds anything, or the first.
    """
    archive = open_archive(data, room.limits)
    office = named_archive(archive.names)
    if office is not None:
        recognised = Recognised(named=office.what, advice=office.advice)
        return Converted(office.name, run(RECOGNITION_CHECKS, recognised))
    findings = run(ARCHIVE_CHECKS, archive)
    if stops(findings):
        return Converted("zip", findings)
    if level >= DEEPEST:
        return Converted("zip", noticed(Attempt("zip", nested=DEEPEST)))
    candidates = list(_candidates(archive, room))
    if not candidates:
        program = named_members(archive.names)
        if program is not None:
            recognised = Recognised(named=program.what, advice=program.advice)
            return Converted(program.name, run(RECOGNITION_CHECKS, recognised))
        packed = tuple(name for name in archive.names if name.lower().endswith(OTHER_ARCHIVES))
        known = next((name for name in archive.names if name.lower().endswith(NAMABLE)), None)
        if known is not None and not packed:
            return _read(archive, Packed(known), room, level, openers)
        return Converted("zip", noticed(Attempt("zip", nothing_inside=not packed, archives=packed)))
    best, most, chosen = None, NOTHING - 1, candidates[0]
    lineless: list[str] = []
    held: dict[str, str] = {}
    some: dict[str, Member] = {}
    for candidate in candidates:
        if most == A_LINE and candidate.is_route:
            continue
        room.members_left -= 1
        if room.members_left < 0:
            break
        read = _read(archive, candidate, room, level, openers)
        whole = openers.whole(read) if len(candidates) > 1 else read
        of_worth = worth(whole.document) if len(candidates) > 1 else A_LINE
        if of_worth > most:
            best, most, chosen = read, of_worth, candidate
        held[candidate.name] = held_words(whole.document) if len(candidates) > 1 else ""
        member = Member(candidate.name, whole)
        if len(candidates) > 1 and member.stands_with_others:
            some[candidate.name] = member
        if of_worth == NOTHING and _has_nothing(whole):
            lineless.append(candidate.name)
    if best is None:
        return Converted("zip", noticed(Attempt("zip", nested=DEEPEST)))
    were_read: tuple[str, ...] = (chosen.name,)
    if chosen.name in some and chosen.name.lower() != MAIN_OF_KMZ:
        left = [candidate for candidate in candidates if candidate.name not in held]
        for member in _further(left, chosen, archive, room, level, openers):
            held[member.name] = held_words(member.read.document) or CANNOT_BE_READ * stops(member.read.findings)
            if member.stands_with_others:
                some[member.name] = member
            elif _has_nothing(member.read):
                lineless.append(member.name)
        if len(some) > 1:
            together, names = read_together([some[c.name] for c in candidates if c.name in some], room.limits)
            best, were_read = (together, names) if len(names) > 1 else (best, were_read)
    others = tuple(
        candidate.name for candidate in candidates if candidate.name not in (*were_read, *lineless, *best.linked)
    )
    left = [candidate for candidate in candidates if candidate.name in others and candidate.name not in held]
    held |= _held_by(left, archive, room, level, openers)
    others += tuple(_unread(archive.names))
    aside = noticed(
        Attempt(
            "zip",
            ignored=others,
            held=tuple((name, words) for name, words in held.items() if words),
            without_line=tuple(name for name in lineless if name not in (*were_read, *best.linked)),
            read=chosen.name,
            changing=next((name for name in were_read if _is_changing(archive, name, room)), ""),
            together=were_read if len(were_read) > 1 else (),
        )
    )
    return replace(best, findings=aside + best.findings)


def _has_nothing(read: Converted) -> bool:
    """Whether a member is empty, or was read and holds no line and no place."""
    empty = {finding.code for finding, _ in read.findings} == {EMPTY}
    return worth(read.document) == NOTHING and (empty or not stops(read.findings))


def _further(
    members: Sequence[Packed], chosen: Packed, archive: Archive, room: Room, level: int, openers: Openers
) -> Iterator[Member]:
    """Yield further members as they are read, so long as all of them are no larger than a file may be."""
    sizes = {member.filename: member.file_size for member in archive.members or ()}
    left = room.limits.file_bytes - sum(sizes[name] for name in chosen.names)
    for member in members:
        size = sum(sizes[name] for name in member.names)
        if size > left or size > room.bytes_left or room.members_left < 1:
            continue
        left -= size
        room.members_left -= 1
        yield Member(member.name, openers.whole(_read(archive, member, room, level, openers)))


def _held_by(members: Sequence[Packed], archive: Archive, room: Room, level: int, openers: Openers) -> dict[str, str]:
    """Return what members that are not read hold, in words, of the first few that are not large."""
    sizes = {member.filename: member.file_size for member in archive.members or ()}
    held: dict[str, str] = {}
    left = MOST_LOOKED_INTO
    for member in members:
        packed = sum(sizes[name] for name in member.names)
        if not left or room.members_left < 1 or packed > min(LARGEST_LOOKED_INTO, room.bytes_left):
            break
        left -= 1
        room.members_left -= 1
        held[member.name] = held_words(openers.whole(_read(archive, member, room, level, openers)).document)
    return held


def _unread(names: tuple[str, ...]) -> Iterator[str]:
    """Yield the members in which a line may be and of which nothing is read, a geodatabase as the folder it is."""
    folders = {name[: at + len(GEODATABASE) - 1] for name in names if (at := name.lower().find(GEODATABASE)) >= 0}
    yield from sorted(folders)
    for name in names:
        if GEODATABASE not in name.lower() and name.lower().endswith((*UNREAD, *OTHER_ARCHIVES)):
            yield name


def _candidates(archive: Archive, room: Room) -> Iterator[Packed]:
    """Yield the members that may be routes, the likeliest first: doc.kml, then files for routes, archives, others."""
    by_rank: tuple[list[Packed], ...] = ([], [], [], [])
    names = archive.names
    lower = {name.lower(): name for name in names}
    for name in names:
        low = name.lower()
        if GEODATABASE in low or any(low.endswith(end) and low.removesuffix(end) in lower for end in OF_ANOTHER):
            continue
        suffix = low[low.rfind(".") :] if "." in low.rpartition("/")[2] else ""
        if low == MAIN_OF_KMZ:
            by_rank[0].append(Packed(name))
        elif suffix == ".shp":
            parts = ((part, lower[low[:-4] + part]) for part in SHAPE_PARTS if low[:-4] + part in lower)
            by_rank[1].append(Packed(name, tuple(parts)))
        elif suffix == ".gpkg":
            # What a database in use has not taken up yet stands in a log beside it.
            by_rank[1].append(Packed(name, tuple(("log", log) for log in (f"{name}-wal",) if log in names)))
        elif suffix in ROUTES:
            by_rank[1].append(Packed(name))
        elif suffix in ARCHIVES:
            by_rank[2].append(Packed(name))
        elif suffix in ANYTHING and _may_hold_a_line(archive, name, room):
            by_rank[3].append(Packed(name, is_route=False))
    for rank in by_rank:
        yield from rank


def _may_hold_a_line(archive: Archive, name: str, room: Room) -> bool:
    """Whether a file begins like JSON or XML."""
    try:
        head = unpack(archive, name, room, HEAD)
    except NotUnpackedError:
        return False
    return head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x1e")[:1] in (b"{", b"[", b"<")


def _is_changing(archive: Archive, name: str, room: Room) -> bool:
    """Whether a journal beside a database tells of a change that was not over when it was packed."""
    journal = f"{name}-journal"
    if not name.lower().endswith(".gpkg") or journal not in archive.names:
        return False
    try:
        return unpack(archive, journal, room, len(HOT_JOURNAL)) == HOT_JOURNAL
    except NotUnpackedError:
        return False


def _read(archive: Archive, candidate: Packed, room: Room, level: int, openers: Openers) -> Converted:
    """Return what one member becomes."""
    try:
        if candidate.name.lower().endswith(".shp"):
            parts = {part: unpack(archive, name, room) for part, name in candidate.beside}
            return openers.shapefile(parts, candidate.name)
        beside = [unpack(archive, name, room) for _, name in candidate.beside]
        data = unpack(archive, candidate.name, room)
    except NotUnpackedError as reason:
        return Converted("zip", noticed(Attempt("zip", not_unpacked=str(reason), read=candidate.name)))
    archived = Archived(candidate.name, archive.names, partial(_linked, archive, room))
    return openers.file(data, beside[0] if beside else None, room, level + 1, archived)


def _linked(archive: Archive, room: Room, name: str) -> bytes | None:
    """Return the bytes of a member, of a KMZ those of the KML in it; None for what is not unpacked."""
    try:
        data = unpack(archive, name, room)
        if not name.lower().endswith(".kmz"):
            return data
        inner = open_archive(data, room.limits)
        room.members_left -= 1
        inside = sorted(
            (not low.endswith("doc.kml"), low) for low in map(str.lower, inner.names) if low.endswith(".kml")
        )
        if stops(run(ARCHIVE_CHECKS, inner)) or room.members_left < 0 or not inside:
            return None
        return unpack(inner, next(name for name in inner.names if name.lower() == inside[0][1]), room)
    except NotUnpackedError:
        return None
