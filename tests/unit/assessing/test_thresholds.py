"""Where an answer turns: what is said of each range is what the rules say when asked there again from the start."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.assessing.accuracy import Tolerance
from corridor.assessing.assessment import assess
from corridor.assessing.judging import Answer
from corridor.assessing.region import read_region
from corridor.assessing.thresholds import ASKED_AT_M, FINE_M, FINE_SHARE, answer_spans
from corridor.reading.route import read_route
from corridor.reading.samples import find_sample

SAMPLES = ("sound-whole-line", "sound-armenian-section", "sound-waypoints", "sound-stated-accuracy")
REGION = read_region()


def routes(sample: str):
    return read_route(find_sample(sample).content(), sample).routes


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_spans_leave_no_gap_and_neighbours_differ(sample):
    for route in routes(sample):
        for spans in answer_spans(assess(route, REGION), REGION).values():
            assert (spans[0].from_m, spans[-1].to_m) == (0.0, ASKED_AT_M[-1])
            for one, other in pairwise(spans):
                assert one.to_m == other.from_m
                assert (one.judgement.answer, one.judgement.why) != (other.judgement.answer, other.judgement.why)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.sampled_from(SAMPLES), st.floats(2.0, ASKED_AT_M[-1]), st.sampled_from([None, 0.0, 300.0]))
def test_asked_again_from_the_start_the_rules_say_the_same(sample, border_m, line_m):
    (route,) = routes(sample)
    spans = answer_spans(assess(route, REGION, Tolerance(line_m=line_m)), REGION)
    found = assess(route, REGION, Tolerance(border_m, line_m))
    for criterion, ranges in spans.items():
        near_a_turn = any(abs(border_m - one.to_m) <= max(2 * FINE_M, 2 * FINE_SHARE * one.to_m) for one in ranges[:-1])
        if not near_a_turn:
            span = next(one for one in ranges if border_m <= one.to_m)
            judgement = found.verdict(criterion).judgement
            assert (span.judgement.answer, span.judgement.why) == (judgement.answer, judgement.why)


def test_an_answer_turns_where_the_border_becomes_too_coarse_for_it():
    (route,) = routes("sound-whole-line")
    first, second = answer_spans(assess(route, REGION), REGION)["G3"]
    assert first.judgement.answer is Answer.MET
    assert second.judgement.answer is Answer.CANNOT_SAY
    assert 400 < first.to_m < 460
