"""What the lines of one route are together: its way from end to end, what is drawn again, what branches off, its gaps.

Each stretch of ground counts once, whatever was drawn over it. Rows of lines are (lon, lat, height): degrees on WGS84
and metres, NaN where there is no height.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions, segment_lengths_m
from corridor.land.line_rows import LineRows
from corridor.reading.alongside import LineCourse, apart_m
from corridor.reading.chaining import Chains, line_ends, strung
from corridor.reading.contracting import ROUND, contracted, pieces_of
from corridor.reading.counted_once import CLOSE_M, NetworkPlace, PlaceKind, counted_once, place_of, total_km
from corridor.reading.line_gaps import NO_GAPS, LineGaps
from corridor.reading.line_graph import Component, Trail, components
from corridor.reading.line_pieces import Junction, Piece, PieceTable, piece_of, places, roundness, strung_together
from corridor.reading.parallel_looks import BESIDE_M, SAME_M
from corridor.reading.repeats import AGAIN_M, LEAST_BESIDE_M, plane, rough_lengths_m

#: Metres round a ring up to which it is a roundabout; the largest are 200 m across.
ROUNDABOUT_M = 650.0
#: Lines, and vertices, among which branches are sought that do not quite touch; more would take long.
MOST_ATTACHED, MOST_ATTACHED_VERTICES = 2_000, 300_000
#: Cosine of 60 degrees: two lines from one place whose far ends lie in directions closer than that go the same way.
SAME_WAY = 0.5
#: Rings of one component of which it is asked how far their two sides are apart.
MOST_RINGS = 500
#: Of two lines from one place neither is so many times longer, if they are alternatives and not one way with a bend. Of
#: the shipped candidates of one mode between the same two places the longest is 2.1 times as long as the shortest.
MOST_UNLIKE = 3.0
#: More lines than this between the same two places are no alternatives that anybody compares.
MOST_ALTERNATIVES = 12


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """One way from end to end: its lines in their order, and `beside` what counts too: branches and other arms."""

    lines: Sequence[Positions]
    beside: Sequence[Positions] = ()
    gaps: LineGaps = NO_GAPS

    @property
    def all_lines(self) -> Sequence[Positions]:
        """All that counts, the way itself first."""
        if not self.beside:
            return self.lines
        return LineRows.joined([LineRows.together(self.lines), LineRows.together(self.beside)])


@dataclass(frozen=True, eq=False, slots=True)
class LineNetwork:
    """The lines of a route: `ways` (two or more are alternatives), what is drawn `again`, what is unusual.

    `as_drawn` says that the one way is the one line of the file, as it stands there.
    """

    ways: tuple[Way, ...]
    again: Sequence[Positions]
    unusual: tuple[NetworkPlace, ...]
    as_drawn: bool = False

    @property
    def gaps(self) -> LineGaps:
        """The gaps of all ways; alternatives have none."""
        return self.ways[0].gaps


def as_drawn(rows: Positions) -> LineNetwork:
    """Return one line as it stands in the file."""
    return LineNetwork((Way((rows,)),), (), (), as_drawn=True)


def network_of(parts: Sequence[Positions]) -> LineNetwork:
    """Return what the parts of a route are together; the same, but for its direction, in any order and direction."""
    if len(parts) == 1 and _hardly_longer_than_straight(parts[0]):
        return as_drawn(parts[0])
    graph = pieces_of(parts)
    counted, again, unusual = counted_once(graph)
    if len(parts) == 1 and not again:
        return replace(as_drawn(parts[0]), unusual=tuple(unusual))
    if len(parts) == 1:
        # One line leads on in its own order, whatever of it counts.
        one_after_another = Chains.of([range(0, 2 * len(counted), 2)])
        lines = counted.chained(one_after_another.cut(~counted.meeting(one_after_another))).lines
        return LineNetwork((Way(lines),), _together(again), tuple(unusual))
    if len(parts) == 2:
        two = [piece_of(rows) for rows in parts]
    else:
        two = list(graph) if len(graph) <= MOST_ALTERNATIVES else []
    alternatives = _alternatives_of(two, total_km(again) * 1000.0)
    if alternatives:
        shared = place_of(PlaceKind.ALTERNATIVES, alternatives[1].rows)
        return LineNetwork(tuple(Way((piece.rows,)) for piece in alternatives), (), (shared,))
    pieces = contracted(counted) if again else graph
    del graph, counted
    sorted_out = _SortedOut(again, unusual)
    mains = _mains(pieces, sorted_out)
    # Its numbers are in `mains` once more.
    del pieces
    lines, gaps = _lines(*_in_order(mains, sorted_out))
    way = Way(lines, _together(sorted_out.beside), gaps)
    return LineNetwork((way,), _together(sorted_out.again), tuple(sorted_out.unusual))


def _mains(pieces: PieceTable, sorted_out: "_SortedOut") -> PieceTable:
    """Return the one way of each component in the order that all pieces have; sort out the rest."""
    alone, hanging = components(pieces)
    ways = chain(([end] for end in alone.data), (sorted_out.take(component, pieces) for component in hanging))
    mains = pieces.chained(Chains.of(ways))
    return mains.some(mains.in_order)


def _together(lines: Sequence[Positions]) -> Sequence[Positions]:
    return LineRows.together(lines) if lines else ()


def _alternatives_of(graph: list[Piece], again_m: float) -> list[Piece]:
    """Return the pieces of a graph that are alternatives to each other: they share an end, or both.

    Two of like length that share one end are alternatives where they lead the same way. None are where half of one is
    drawn again.
    """
    if len(graph) < 2 or again_m > min(piece.length_m for piece in graph) / 2:
        return []
    if len({frozenset(piece.ends) for piece in graph}) == 1:
        first, *others = sorted(graph, key=lambda piece: piece.key)
        if all(_ring(other, first)[0] is PlaceKind.TWO_WAYS for other in others):
            return [_forward(piece) for piece in graph]
    if len(graph) == 2:
        entered = strung(line_ends([piece.rows for piece in graph])).entered[:2].tolist()
        two = [graph[end // 2].turned if end % 2 else graph[end // 2] for end in entered]
        # Lines of no length are not strung together.
        ends = np.vstack([two[0].rows[-1:, :2], two[-1].rows[:1, :2]])
        close = len(two) == 2 and bool(segment_lengths_m(ends)[0] <= CLOSE_M)
        shorter, longer = sorted(piece.length_m for piece in graph)
        if close and longer <= MOST_UNLIKE * shorter and runs_back(two[0].rows, two[1].rows):
            return [_forward(piece) for piece in graph]
    return []


def _hardly_longer_than_straight(rows: Positions) -> bool:
    """Whether a line is too short a way round to have room for a stretch that is drawn again."""
    if len(rows) < 3:
        return True
    whole, straight = (float(rough_lengths_m(some).sum()) for some in (rows, rows[[0, -1]]))
    return whole - straight < AGAIN_M


def _forward(piece: Piece) -> Piece:
    return piece if piece.forward_m >= 0 else piece.turned


class _SortedOut:
    """What has been sorted out of the way from end to end so far."""

    def __init__(self, again: list[Positions], unusual: list[NetworkPlace]) -> None:
        """Begin with what is drawn again."""
        self.again, self.unusual = again, unusual
        self.beside: list[Positions] = []
        self._tips, self._tipped = set[Junction](), 0

    def take(self, component: Component, pieces: PieceTable) -> Trail:
        """Return the one way of a component of some pieces; sort out the rest."""
        joined = pieces.joined
        for number, (end, between) in enumerate(component.rings):
            arm = joined([end])
            kind, apart = _ring(arm, None if between is None or number >= MOST_RINGS else joined(between))
            if kind in (PlaceKind.BESIDE, PlaceKind.ROUNDABOUT):
                self.again.append(arm.rows)
            else:
                self.beside.append(arm.rows)
            self.unusual.append(place_of(kind, arm.rows, apart))
        course = LineCourse(joined(component.main).rows) if component.branches else None
        for branch in component.branches:
            self.branch(joined(branch), course)
        return component.main

    def branch(self, piece: Piece, course: LineCourse | None, kind: PlaceKind = PlaceKind.BRANCH) -> None:
        """Sort out a branch, or another way, which counts; one that runs along the way it leaves does not."""
        along = None if course is None else course.along_m(piece.rows)
        if along is not None and piece.length_m > CLOSE_M:
            self.again.append(piece.rows)
            self.unusual.append(place_of(PlaceKind.AGAIN if along <= SAME_M else PlaceKind.BESIDE, piece.rows, along))
            return
        self.beside.append(piece.rows)
        # Told otherwise: a branch that is run out and back, or leads to a second track; a few metres are a slip. Where
        # two carriageways part for long, the second of the two ways is no link between them.
        parted = kind is PlaceKind.TWO_WAYS and piece.length_m > LEAST_BESIDE_M
        if parted or (piece.length_m > CLOSE_M and piece.ends[1] not in self._ends_again()):
            self.unusual.append(place_of(kind, piece.rows))

    def _ends_again(self) -> set[Junction]:
        """Return the places where what is drawn again ends; of each line they are looked up once, not per branch."""
        self._tips.update(*(places(rows[[0, -1]]).tolist() for rows in self.again[self._tipped :]))
        self._tipped = len(self.again)
        return self._tips


def _ring(arm: Piece, other: Piece | None) -> tuple[PlaceKind, float]:
    """Return what a piece is that closes a ring with another way between its ends, and how far apart they are."""
    if other is None:
        return PlaceKind.RING, 0.0
    apart = apart_m(arm.rows, other.rows)
    ring = strung_together([other, arm if arm.ends[0] == other.ends[1] else arm.turned])
    round_enough = roundness(ring.rows) >= ROUND
    if round_enough and ring.length_m <= ROUNDABOUT_M:
        return PlaceKind.ROUNDABOUT, apart
    if apart <= BESIDE_M and arm.length_m <= 1.5 * other.length_m:
        return PlaceKind.BESIDE, apart
    return (PlaceKind.RING if round_enough else PlaceKind.TWO_WAYS), apart


def _in_order(mains: PieceTable, sorted_out: _SortedOut) -> tuple[PieceTable, NDArray[np.int32]]:
    """Return the ways of all components, and where each is entered as they follow each other by their nearest ends."""
    strings = _without_branches(mains, strung(mains.end_rows, CLOSE_M), sorted_out)
    ordered = strings.some(strung(mains.chained(strings).end_rows).entered).entered
    if np.where(ordered % 2 == 1, -1, 1) @ mains.forward_m[ordered // 2] < 0:
        ordered = ordered[::-1] ^ 1
    return mains, ordered


def _without_branches(mains: PieceTable, strings: Chains, sorted_out: _SortedOut) -> Chains:
    """Return strings of pieces without those that begin beside the course of a longer one."""
    if not 1 < len(strings) <= MOST_ATTACHED or len(mains.rows) > MOST_ATTACHED_VERTICES:
        return strings
    whole = mains.chained(strings)
    order = np.argsort(-whole.length_m, kind="stable")
    strings, rows = strings.some(2 * order), whole.some(order).lines
    del whole
    flat = [plane(string) for string in rows]
    lines = np.asarray([shapely.LineString(string) for string in flat])
    tree = shapely.STRtree(lines)
    left: list[int] = []
    courses: dict[int, LineCourse] = {}
    own: NDArray[np.bool_] | None = None
    for number, (string, ends) in enumerate(zip(strings, flat, strict=True)):
        latitude = float(np.clip(rows[number][0, 1], -85, 85))
        reach = 1.1 * BESIDE_M / float(np.cos(np.radians(latitude)))
        hosts = [
            [
                other
                for other in tree.query(shapely.Point(end), predicate="dwithin", distance=reach).tolist()
                if other < number and np.hypot(*(flat[other][[0, -1]] - end).T).min() > reach
            ]
            for end in (ends[0], ends[-1])
        ]
        if any(hosts):
            kind = PlaceKind.TWO_WAYS if all(hosts) else PlaceKind.BRANCH
            host = min(hosts[0] + hosts[1])
            if host not in courses:
                courses[host] = LineCourse(rows[host])
            if own is None:
                # Of which pieces all parts are those of the main string.
                own = mains.of_same_parts(strings.entered[: strings.first[1]] // 2)
            for entered in string.tolist() if hosts[0] else (string[::-1] ^ 1).tolist():
                piece = mains.piece(entered)
                # What one line does after it has lain beside itself is no branch, but how it goes on.
                if own[entered // 2]:
                    sorted_out.beside.append(piece.rows)
                else:
                    sorted_out.branch(piece, courses[host], kind)
        else:
            left.append(number)
    return strings.some(2 * np.array(left))


def runs_back(before: Positions, after: Positions) -> bool:
    """Whether a line that begins where another ends leads back: both far ends lie less than 60 degrees apart."""
    corners = plane(np.vstack([before[0], before[-1], after[-1]]))
    back, on = corners[0] - corners[1], corners[2] - corners[1]
    size = float(np.hypot(*back) * np.hypot(*on))
    return bool(size == 0 or float(back @ on) > SAME_WAY * size)


def _lines(pieces: PieceTable, ordered: NDArray[np.int32]) -> tuple[LineRows, LineGaps]:
    """Return pieces in their order as lines, one for all that meet, a new one after each gap; and the gaps."""
    all_in_turn = Chains(ordered, np.array([0, len(ordered)], dtype=np.int32))
    lines = pieces.chained(all_in_turn.cut(~pieces.meeting(all_in_turn))).lines
    ends = np.stack([lines.starts, lines.ends], axis=1)[:, :, :2].reshape(-1, 2)
    return lines, LineGaps(segment_lengths_m(ends)[1::2], ends[1:-1:2])
