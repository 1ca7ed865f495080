"""Which bounding boxes of a document do not hold the coordinates they speak of (RFC 7946 section 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.reading.faults import Account, Json, JsonPath, place_words
from corridor.reading.structure import Node, Structure, nodes_of, structure_of

#: By how many degrees coordinates may stand out of a box: programs round boxes, to 100 m at the worst.
SLACK = 0.001


def box_of(value: Json) -> list[float] | None:
    """Return the four or six numbers of a `bbox` member, None for a member that is none."""
    numbers = isinstance(value, list) and len(value) in (4, 6)
    if not numbers or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in value):
        return None
    return [float(number) for number in value]


@dataclass(frozen=True, slots=True, eq=False)
class Boxed:
    """An object with a box, and the least and greatest numbers of what it holds: (2, 3) rows, NaN without heights."""

    node: Node
    box: list[float]
    bounds: NDArray[np.float64]

    @property
    def right_box(self) -> list[float]:
        """The box that holds the coordinates, with heights where the stated one has them and they are known."""
        return _written(self.bounds, len(self.box))

    @property
    def holds(self) -> bool:
        """Whether the stated box holds the coordinates."""
        return _holds(self.box, self.bounds)


def boxed_objects(structure: Structure) -> list[Boxed]:
    """Return the objects with a box and coordinates that are numbers, each with what these span."""
    boxes = {
        node.path: (node, box)
        for node in structure.marked
        if "bbox" in node.value and (box := box_of(node.value["bbox"])) is not None
    }
    if not boxes:
        return []
    held: dict[JsonPath, NDArray[np.float64]] = {}
    for run in structure.runs:
        if run.lonlat is None or not len(run.lonlat):
            continue
        columns = [run.lonlat] if run.beyond is None else [run.lonlat, run.beyond[:, :1]]
        rows = np.column_stack([*columns, np.full((len(run.lonlat), 3 - sum(c.shape[1] for c in columns)), np.nan)])
        bounds = np.array([np.fmin.reduce(rows), np.fmax.reduce(rows)])
        path = run.path
        while True:
            if path in boxes:
                known = held.get(path, bounds)
                held[path] = np.array([np.fmin(known[0], bounds[0]), np.fmax(known[1], bounds[1])])
            if not path:
                break
            path = path.rpartition("/")[0]
    return [Boxed(*boxes[path], bounds) for path, bounds in held.items()]


def misplaced_boxes(structure: Structure) -> list[tuple[Node, list[float]]]:
    """Return the objects whose box does not hold their coordinates, each with the box that does, as wide as theirs."""
    return [(boxed.node, boxed.right_box) for boxed in boxed_objects(structure) if not boxed.holds]


#: The objects with a box before a repair, by identity; each is kept, so that no other can take its place.
BoxesBefore = Mapping[int, Boxed]


def boxes_before(document: Json) -> BoxesBefore:
    """Return the boxes of a document with what they hold, to be asked again after a repair."""
    return {id(boxed.node.value): boxed for boxed in boxed_objects(structure_of(document))}


def follow(document: Json, before: BoxesBefore) -> Account:
    """Make the boxes of a document follow a repair that changed what they hold, and those that do not hold it.

    A box around nothing goes.
    """
    structure = structure_of(document)
    now = {id(boxed.node.value): boxed for boxed in boxed_objects(structure)}
    changes: list[str] = []
    for node in nodes_of(document):
        if node.type is None or box_of(node.value.get("bbox")) is None:
            continue
        boxed, was = now.get(id(node.value)), before.get(id(node.value))
        if boxed is None:
            if was is not None:
                del node.value["bbox"]
                changes.append(f"{place_words(node.path)}: bounding box taken out, nothing is left in it")
            continue
        stays = was is not None and boxed.holds and np.array_equal(was.bounds, boxed.bounds, equal_nan=True)
        if not stays and boxed.right_box != boxed.box:
            node.value["bbox"] = boxed.right_box
            changes.append(f"{place_words(node.path)}: bounding box written anew")
    return Account(other=tuple(changes))


def _holds(box: list[float], bounds: NDArray[np.float64]) -> bool:
    """Whether a box holds what lies in these bounds; west of east may be the other side of the 180th meridian."""
    west, south = box[:2]
    east, north = box[len(box) // 2 :][:2]
    low, high = bounds
    if low[1] < south - SLACK or high[1] > north + SLACK:
        return False
    if west > east:
        return bool(low[0] >= west - SLACK or high[0] <= east + SLACK or (low[0] <= east and high[0] >= west))
    return bool(low[0] >= west - SLACK and high[0] <= east + SLACK)


def _written(bounds: NDArray[np.float64], width: int) -> list[float]:
    flat: list[float] = np.concatenate([bounds[0], bounds[1]]).tolist()
    if width == 4 or np.isnan(bounds).any():
        return [*flat[:2], *flat[3:5]]
    return flat
