"""Lines as a graph: the longest way through what hangs together, and what branches off it or closes a ring with it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from corridor.reading.line_pieces import Junction, Piece, strung_together


@dataclass(frozen=True, eq=False, slots=True)
class Component:
    """Pieces that hang together: the longest way through them, its branches, and what closes a ring with them.

    `rings` hold a piece that is not on the tree and the way between its two ends that is, None where that is too long
    to be looked for.
    """

    main: tuple[Piece, ...]
    branches: tuple[Piece, ...]
    rings: tuple[tuple[Piece, Piece | None], ...]


def components(pieces: Sequence[Piece]) -> list[Component]:
    """Return pieces by what hangs together; the same whatever their order and direction."""
    ends = np.array([piece.ends for piece in pieces], dtype=np.int64).reshape(-1, 2)
    _, which, counts = np.unique(ends, return_inverse=True, return_counts=True)
    alone = (counts[which.reshape(-1, 2)] == 1).all(axis=1).tolist()
    first_node = {min(piece.ends): _alone(piece) for piece, met in zip(pieces, alone, strict=True) if met}
    rest = [piece for piece, met in zip(pieces, alone, strict=True) if not met]
    first_node.update(_hanging_together(rest))
    return [first_node[node] for node in sorted(first_node)]


def _alone(piece: Piece) -> Component:
    """Return a piece that no other touches, run as the longest way through more pieces would be."""
    return Component((piece if piece.ends[0] > piece.ends[1] else piece.turned,), (), ())


def _hanging_together(pieces: Sequence[Piece]) -> Iterator[tuple[Junction, Component]]:
    """Yield what hangs together with the least of its nodes."""
    ordered = sorted(pieces, key=lambda piece: piece.key)
    root: dict[Junction, Junction] = {}

    def find(node: Junction) -> Junction:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    tree: dict[Junction, list[Piece]] = defaultdict(list)
    closing: dict[Junction, list[Piece]] = defaultdict(list)
    for piece in ordered:
        first, last = piece.ends
        if find(first) == find(last):
            closing[first].append(piece)
        else:
            root[find(first)] = find(last)
            tree[first].append(piece)
            tree[last].append(piece)
    groups: dict[Junction, list[Junction]] = defaultdict(list)
    for node in sorted({*tree, *closing}):
        groups[find(node)].append(node)
    for nodes in groups.values():
        yield nodes[0], _component(nodes, tree, [arm for node in nodes for arm in closing[node]])


#: Steps up the tree after which the way between two of its nodes is no longer looked for.
MOST_STEPS = 1_000
#: For each node the piece that leads to it, run towards it, and the distance in metres; none for the first node.
Reached = dict[Junction, tuple[Piece | None, float]]


def _reached(start: Junction, tree: dict[Junction, list[Piece]]) -> Reached:
    reached: Reached = {start: (None, 0.0)}
    heap = [start]
    while heap:
        node = heap.pop()
        for piece in tree[node]:
            towards = piece if piece.ends[0] == node else piece.turned
            if towards.ends[1] not in reached:
                reached[towards.ends[1]] = towards, reached[node][1] + piece.length_m
                heap.append(towards.ends[1])
    return reached


def _path(node: Junction, reached: Reached) -> list[Piece]:
    path: list[Piece] = []
    while (led := reached[node][0]) is not None:
        path.append(led)
        node = led.ends[0]
    return path[::-1]


def _farthest(reached: Reached) -> Junction:
    return max(reached, key=lambda node: (round(reached[node][1], 3), node))


def _component(nodes: list[Junction], tree: dict[Junction, list[Piece]], closing: list[Piece]) -> Component:
    start = _farthest(_reached(nodes[0], tree))
    reached = _reached(start, tree)
    # Pieces of less than a millimetre are as far as nothing once that is rounded.
    main = _path(_farthest(reached), reached) or _path(max(reached, key=lambda node: reached[node][1]), reached)
    rings = tuple((arm, _between(*arm.ends, reached)) for arm in closing)
    if not main:
        # A ring and nothing else: it is the line.
        first, *others = closing
        return Component((first,), (), tuple((arm, None) for arm in others))
    return Component(tuple(main), tuple(_branches(main, tree)), rings)


def _between(first: Junction, last: Junction, reached: Reached) -> Piece | None:
    """Return the way along the tree between two nodes, None where it is too long or there is none."""
    if first == last:
        return None
    ways: tuple[list[Piece], list[Piece]] = [], []
    ends = [first, last]
    while ends[0] != ends[1]:
        # The node that is farther from the start goes one step towards it, until both are the same.
        side = 0 if (reached[ends[0]][1], ends[0]) > (reached[ends[1]][1], ends[1]) else 1
        led = reached[ends[side]][0]
        if led is None or len(ways[side]) > MOST_STEPS:
            return None
        ways[side].append(led)
        ends[side] = led.ends[0]
    return strung_together([*(piece.turned for piece in ways[0]), *reversed(ways[1])])


def _branches(main: list[Piece], tree: dict[Junction, list[Piece]]) -> list[Piece]:
    """Return what hangs on the main way, each branch as long as it goes on, from where it begins."""
    along = [main[0].ends[0], *(piece.ends[1] for piece in main)]
    reached: Reached = dict.fromkeys(along, (None, 0.0))
    order: list[Junction] = []
    heap = list(reversed(along))
    while heap:
        node = heap.pop()
        order.append(node)
        for piece in tree[node]:
            towards = piece if piece.ends[0] == node else piece.turned
            if towards.ends[1] not in reached:
                reached[towards.ends[1]] = towards, 0.0
                heap.append(towards.ends[1])
    depth: dict[Junction, float] = defaultdict(float)
    onward: dict[Junction, Junction] = {}
    for node in reversed(order):
        led = reached[node][0]
        if led is not None:
            here = depth[node] + led.length_m
            if here > depth[led.ends[0]] or led.ends[0] not in onward:
                depth[led.ends[0]], onward[led.ends[0]] = max(here, depth[led.ends[0]]), node
    branches: list[Piece] = []
    on_main = set(along)
    for node in order:
        led = reached[node][0]
        if led is None or (led.ends[0] not in on_main and onward[led.ends[0]] == node):
            continue
        string, tip = [led], node
        while tip in onward:
            tip = onward[tip]
            step = reached[tip][0]
            if step is None:
                break
            string.append(step)
        branches.append(strung_together(string))
    return branches
