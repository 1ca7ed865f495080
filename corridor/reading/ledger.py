"""The account of repairs: what each one did or would do, in vertices, metres and kilometres, and which were left."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corridor.quantities import counted, kilometres, sentence

#: In metres.
CENTIMETRE = 0.01


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One repair as it was done, or as it would be.

    Lengths in km on the WGS84 ellipsoid, None while the coordinates are not degrees: those of the routes that are read
    before and after, each stretch of ground once, and what is drawn again beside them. `moved_up_to_m` is how far a
    vertex was moved at most, in metres, None where that cannot be said.
    """

    code: str
    method: str
    vertices_moved: int
    vertices_added: int
    vertices_removed: int
    type_changes: tuple[str, ...]
    dropped: tuple[str, ...]
    other: tuple[str, ...]
    length_before_km: float | None
    length_after_km: float | None
    moved_up_to_m: float | None = None
    repeated_before_km: float | None = None
    repeated_after_km: float | None = None

    @property
    def effect(self) -> str:
        """What it does to the line, in words: "70.758 km become 70.701 km, 57 m less; 1 point taken out"."""
        before, after = self.length_before_km, self.length_after_km
        if after is None:
            length = ""
        elif not before:
            length = f"nothing could be measured before; {kilometres(after)} after" if after else ""
        elif f"{before:.3f}" == f"{after:.3f}":
            # How long the line is stands where it is measured, with the decimals that its accuracy bears.
            length = "the length stays as it is"
        else:
            length = f"{km(before)} become {km(after)}, {_difference(after - before)}"
        again = _less_drawn_again(self.repeated_before_km, self.repeated_after_km)
        return "; ".join(part for part in (length, again, self.moved) if part)

    @property
    def moved(self) -> str:
        """What it does to the points, in words: "76 points moved by up to 7,676 km"; "" where they stay."""
        furthest = f" by {_at_most(self.moved_up_to_m)}" if self.moved_up_to_m else ""
        moved = f"{_points(self.vertices_moved)} moved{furthest}" if self.vertices_moved else ""
        added = f"{_points(self.vertices_added)} added" if self.vertices_added else ""
        removed = f"{_points(self.vertices_removed)} taken out" if self.vertices_removed else ""
        return "; ".join(part for part in (moved, added, removed) if part)


class WhyLeft(StrEnum):
    """Why a repair that would change something was not done."""

    BY_NAME = "it is done only when asked for by name"
    KILOMETRES = "it would change the kilometres of a line that can be measured by more than 1 %"


@dataclass(frozen=True, slots=True)
class OfferedRepair:
    """A repair that was not done: what it would do, and why it is not done unasked; None where it would be."""

    would: LedgerEntry
    why: WhyLeft | None


def entries_text(ledger: Sequence[LedgerEntry]) -> list[str]:
    """Return the lines that a reader reads of repairs that were done."""
    lines: list[str] = []
    for number, entry in enumerate(ledger, 1):
        lines += [
            "",
            f"{number}. {entry.method} ({entry.code})",
            f"   points moved {entry.vertices_moved}, added {entry.vertices_added}, removed {entry.vertices_removed}",
            f"   length {_or_unknown(entry.length_before_km)} before, {_or_unknown(entry.length_after_km)} after",
        ]
        if entry.repeated_before_km or entry.repeated_after_km:
            again = (_or_unknown(entry.repeated_before_km), _or_unknown(entry.repeated_after_km))
            lines.append(f"   drawn twice and counted once {again[0]} before, {again[1]} after")
        if entry.moved_up_to_m:
            lines.append(f"   moved by {_at_most(entry.moved_up_to_m)}")
        lines += [f"   type: {change}" for change in entry.type_changes]
        lines += [f"   dropped: {part}" for part in entry.dropped] or ["   dropped: nothing"]
        lines += [f"   {change}" for change in entry.other]
    return lines


def left_text(left: Sequence[OfferedRepair]) -> list[str]:
    """Return the lines that a reader reads of repairs that were not done, each with what it would change."""
    lines: list[str] = []
    for repair in left:
        effect = f" {sentence(repair.would.effect)}." if repair.would.effect else ""
        lines += ["", f"Not done: {repair.would.method}.{effect}", f"   --only {repair.would.code}: {repair.why}."]
    return lines


def km(length: float) -> str:
    """Return a length as the ledger gives it, to the metre."""
    return f"{length:,.3f} km"


def _less_drawn_again(before: float | None, after: float | None) -> str:
    if before is None or after is None or f"{before:.3f}" == f"{after:.3f}":
        return ""
    if after > before:
        return f"{km(after - before)} more are drawn twice"
    return f"{km(before - after)} drawn twice are taken out"


def _or_unknown(length: float | None) -> str:
    return "not measurable" if length is None else f"{length:.3f} km"


def _points(count: int) -> str:
    return counted(count, "point")


def _short(metres: float) -> str:
    if metres < CENTIMETRE:
        return "less than 1 cm"
    if metres < 1:
        return f"{metres * 100:.0f} cm"
    return f"{metres:,.0f} m" if metres < 10_000 else f"{metres / 1000:,.0f} km"


def _at_most(metres: float) -> str:
    return _short(metres) if metres < CENTIMETRE else f"up to {_short(metres)}"


def _difference(kilometres: float) -> str:
    return f"{_short(abs(kilometres) * 1000)} {'more' if kilometres > 0 else 'less'}"
