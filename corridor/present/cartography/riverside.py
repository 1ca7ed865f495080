"""Where the name of a river can follow its course: along a calmed line beside it, never upside down."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from corridor.land.geodesy import Values
from corridor.present.cartography.drawing import Points
from corridor.present.cartography.placement import Baseline
from corridor.present.typography.typefaces import BELOW, CAPITAL

#: Points between the positions of the calmed course, and over how many points a course is calmed.
STEP, CALM = 2.0, 16.0
#: Points between two beginnings that are tried.
TRIED = 8.0
#: Degrees: the most that two characters turn against each other, and that a name may stand upright.
TURN, STEEP = 9.0, 68.0
#: What a degree of bending costs.
BEND = 0.04


@dataclass(frozen=True, eq=False, slots=True)
class Bent:
    """Ways to set a name of n characters along a course, k of them at once.

    `feet` (k, n, 2) are where the characters stand, `turns` (k, n) their angles in radians clockwise, `costs` (k) what
    the bends cost, `covered` (k, n, 4) the rectangles of the characters: left, top, right, bottom.
    """

    feet: Values
    turns: Values
    costs: Values
    covered: Values

    def row(self, number: int, text: str, last_advance: float) -> Baseline:
        """Return one way as a row; `last_advance` is the width of its last character in points."""
        feet, turns = self.feet[number], self.turns[number]
        end = feet[-1] + last_advance * np.array([np.cos(turns[-1]), np.sin(turns[-1])])
        chord = np.degrees(np.arctan2(*(end - feet[0])[::-1]))
        glyphs = [(x, y, angle) for (x, y), angle in zip(feet.tolist(), np.degrees(turns).tolist(), strict=True)]
        return Baseline(text, glyphs[0][0], glyphs[0][1], float(chord), tuple(glyphs))


def along(course: Points, advances: Values, spacing: float, size: float, away: float) -> Iterator[Bent]:
    """Yield the ways to follow a course `away` points above it and below it.

    `course` are corners on the page, `advances` the widths of the characters, all in points.
    """
    calm = _calmed(course)
    # Of the two directions, what would stand on its head is refused.
    for line in (calm, calm[::-1]):
        if len(line) > 1:
            ahead = np.gradient(line, axis=0)
            up = np.column_stack([ahead[:, 1], -ahead[:, 0]]) / np.maximum(np.hypot(*ahead.T), 1e-9)[:, None]
            for lift in (away, -(away + CAPITAL * size)):
                yield _set(line + lift * up, advances, spacing, size)


def _calmed(course: Points) -> Points:
    """Return a course with its bends evened out; none of it when it is short."""
    distance = _distances(course)
    if distance[-1] < 3 * CALM:
        return np.zeros((0, 2))
    even = _at(np.arange(0.0, float(distance[-1]), STEP), distance, course)
    reach = int(2 * CALM / STEP)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) * STEP / CALM) ** 2)
    padded = np.pad(even, ((reach, reach), (0, 0)), mode="edge")
    return np.column_stack([np.convolve(padded[:, axis], bell / bell.sum(), mode="valid") for axis in (0, 1)])


def _set(line: Points, advances: Values, spacing: float, size: float) -> Bent:
    distance = _distances(line)
    begins = np.concatenate([[0.0], np.cumsum(advances + spacing)[:-1]])
    starts = np.arange(0.0, float(distance[-1] - begins[-1] - advances[-1]), TRIED)
    middle = starts[:, None] + begins + advances / 2
    ahead = _at(middle + size, distance, line) - _at(middle - size, distance, line)
    turns = np.unwrap(np.arctan2(ahead[..., 1], ahead[..., 0]), axis=1)
    bends = np.abs(np.degrees(np.diff(turns, axis=1)))
    good = (np.abs(np.degrees(turns)).max(axis=1, initial=0.0) <= STEEP) & (bends.max(axis=1, initial=0.0) <= TURN)
    middle, turns, bends = middle[good], turns[good], bends[good]
    front = np.stack([np.cos(turns), np.sin(turns)], axis=-1)
    up = np.stack([np.sin(turns), -np.cos(turns)], axis=-1)
    feet = _at(middle, distance, line) - front * (advances / 2)[:, None]
    heights = (-BELOW * size, CAPITAL * size)
    corners = np.stack([feet + front * w + up * high for w in (0.0, advances[:, None]) for high in heights])
    covered = np.concatenate([corners.min(axis=0), corners.max(axis=0)], axis=-1)
    return Bent(feet, turns, bends.sum(axis=1) * BEND, covered)


def _distances(line: Points) -> Values:
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def _at(where: Values, distance: Values, line: Points) -> Values:
    return np.stack([np.interp(where, distance, line[:, axis]) for axis in (0, 1)], axis=-1)
