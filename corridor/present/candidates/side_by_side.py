"""Which candidates share a table: those of one mode, origin and destination; energy and digital; the air link."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from corridor.candidates import MODE_WORDS, MODES, Candidate


@dataclass(frozen=True)
class Together:
    """Candidates of one table, by name; `compared` is false where they stand together and measure no common way."""

    title: str
    candidates: tuple[Candidate, ...]
    compared: bool


def side_by_side(candidates: Iterable[Candidate]) -> tuple[Together, ...]:
    """Return every candidate in exactly one table; tables by mode, then origin and destination."""
    given = sorted(
        candidates,
        key=lambda candidate: (
            MODES.index(candidate.mode),
            candidate.origin,
            candidate.destination,
            candidate.name.casefold(),
        ),
    )
    transport = [candidate for candidate in given if candidate.table == "transport"]
    groups = []
    for (mode, origin, destination), group in groupby(
        transport, lambda candidate: (candidate.mode, candidate.origin, candidate.destination)
    ):
        members = tuple(group)
        groups.append(Together(f"{MODE_WORDS[mode]}, {origin} – {destination}", members, compared=len(members) > 1))
    for table, title in (("energy-digital", "Energy and digital"), ("air", "Air")):
        if members := tuple(candidate for candidate in given if candidate.table == table):
            groups.append(Together(title, members, compared=False))
    return tuple(groups)
