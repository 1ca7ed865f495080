"""How positions that are written in other ways than plain degrees become plain degrees."""

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import CRS84, DEGREE_DECIMALS
from corridor.reading.bounding_boxes import misplaced_boxes
from corridor.reading.contents import Contents
from corridor.reading.degree_forms import COLUMNS, GON_FOR_DEGREES
from corridor.reading.faults import Account, Given, Json, place_words
from corridor.reading.position_runs import PositionRun
from corridor.reading.structure import structure_of
from corridor.reading.written_places import unplaced, written_places


def write_degrees(document: Json) -> tuple[Json, Account]:
    """Write positions given as texts or objects as numbers; what is none of these stays as it is."""
    count = 0
    styles: dict[str, None] = {}
    for place in list(written_places(structure_of(document))):
        if place.read is not None:
            place.replace([_rounded(position) for position in place.read.positions])
            count += place.read.count
            styles |= dict.fromkeys(place.read.styles)
    return document, _account(count, f"positions read as {' and '.join(styles)} and written as plain degrees")


def _rounded(position: Json) -> Json:
    if not isinstance(position, list):
        return position
    return [
        round(number, DEGREE_DECIMALS) if at < 2 and isinstance(number, float) else number
        for at, number in enumerate(position)
    ]  # fmt: skip


def _account(count: int, what: str) -> Account:
    return Account(other=(f"{count} {what}",)) if count else Account()


def drop_unplaced(document: Json) -> tuple[Json, Account]:
    """Take out positions of lines that have no number for longitude or latitude."""
    removed = 0
    for place in list(written_places(structure_of(document))):
        rows = set(unplaced(place.raw)) if place.role in ("line", "points") else set()
        if rows:
            place.holder[place.key] = [position for index, position in enumerate(place.raw) if index not in rows]
            removed += len(rows)
    return document, Account(removed=removed)


def write_form(document: Json, given: Given) -> tuple[Json, Account]:
    """Write lines in plain degrees that are in another form of degrees, or in kilometres: those in metres."""
    account = Account()
    for run, form, lonlat in Contents(structure_of(document), given.region).other_forms:
        if form is COLUMNS:
            _move_first(run)
        moved = _write(run, np.round(lonlat, DEGREE_DECIMALS))
        account += Account(moved=moved, other=(f"{place_words(run.path)}: read as {form.says}",))
    return document, account


def _move_first(run: PositionRun) -> None:
    """Put the first of three numbers last, where heights stand; numbers that go up evenly count and are taken out."""
    steps = np.diff([position[0] for position in run.raw])
    counts = len(steps) > 0 and steps[0] != 0 and bool((steps == steps[0]).all())
    for position in run.raw:
        position[:] = [*position[1:], *([] if counts else position[:1])]


def write_gon(document: Json, given: Given) -> tuple[Json, Account]:
    """Write lines in degrees that lie outside the region, and in it if their numbers are gon.

    Nothing is written where the reader chose that they are degrees.
    """
    account = Account()
    if given.accepted.get(GON_FOR_DEGREES) == CRS84:
        return document, account
    for run, form, lonlat in Contents(structure_of(document), given.region).gon:
        moved = _write(run, np.round(lonlat, DEGREE_DECIMALS))
        account += Account(moved=moved, other=(f"{place_words(run.path)}: read as {form.says}",))
    return document, account


def change_signs(document: Json, given: Given) -> tuple[Json, Account]:
    """Change the sign of the longitudes or latitudes of lines that lie in the region with it changed."""
    account = Account()
    for run, form, lonlat in Contents(structure_of(document), given.region).mirrored:
        account += Account(moved=_write(run, lonlat), other=(f"{place_words(run.path)}: {form.says}, signs changed",))
    return document, account


def _write(run: PositionRun, numbers: NDArray[np.float64]) -> int:
    for position, new in zip(run.raw, numbers.tolist(), strict=True):
        position[:2] = new
    return len(run.raw)


def write_boxes(document: Json) -> tuple[Json, Account]:
    """Write bounding boxes anew that do not hold the coordinates."""
    written = 0
    for node, bounds in misplaced_boxes(structure_of(document)):
        node.value["bbox"] = bounds
        written += 1
    return document, _account(written, "bounding boxes written anew from the coordinates")
