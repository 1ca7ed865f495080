"""How positions of a line are mended that have latitude first where the others have longitude first."""

from corridor.reading.axis_order import exchanged
from corridor.reading.faults import Account, Given, Json
from corridor.reading.structure import structure_of


def exchange(document: Json, given: Given) -> tuple[Json, Account]:
    """Exchange the first two numbers of single positions of lines that otherwise lie in the region as they are."""
    moved = 0
    for run in structure_of(document).runs:
        if run.role == "line" and run.lonlat is not None:
            for number in exchanged(run.lonlat, given.region).nonzero()[0].tolist():
                position = run.raw[number]
                position[0], position[1] = position[1], position[0]
                moved += 1
    return document, Account(moved=moved)
