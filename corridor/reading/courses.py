"""The courses of the lines of a document: those of which something may be said, and of thousands no more than that."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from corridor.reading.line_shape import JUMP_M, LineShape
from corridor.reading.many_lines import uneventful, with_long_segments
from corridor.reading.packed_runs import arrays_of
from corridor.reading.position_runs import PositionRun

#: Up to here the products of two numbers fit a double; no place on Earth comes near, in any system or unit.
LARGEST_NUMBER = 1e100


@dataclass(frozen=True, eq=False)
class Courses:
    """The courses of lines whose positions are numbers, each with its line and in their order.

    None of a line whose numbers are too large to be multiplied with each other.
    """

    lines: Sequence[PositionRun]

    @cached_property
    def eventful(self) -> tuple[tuple[PositionRun, LineShape], ...]:
        """Those of which more may be said than how long their segments are."""
        each = zip(self.lines, uneventful(arrays_of(self.lines)).tolist(), strict=True)
        return tuple((run, course) for run, nothing in each if not nothing and (course := _course(run)))

    @property
    def with_long_segments(self) -> Iterator[tuple[PositionRun, LineShape]]:
        """Those that may have a segment of JUMP_M or more; of thousands with nothing else none is kept."""
        known = self._by_path
        each = zip(self.lines, with_long_segments(arrays_of(self.lines), JUMP_M).tolist(), strict=True)
        runs = (run for run, long in each if long)
        return ((run, course) for run in runs if (course := known.get(run.path) or _course(run)))

    @cached_property
    def _by_path(self) -> dict[str, LineShape]:
        return {run.path: course for run, course in self.eventful}

    def of(self, lines: Sequence[PositionRun]) -> list[LineShape]:
        """Return the course of each of some lines."""
        known = self._by_path
        return [known.get(run.path) or LineShape(run.lonlat) for run in lines if run.lonlat is not None]


def _course(run: PositionRun) -> LineShape | None:
    if run.lonlat is not None and np.abs(run.lonlat).max(initial=0.0) < LARGEST_NUMBER:
        return LineShape(run.lonlat)
    return None
