"""What is published follows the lines of the office's file, is made once for them, and keeps nobody waiting."""

from threading import Event, Thread

import pytest
import shapely

from corridor.land.features import shape_of
from corridor.office.given_line import line_text
from corridor.office.updates_file import add_update, remove_update
from corridor.present import publication
from corridor.present.publication import published

TRIPP = "route/tripp-rail"


@pytest.fixture
def file(monkeypatch, tmp_path):
    path = tmp_path / "office-updates.toml"
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(path))
    return path


def given(file, north=0.003):
    shipped = published().shipped
    positions = shapely.get_coordinates(shape_of(shipped.by_id[TRIPP])).copy()
    positions[1:-1, 1] += north
    line = line_text(shapely.LineString(positions))
    entry = {"kind": "line", "feature": TRIPP, "what": "x", "line": line, "accuracy_m": 20.0}
    assert add_update(file, {**entry, "date": "2026-11-20", "source": "s"}, shipped.known_ids) == ()


@pytest.mark.slow
def test_it_is_made_anew_for_a_line_and_the_one_before_comes_back_with_its_removal(file):
    before = published()
    assert published() is before
    given(file)
    after = published()
    assert published() is after
    assert (after.map, after.payload) != (before.map, before.payload)
    assert [line.feature for line in after.lines] == [TRIPP]
    remove_update(file, after.lines[0].key, before.shipped.known_ids)
    assert published() is before


def test_while_it_is_made_anew_whoever_else_asks_is_given_the_one_before(file, monkeypatch):
    before, begun, go_on = published(), Event(), Event()
    given(file)
    asked = []

    def slowly(_root, lines):
        begun.set()
        assert go_on.wait(60)
        asked.append(lines)
        return before

    monkeypatch.setattr(publication, "_published", slowly)
    maker = Thread(target=published)
    maker.start()
    assert begun.wait(60)
    assert [published() for _ in range(3)] == [before] * 3
    go_on.set()
    maker.join(60)
    assert len(asked) == 1
