"""Files of thousands of lines at one place, or evenly spaced, cost no more for each than other lines do."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pytest

from corridor.land.line_rows import LineRows
from corridor.reading import chaining, line_network
from corridor.reading.chaining import line_ends, strung
from corridor.reading.counted_once import _without_bridges
from corridor.reading.line_network import network_of
from corridor.reading.line_pieces import places

COUNT = 3_000
STAR = [np.array([[46.0, 39.0], [46.0 + 0.3 * np.cos(n), 39.0 + 0.3 * np.sin(n)]]) for n in range(COUNT)]
COMB = [np.array([[46.0, 39.0 + n * 1e-5], [46.1, 39.0 + n * 1e-5]]) for n in range(COUNT)]
RINGS = [np.array([[46.0, 39.0], [46.1, 39.0 + n * 1e-5], [46.0, 39.0]]) for n in range(1, COUNT)]


@pytest.mark.parametrize("lines", [STAR, COMB, RINGS], ids=["star", "comb", "rings"])
def test_nearest_ends_are_sought_in_few_rounds(lines, monkeypatch):
    asked = []
    nearest = chaining._nearest
    monkeypatch.setattr(chaining, "_nearest", lambda *given: asked.append(len(given[1])) or nearest(*given))
    chains = strung(line_ends(lines))
    assert sorted(chains.entered // 2) == list(range(len(lines)))
    assert sum(asked) < 16 * len(lines)


def test_lines_at_one_place_are_joined_there():
    (chain,) = strung(line_ends(STAR[:4]))
    # Two by two at the middle, then at the nearest of the far ends.
    assert sorted(chain // 2) == [0, 1, 2, 3]
    assert sum(chain % 2) == 2


def test_a_ring_at_the_place_of_others_is_joined_to_another_and_not_to_itself():
    for count in (2, 3, 4, 5):
        (chain,) = strung(line_ends(RINGS[:count]))
        assert sorted(chain // 2) == list(range(count))


def test_ends_that_are_drawn_again_are_looked_at_once(monkeypatch):
    looked = 0
    places = line_network.places

    def counting(rows):
        nonlocal looked
        looked += len(rows)
        return places(rows)

    monkeypatch.setattr(line_network, "places", counting)
    again = [STAR[n // 2] for n in range(400)]
    network = network_of(again)
    assert network.again
    assert looked < 20 * len(again)


def test_of_each_piece_it_is_not_gone_through_all_ends_where_lines_were_strung_together():
    line = np.column_stack([np.linspace(46, 47, 200_001), np.full(200_001, 39.0)])
    ends = np.unique(places(line))
    piece = np.array([[45.9, 39.0], line[7], line[8], [46.00001, 39.1], line[9]])
    tracemalloc.start()
    cut, of = _without_bridges(LineRows.together([piece]), ends)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert of.tolist() == [0, 0]
    assert [part.tolist() for part in cut] == [piece[:2].tolist(), piece[2:].tolist()]
    # A list of whether each end is met, or a sorted copy of the ends, would be larger.
    assert peak < len(ends)


def test_whatever_the_ends_a_bridge_leads_from_one_to_another():
    dice = np.random.default_rng(5)
    for count in (1, 2, 9):
        rows = dice.integers(0, 3, (20, 2)).astype(float)
        ends = np.unique(places(dice.integers(0, 3, (count, 2)).astype(float)))
        at_end = np.isin(places(rows), ends)
        segments = [
            segment
            for part in _without_bridges(LineRows.together([rows]), ends)[0]
            for segment in pairwise(part.tolist())
        ]
        assert len(segments) == 19 - int((at_end[:-1] & at_end[1:]).sum())
