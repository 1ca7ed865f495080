"""How positions of a line are mended that are given otherwise than its others: exchanged, other signs, or 0, 0."""

from corridor.reading.faults import Account, Given, Json
from corridor.reading.misplaced_positions import Misplaced, misplaced, signs_changed
from corridor.reading.structure import structure_of


def exchange(document: Json, given: Given) -> tuple[Json, Account]:
    """Exchange the first two numbers of single positions of lines that otherwise lie in the region as they are."""
    moved = 0
    for run in structure_of(document).runs:
        if run.role == "line" and run.lonlat is not None:
            for number in misplaced(run.lonlat, given.region, Misplaced.EXCHANGED).nonzero()[0].tolist():
                position = run.raw[number]
                position[0], position[1] = position[1], position[0]
                moved += 1
    return document, Account(moved=moved)


def change_some_signs(document: Json, given: Given) -> tuple[Json, Account]:
    """Change the signs of single positions of lines that otherwise lie in the region as they are."""
    moved = 0
    for run in structure_of(document).runs:
        if run.role == "line" and run.lonlat is not None:
            which, signs = signs_changed(run.lonlat, given.region)
            for number in which.nonzero()[0].tolist():
                position = run.raw[number]
                position[0], position[1] = position[0] * signs[0], position[1] * signs[1]
                moved += 1
    return document, Account(moved=moved)


def drop_zeros(document: Json, given: Given) -> tuple[Json, Account]:
    """Take positions at 0, 0 out of lines that otherwise lie in the region."""
    removed = 0
    for run in structure_of(document).runs:
        if run.role == "line" and run.lonlat is not None:
            zero = misplaced(run.lonlat, given.region, Misplaced.AT_ZERO).tolist()
            if any(zero):
                run.raw[:] = [position for position, gone in zip(run.raw, zero, strict=True) if not gone]
                removed += sum(zero)
    return document, Account(removed=removed)
