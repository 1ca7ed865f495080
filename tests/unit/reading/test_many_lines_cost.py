"""Files of thousands of lines at one place, or evenly spaced, cost no more for each than other lines do."""

import numpy as np
import pytest

from corridor.reading import chaining, line_network
from corridor.reading.chaining import strung
from corridor.reading.line_network import network_of

COUNT = 3_000
STAR = [np.array([[46.0, 39.0], [46.0 + 0.3 * np.cos(n), 39.0 + 0.3 * np.sin(n)]]) for n in range(COUNT)]
COMB = [np.array([[46.0, 39.0 + n * 1e-5], [46.1, 39.0 + n * 1e-5]]) for n in range(COUNT)]
RINGS = [np.array([[46.0, 39.0], [46.1, 39.0 + n * 1e-5], [46.0, 39.0]]) for n in range(1, COUNT)]


@pytest.mark.parametrize("lines", [STAR, COMB, RINGS], ids=["star", "comb", "rings"])
def test_nearest_ends_are_sought_in_few_rounds(lines, monkeypatch):
    asked = []
    nearest = chaining._nearest
    monkeypatch.setattr(chaining, "_nearest", lambda *given: asked.append(len(given[1])) or nearest(*given))
    chains = strung(lines)
    assert sorted(number for chain in chains for number, _ in chain) == list(range(len(lines)))
    assert sum(asked) < 16 * len(lines)


def test_lines_at_one_place_are_joined_there():
    (chain,) = strung(STAR[:4])
    turned = dict(chain)
    # Two by two at the middle, then at the nearest of the far ends.
    assert sorted(turned) == [0, 1, 2, 3]
    assert sum(turned.values()) == 2


def test_a_ring_at_the_place_of_others_is_joined_to_another_and_not_to_itself():
    for count in (2, 3, 4, 5):
        (chain,) = strung(RINGS[:count])
        assert sorted(number for number, _ in chain) == list(range(count))


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
