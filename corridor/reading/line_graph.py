"""Lines as a graph: the longest way through what hangs together, and what branches off it or closes a ring with it.

Ways are lists of the ends at which pieces are entered, as in `Chains`; nodes are numbered in the order of their places.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.reading.line_pieces import PieceTable

#: Steps up the tree after which the way between two of its nodes is no longer looked for.
MOST_STEPS = 1_000

#: Pieces that follow each other, by the ends at which they are entered.
Trail = Sequence[int]


@dataclass(frozen=True, eq=False, slots=True)
class Component:
    """Pieces that hang together: the longest way through them, its branches, and what closes a ring with them.

    `rings` hold a piece that is not on the tree and the way between its two ends that is, None where that is too long
    to be looked for.
    """

    main: Trail
    branches: Sequence[Trail]
    rings: Sequence[tuple[int, Trail | None]]


def components(pieces: PieceTable) -> tuple[NDArray[np.int64], list[Component]]:
    """Return the pieces that no other touches, run as the longest way through more would be, and what hangs together.

    Both are the same whatever order and direction the pieces came in.
    """
    _, which, counts = np.unique(pieces.ends, return_inverse=True, return_counts=True)
    nodes = which.reshape(-1, 2)
    alone = (counts[nodes] == 1).all(axis=1)
    entered = 2 * np.flatnonzero(alone) + (nodes[alone, 0] < nodes[alone, 1])
    order = pieces.in_order
    touching = order[~alone[order]]
    forest = _Forest(pieces, nodes, touching, len(counts)) if len(touching) else None
    return entered, [] if forest is None else list(forest.components())


class _Forest:
    """The trees that the pieces of a graph make, once those are left out that close a ring.

    Of each node it holds the end at which the piece was entered that last led to it (-1: none did, the walk began
    there) and the metres walked; of a piece entered at `end` the far end is `end ^ 1`.
    """

    def __init__(self, pieces: PieceTable, nodes: NDArray[np.int64], order: NDArray[np.int64], count: int) -> None:
        """Take the nodes at both ends of each piece, some pieces in their order, and how many nodes there are."""
        self._node = nodes.astype(np.int32).ravel().data
        self._length_m = pieces.length_m.data
        self._root = array("i", range(count))
        on_tree: list[int] = []
        self._closing: list[int] = []
        for piece in order.tolist():
            first, last = self._root_of(self._node[2 * piece]), self._root_of(self._node[2 * piece + 1])
            if first == last:
                self._closing.append(piece)
            else:
                self._root[first] = last
                on_tree.append(piece)
        # The ends of tree pieces by the node they stand at, and where those of each node begin.
        ends = (2 * np.array(on_tree, dtype=np.int32)[:, None] + np.arange(2, dtype=np.int32)).ravel()
        at = nodes.ravel()[ends]
        self._ends = ends[np.argsort(at, kind="stable")].data
        self._first = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=count))]).astype(np.int32).data
        self._met = np.unique(nodes[order]).tolist()
        self._led, self._away = array("i", [-1]) * count, array("d", [0.0]) * count
        self._seen = bytearray(count)

    def _root_of(self, node: int) -> int:
        """Return the node that stands for all that hang together with one."""
        root = self._root
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    def components(self) -> Iterator[Component]:
        """Yield what hangs together, by the least of its nodes."""
        groups: dict[int, list[int]] = {}
        for node in self._met:
            groups.setdefault(self._root_of(node), []).append(node)
        arms: dict[int, list[int]] = {}
        for piece in sorted(self._closing, key=lambda piece: self._node[2 * piece]):
            arms.setdefault(self._root_of(self._node[2 * piece]), []).append(2 * piece)
        for root, nodes in groups.items():
            yield self._component(nodes[0], arms.get(root, []))

    def _component(self, least: int, closing: list[int]) -> Component:
        start = self._farthest(self._walked([least]))
        reached = self._walked([start])
        # Pieces of less than a millimetre are as far as nothing once that is rounded.
        main = self._path(self._farthest(reached)) or self._path(max(reached, key=self._away.__getitem__))
        rings = [(arm, self._between(arm)) for arm in closing]
        if not main:
            # A ring and nothing else: it is the line.
            return Component([closing[0]], (), [(arm, None) for arm in closing[1:]])
        return Component(main, self._branches(main), rings)

    def _walked(self, begin: Sequence[int]) -> "array[int]":
        """Walk the tree from some nodes, the first of them first, and return the nodes in the order they were left."""
        left, heap = array("i"), array("i", reversed(begin))
        for node in begin:
            self._seen[node], self._led[node], self._away[node] = True, -1, 0.0
        while heap:
            node = heap.pop()
            left.append(node)
            for end in self._ends[self._first[node] : self._first[node + 1]]:
                there = self._node[end ^ 1]
                if not self._seen[there]:
                    self._seen[there], self._led[there] = True, end
                    self._away[there] = self._away[node] + self._length_m[end // 2]
                    heap.append(there)
        for node in left:
            self._seen[node] = False
        return left

    def _farthest(self, reached: Sequence[int]) -> int:
        return max(reached, key=lambda node: (round(self._away[node], 3), node))

    def _path(self, node: int) -> Trail:
        path = array("i")
        while (end := self._led[node]) >= 0:
            path.append(end)
            node = self._node[end]
        path.reverse()
        return path

    def _between(self, arm: int) -> Trail | None:
        """Return the way along the tree between the ends of a piece, None where it is too long or there is none."""
        nodes = [self._node[arm], self._node[arm ^ 1]]
        if nodes[0] == nodes[1]:
            return None
        ways: tuple[list[int], list[int]] = [], []
        while nodes[0] != nodes[1]:
            # The node that is farther from the start goes one step towards it, until both are the same.
            side = 0 if (self._away[nodes[0]], nodes[0]) > (self._away[nodes[1]], nodes[1]) else 1
            end = self._led[nodes[side]]
            if end < 0 or len(ways[side]) > MOST_STEPS:
                return None
            ways[side].append(end)
            nodes[side] = self._node[end]
        return [*(end ^ 1 for end in ways[0]), *reversed(ways[1])]

    def _branches(self, main: Trail) -> list[Trail]:
        """Return what hangs on the main way, each branch as long as it goes on, from where it begins."""
        along = [self._node[main[0]], *(self._node[end ^ 1] for end in main)]
        order = self._walked(along)
        if len(order) == len(along):
            return []
        on_main = set(along)
        depth: dict[int, float] = {}
        onward: dict[int, int] = {}
        for node in reversed(order):
            end = self._led[node]
            if end >= 0:
                before, here = self._node[end], depth.get(node, 0.0) + self._length_m[end // 2]
                if here > depth.get(before, 0.0) or before not in onward:
                    depth[before], onward[before] = max(here, depth.get(before, 0.0)), node
        branches: list[Trail] = []
        for node in order:
            end = self._led[node]
            if end < 0 or (self._node[end] not in on_main and onward[self._node[end]] == node):
                continue
            string, tip = array("i", [end]), node
            while tip in onward:
                tip = onward[tip]
                string.append(self._led[tip])
            branches.append(string)
        return branches
