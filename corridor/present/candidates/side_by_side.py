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
        candidates, key=lambda one: (MODES.index(one.mode), one.origin, one.destination, one.name.casefold())
    )
    transport = [one for one in given if one.table == "transport"]
    found = []
    for (mode, origin, destination), group in groupby(transport, lambda one: (one.mode, one.origin, one.destination)):
        members = tuple(group)
        found.append(Together(f"{MODE_WORDS[mode]}, {origin} – {destination}", members, compared=len(members) > 1))
    for table, title in (("energy-digital", "Energy and digital"), ("air", "Air")):
        if members := tuple(one for one in given if one.table == table):
            found.append(Together(title, members, compared=False))
    return tuple(found)
