"""At which accuracy of the border an answer about a named territory turns, found by asking the same rules again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.assessing.accuracy import Tolerance
from corridor.assessing.assessment import Assessment
from corridor.assessing.border_lines import BorderLines, Metres
from corridor.assessing.judging import Case, Criterion, Judgement
from corridor.assessing.measures import ends_of
from corridor.assessing.nearness import nearness, reach
from corridor.assessing.region import Region
from corridor.assessing.sampling import Samples, vertices
from corridor.land.line_rows import LineRows

#: Metres of border accuracy at which the rules are asked first; between two that differ the turn is looked for. No more
#: is asked, since two editions of the border (OpenStreetMap 2017 and 2026) lie up to 1,979 m apart (fairness note 2.4).
ASKED_AT_M = (0.0, 25.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 600.0, 800.0, 1_000.0, 1_500.0, 2_000.0)
#: A turn is known to this many metres, or to this share of it where that is more; shorter spans are passed over.
FINE_M, FINE_SHARE = 1.0, 0.01


@dataclass(frozen=True, slots=True)
class Span:
    """A range of border accuracies, in metres, over which an answer stays the same."""

    from_m: float
    to_m: float
    judgement: Judgement


def answer_spans(assessment: Assessment, region: Region) -> dict[str, tuple[Span, ...]]:
    """Return for each criterion that tests words of the text how its answer depends on the accuracy of the border.

    The accuracy of the line stays what it was set to or follows from the file. The spans run from 0 to the last of
    ASKED_AT_M without gaps, and neighbours differ.
    """
    measures, farthest = assessment.measures, ASKED_AT_M[-1]
    line = vertices(LineRows.together(assessment.route.lines))
    far = nearness(
        measures.samples, measures.stretches, measures.accuracy, region, Tolerance(farthest, measures.tolerance.line_m)
    )
    spread = far.tolerance_m - farthest
    lines = {name: _Remembered(region.borders_of(name), measures.samples, far.tolerance_m) for name in measures.reaches}

    @cache
    def case(border_m: float) -> Case:
        tolerance = Tolerance(border_m, measures.tolerance.line_m)
        near = replace(far, tolerance_m=spread + border_m)
        ends = ends_of(assessment.route, line, measures.samples, measures.accuracy, region, tolerance)
        reaches = {name: reach(name, measures.samples, near, ends, lines[name]) for name in measures.reaches}
        return Case(assessment.route, replace(measures, tolerance=tolerance, reaches=reaches), region)

    def judged(criterion: Criterion) -> Callable[[float], Judgement]:
        return lambda border_m: criterion.judge(case(border_m))

    criteria = [verdict.criterion for verdict in assessment.verdicts if verdict.criterion.tests_text]
    return {criterion.id: _spans(judged(criterion)) for criterion in criteria}


class _Remembered(BorderLines):
    """Borders whose distances along one line were asked once, as far out as any accuracy that will be tried."""

    def __init__(self, lines: BorderLines, samples: Samples, near_m: NDArray[np.float64]) -> None:
        self._lines = lines
        self._along = cache(lambda: lines.near_along(samples.metric, near_m))

    def near_along(
        self, _metric: Metres, _near_m: Metres, _lands: Iterable[NDArray[np.bool_]] = ()
    ) -> tuple[Metres, NDArray[np.intp]]:
        return self._along()

    def nearest(self, metric: Metres) -> tuple[Metres, NDArray[np.intp]]:
        return self._lines.nearest(metric)


def _spans(judged: Callable[[float], Judgement]) -> tuple[Span, ...]:
    spans: list[Span] = []
    start = ASKED_AT_M[0]
    for before, after in pairwise(ASKED_AT_M):
        if not _same(judged(before), judged(after)):
            turn = _turn(before, after, judged)
            if turn - start >= FINE_M:
                spans.append(Span(start, turn, judged(before)))
                start = turn
    return (*spans, Span(start, ASKED_AT_M[-1], judged(ASKED_AT_M[-1])))


def _turn(low: float, high: float, judged: Callable[[float], Judgement]) -> float:
    """Return where the answer leaves that of `low`, by halving; the last place at which it still holds."""
    held = judged(low)
    while high - low > max(FINE_M, FINE_SHARE * low):
        middle = (low + high) / 2
        if _same(judged(middle), held):
            low = middle
        else:
            high = middle
    return low


def _same(judgement: Judgement, other: Judgement) -> bool:
    return (judgement.answer, judgement.why, judgement.reaches) == (other.answer, other.why, other.reaches)
