"""The parts of a way that is known in its order: what counts keeps order and part, and is what a file counts."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.reading.counted_once import km_of
from corridor.reading.line_network import network_of
from corridor.reading.parts_once import parts_once
from tests.support.drawn_lines import Line, beside, winding

LINE = winding()


def arrays(*parts: Line) -> list[np.ndarray]:
    return [np.array(part, dtype=float) for part in parts]


def test_parts_that_repeat_nothing_stay_as_they_are():
    parts = arrays(LINE[:30], LINE[29:31], LINE[30:])
    counted, again = parts_once(parts)
    assert again == ()
    assert [stretch.part for stretch in counted] == [0, 1, 2]
    assert all(np.array_equal(stretch.rows, part) for stretch, part in zip(counted, parts, strict=True))


@pytest.mark.parametrize("metres", [0, 3, 25])
def test_a_way_into_a_station_and_out_beside_it_counts_once(metres):
    out = LINE[60:][::-1] if metres == 0 else [LINE[-1], *beside(LINE[60:], metres)[::-1][1:]]
    onward = [[out[-1][0] + 0.001 * n, out[-1][1] - 0.01 * n] for n in range(30)]
    parts = arrays(LINE[:50], LINE[49:], [*out, *onward[1:10]], onward[9:])
    counted, again = parts_once(parts)
    assert sum(stretch.km for stretch in again) == pytest.approx(km_of(np.array(LINE[60:])), rel=0.02)
    assert {stretch.part for stretch in again} <= {1, 2}
    assert [stretch.part for stretch in counted] == sorted(stretch.part for stretch in counted)


@pytest.mark.slow
@given(st.randoms(use_true_random=False), st.integers(2, 8), st.floats(0, 45))
@settings(max_examples=60, deadline=None)
def test_what_counts_is_what_a_file_of_the_same_parts_counts(dice: random.Random, count: int, metres: float):
    cuts = sorted(dice.sample(range(1, len(LINE) - 1), count - 1))
    parts = [LINE[a : b + 1] for a, b in zip([0, *cuts], [*cuts, len(LINE) - 1], strict=True)]
    first = dice.randrange(0, 60)
    stretch = LINE[first : first + dice.randrange(10, 20)]
    parts.insert(dice.randrange(len(parts) + 1), beside(stretch, metres) if metres > 1 else stretch)
    parts = [part[::-1] if dice.random() < 0.3 else part for part in parts]
    counted, again = parts_once(arrays(*parts))
    network = network_of(arrays(*parts))
    if len(network.ways) == 1:
        way = sum(map(km_of, network.ways[0].all_lines))
        assert sum(part.km for part in counted) == pytest.approx(way, abs=1e-6)
        assert sum(part.km for part in again) == pytest.approx(sum(map(km_of, network.again)), abs=1e-6)
    drawn = sum(km_of(part) for part in arrays(*parts))
    assert sum(part.km for part in (*counted, *again)) == pytest.approx(drawn, abs=1e-6)
