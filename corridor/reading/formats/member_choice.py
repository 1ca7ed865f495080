"""Which members of a zip archive are read: those that hold a line, whatever their place; the others are named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from corridor.reading.faults import FindingsWithSpots
from corridor.reading.formats.archives import ARCHIVE_CHECKS, Archive, NotUnpackedError, Room, open_archive, unpack
from corridor.reading.formats.converted import A_LINE, NOTHING, Converted, held_words, noticed, run, stops, worth
from corridor.reading.formats.empty_files import EMPTY
from corridor.reading.formats.kml_links import Archived
from corridor.reading.formats.member_candidates import (
    MAIN_OF_KMZ,
    NAMABLE,
    OTHER_ARCHIVES,
    Packed,
    candidates,
    unread_members,
)
from corridor.reading.formats.members_together import Member, read_together
from corridor.reading.formats.named_formats import NamedFormat, named_archive, named_members
from corridor.reading.formats.reading_checks import Attempt
from corridor.reading.formats.recognition_checks import RECOGNITION_CHECKS, Recognised
from corridor.reading.formats.write_ahead import HOT_JOURNAL

#: Members beside the one that is read of which it is said what they hold, and the bytes of the largest such. Three are
#: named in the sentence; five of 1.9 MB each took 0.1 s of a processor (measured).
MOST_LOOKED_INTO, LARGEST_LOOKED_INTO = 5, 2_000_000
CANNOT_BE_READ = "cannot be read"
#: Archives within archives that are opened: an archive of .kmz is two.
DEEPEST = 3


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

    Where none does, it is the member with a line, or else the first that holds anything, or the first. `level` counts
    the archives around this one; `room` is used up by what is unpacked.
    """
    archive = open_archive(data, room.limits)
    office = named_archive(archive.names)
    if office is not None:
        return _named(office)
    findings = run(ARCHIVE_CHECKS, archive)
    if stops(findings):
        return Converted("zip", findings)
    if level >= DEEPEST:
        return _too_nested()
    members = _Members(archive, room, level, openers, tuple(candidates(archive, room)))
    if not members.candidates:
        return _without_candidates(members)
    best = members.best()
    if best is None:
        return _too_nested()
    chosen, read = best
    names: tuple[str, ...] = (chosen.name,)
    if chosen.name in members.routes and chosen.name.lower() != MAIN_OF_KMZ:
        members.read_further(chosen)
        routes = members.routes_in_order()
        together, names_together = read_together(routes, room.limits) if len(routes) > 1 else (read, names)
        if len(names_together) > 1:
            read, names = together, names_together
    return replace(read, findings=members.noticed_beside(chosen, names, read.linked) + read.findings)


def _named(program: NamedFormat) -> Converted:
    """Return what is said of an archive by whose program it is, where nothing of it is read."""
    recognised = Recognised(named=program.what, advice=program.advice)
    return Converted(program.name, run(RECOGNITION_CHECKS, recognised))


def _too_nested() -> Converted:
    return Converted("zip", noticed(Attempt("zip", nested=DEEPEST)))


def _without_candidates(members: "_Members") -> Converted:
    """Return what is said of an archive in which nothing may be a route."""
    names = members.archive.names
    program = named_members(names)
    if program is not None:
        return _named(program)
    packed = tuple(name for name in names if name.lower().endswith(OTHER_ARCHIVES))
    known = next((name for name in names if name.lower().endswith(NAMABLE)), None)
    if known is not None and not packed:
        return members.read(Packed(known))
    return Converted("zip", noticed(Attempt("zip", nothing_inside=not packed, archives=packed)))


@dataclass(slots=True)
class _Members:
    """The members of an archive that may be routes, likeliest first, and what came of those that were read so far.

    `held` says in words what each of these holds, "" for nothing; `routes` are those that stand with others, by name;
    `lineless` names those that were read and hold neither line nor place.
    """

    archive: Archive
    room: Room
    level: int
    openers: Openers
    candidates: tuple[Packed, ...]
    held: dict[str, str] = field(default_factory=dict)
    routes: dict[str, Member] = field(default_factory=dict)
    lineless: list[str] = field(default_factory=list)

    def best(self) -> tuple[Packed, Converted] | None:
        """Return the first member with a line, else the first that holds anything, else the first of all.

        None where no more may be read. Once there is a line, files for routes wait until it is known whether they
        stand with it; those of other names are looked at, since what they hold is said.
        """
        alone = len(self.candidates) == 1
        best, most = None, NOTHING - 1
        for candidate in self.candidates:
            if most == A_LINE and candidate.is_route:
                continue
            self.room.members_left -= 1
            if self.room.members_left < 0:
                break
            read = self.read(candidate)
            if alone:
                # Nothing is compared, so that its text is parsed where it is measured, not here.
                return candidate, read
            whole = self.openers.whole(read)
            self.held[candidate.name] = held_words(whole.document)
            self._sort_in(Member(candidate.name, whole))
            of_worth = worth(whole.document)
            if of_worth > most:
                best, most = (candidate, read), of_worth
        return best

    def read_further(self, chosen: Packed) -> None:
        """Read those that waited, so long as they and the chosen one are no larger together than a file may be."""
        sizes = self._sizes()
        left = self.room.limits.file_bytes - sum(sizes[name] for name in chosen.names)
        for candidate in self.candidates:
            size = sum(sizes[name] for name in candidate.names)
            if candidate.name in self.held or size > min(left, self.room.bytes_left) or self.room.members_left < 1:
                continue
            left -= size
            self.room.members_left -= 1
            member = Member(candidate.name, self.openers.whole(self.read(candidate)))
            unreadable = CANNOT_BE_READ if stops(member.read.findings) else ""
            self.held[candidate.name] = held_words(member.read.document) or unreadable
            self._sort_in(member)

    def routes_in_order(self) -> list[Member]:
        """Return the members that stand with others, in the order of the candidates."""
        return [self.routes[candidate.name] for candidate in self.candidates if candidate.name in self.routes]

    def noticed_beside(self, chosen: Packed, were_read: tuple[str, ...], linked: tuple[str, ...]) -> FindingsWithSpots:
        """Return what is said of members beside those that were read and those that they link to."""
        shown = {*were_read, *linked}
        ignored = [each for each in self.candidates if each.name not in shown and each.name not in self.lineless]
        self._look_into([each for each in ignored if each.name not in self.held][:MOST_LOOKED_INTO])
        return noticed(
            Attempt(
                "zip",
                ignored=(*(each.name for each in ignored), *unread_members(self.archive.names)),
                held=tuple((name, words) for name, words in self.held.items() if words),
                without_line=tuple(name for name in self.lineless if name not in shown),
                read=chosen.name,
                changing=next((name for name in were_read if _is_changing(self.archive, name, self.room)), ""),
                together=were_read if len(were_read) > 1 else (),
            )
        )

    def _sort_in(self, member: Member) -> None:
        if member.stands_with_others:
            self.routes[member.name] = member
        elif _has_nothing(member.read):
            self.lineless.append(member.name)

    def _look_into(self, members: Sequence[Packed]) -> None:
        """Note what members hold that are not read, up to the first that is large."""
        sizes = self._sizes()
        for member in members:
            size = sum(sizes[name] for name in member.names)
            if self.room.members_left < 1 or size > min(LARGEST_LOOKED_INTO, self.room.bytes_left):
                break
            self.room.members_left -= 1
            self.held[member.name] = held_words(self.openers.whole(self.read(member)).document)

    def _sizes(self) -> dict[str, int]:
        """Return the bytes of each member, as the directory states them."""
        return {member.filename: member.file_size for member in self.archive.members or ()}

    def read(self, member: Packed) -> Converted:
        """Return what one member becomes."""
        archive, room = self.archive, self.room
        try:
            if member.name.lower().endswith(".shp"):
                parts = {part: unpack(archive, name, room) for part, name in member.beside}
                return self.openers.shapefile(parts, member.name)
            beside = [unpack(archive, name, room) for _, name in member.beside]
            data = unpack(archive, member.name, room)
        except NotUnpackedError as reason:
            return Converted("zip", noticed(Attempt("zip", not_unpacked=str(reason), read=member.name)))
        archived = Archived(member.name, archive.names, partial(_linked, archive, room))
        return self.openers.file(data, beside[0] if beside else None, room, self.level + 1, archived)


def _has_nothing(read: Converted) -> bool:
    """Whether a member is empty, or was read and holds no line and no place."""
    empty = {finding.code for finding, _ in read.findings} == {EMPTY}
    return worth(read.document) == NOTHING and (empty or not stops(read.findings))


def _is_changing(archive: Archive, name: str, room: Room) -> bool:
    """Whether a journal beside a database tells of a change that was not over when it was packed."""
    journal = f"{name}-journal"
    if not name.lower().endswith(".gpkg") or journal not in archive.names:
        return False
    try:
        return unpack(archive, journal, room, len(HOT_JOURNAL)) == HOT_JOURNAL
    except NotUnpackedError:
        return False


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
