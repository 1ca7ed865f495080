"""What can go wrong when another format is read: nothing inside, unreadable features."""

from collections.abc import Iterator
from dataclasses import dataclass

from corridor.quantities import first_listed
from corridor.reading.faults import Check, FaultSpot, Severity, shown
from corridor.reading.limits import Excess


@dataclass(frozen=True, slots=True)
class Attempt:
    """How reading a file of another format went.

    `read` is the member of an archive that was read, or was to be; `not_unpacked` is the rest of a sentence that says
    why it was not. `nested` is how many archives within archives are opened, where there are more; `archives` are
    members that are archives of other kinds, where there is nothing else. `changing` is the member beside which a
    journal tells of a change that was not over. `held` says of some of the `ignored` what they hold. `together` are the
    members that were read as one file, where they are several.
    """

    format: str
    error: str = ""
    unknown: bool = False
    nothing_inside: bool = False
    not_unpacked: str = ""
    nested: int = 0
    archives: tuple[str, ...] = ()
    read: str = ""
    too_many: Excess | None = None
    no_features: bool = False
    unreadable: int = 0
    ignored: tuple[str, ...] = ()
    held: tuple[tuple[str, str], ...] = ()
    without_line: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    changing: str = ""
    together: tuple[str, ...] = ()

    @property
    def were_read(self) -> str:
        """The beginning of a sentence that says what was read of an archive."""
        return f"{len(self.together):,} files were" if self.together else f"“{shown(self.read, 60)}” was"


def _unknown(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.unknown:
        yield FaultSpot()


def _nothing_inside(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.nothing_inside:
        yield FaultSpot()


def _not_unpacked(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.not_unpacked:
        yield FaultSpot(words={"name": shown(attempt.read, 60), "reason": attempt.not_unpacked})


def _nested(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.archives:
        names = shown(", ".join(attempt.archives), 100)
        yield FaultSpot(words={"what": f"only another archive, of a kind that is not unpacked: {names}"})
    elif attempt.nested:
        yield FaultSpot(
            words={"what": f"archives inside archives, more or deeper than are opened ({attempt.nested} deep)"}
        )


def _error(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.error:
        yield FaultSpot(words={"format": attempt.format, "reason": shown(attempt.error, 120)})


def _too_many(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.too_many is not None:
        yield FaultSpot(words={"format": attempt.format, **attempt.too_many.words})


def _no_features(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.no_features:
        yield FaultSpot(words={"format": attempt.format})


def _unreadable(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.unreadable:
        yield FaultSpot(words={"count": attempt.unreadable})


def _ignored(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.ignored:
        held = dict(attempt.held)
        names = [f"{shown(name)} ({held[name]})" if name in held else shown(name) for name in attempt.ignored]
        yield FaultSpot(
            words={"count": len(attempt.ignored), "names": first_listed(names), "were_read": attempt.were_read}
        )


def _together(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.together:
        names = first_listed([shown(name) for name in attempt.together])
        yield FaultSpot(words={"count": len(attempt.together), "names": names})


def _without_line(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.without_line:
        names = shown(", ".join(attempt.without_line), 100)
        yield FaultSpot(words={"count": len(attempt.without_line), "names": names, "were_read": attempt.were_read})


def _missing(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.missing:
        yield FaultSpot(words={"parts": " and ".join(attempt.missing)})


def _changing(attempt: Attempt) -> Iterator[FaultSpot]:
    if attempt.changing:
        yield FaultSpot(words={"read": shown(attempt.changing, 60)})


ERROR, WARNING = Severity.ERROR, Severity.WARNING

FORMAT_CHECKS: tuple[Check[Attempt], ...] = (
    Check(
        "format-unknown",
        ERROR,
        "The file is none of GeoJSON, KML, KMZ, GPX, GeoPackage or zipped Shapefile.",
        "Export the route as GeoJSON.",
        _unknown,
        blocks=True,
    ),
    Check(
        "archive-without-route",
        ERROR,
        "The archive holds no file that can be a route.",
        "Pack a Shapefile with its .shp, .shx, .dbf and .prj, a KMZ with its .kml, or send a GeoJSON file.",
        _nothing_inside,
        blocks=True,
    ),
    Check(
        "archive-not-unpacked",
        ERROR,
        "“{name}” in the archive was not read: {reason}.",
        "Send the file itself.",
        _not_unpacked,
        blocks=True,
    ),
    Check(
        "archive-nested",
        ERROR,
        "The archive holds {what}.",
        "Send the inner one, or the file itself.",
        _nested,
        blocks=True,
    ),
    Check(
        "format-unreadable",
        ERROR,
        "The {format} cannot be read: {reason}.",
        "Export it again, best as GeoJSON.",
        _error,
        blocks=True,
    ),
    Check(
        "format-too-many",
        ERROR,
        "The {format} has {count} {what}; at most {cap} are read.",
        "Send only what makes up the route.",
        _too_many,
        blocks=True,
    ),
    Check(
        "format-without-features",
        ERROR,
        "The {format} file holds no route and no place.",
        "Export it again and see that it has the route in it.",
        _no_features,
    ),
    Check(
        "features-unreadable",
        WARNING,
        "{count:entry has|entries have} no coordinates, or none that can be read, and so no route.",
        "See whether the route is complete.",
        _unreadable,
    ),
    Check(
        "files-together",
        Severity.NOTE,
        "The archive gives the routes of {count:file|files}: {names}.",
        "Routes can be set side by side; send one file alone if the others are not meant.",
        _together,
    ),
    Check(
        "files-ignored",
        WARNING,
        "{were_read} read. {count:other file was|other files were} not: {names}.",
        "To read the others too, unpack the archive and send each as a file of its own.",
        _ignored,
    ),
    Check(
        "files-without-line",
        Severity.NOTE,
        "{were_read} read; {count:other file holds|other files hold} no line: {names}.",
        "Nothing has to be done if the route is in the file that was read.",
        _without_line,
    ),
    Check(
        "shapefile-incomplete",
        WARNING,
        "The Shapefile lacks its {parts}.",
        "Ask the sender for all its parts in one .zip: names stand in the .dbf, the system of its numbers in the .prj.",
        _missing,
    ),
    Check(
        "database-half-changed",
        WARNING,
        "“{read}” was being changed when it was packed, as a journal (-journal) beside it tells; half of a change may "
        "be in it.",
        "Close the program that has it open, and pack it again.",
        _changing,
    ),
)
