"""What the boundary is and is not: both governments quoted, dated and sourced on every question."""

import shutil

import pytest

from corridor.errors import DocumentError
from corridor.sources import GEODATA, read_sources
from corridor.texts.boundary import read_boundary
from corridor.texts.reading import cited_ids

SOURCES = read_sources()
BOUNDARY = read_boundary(SOURCES)


@pytest.mark.parametrize("topic", BOUNDARY.topics, ids=lambda topic: topic.id)
def test_both_governments_are_quoted_with_their_dates(topic):
    assert topic.armenia
    assert topic.azerbaijan
    for quotations in (topic.armenia, topic.azerbaijan):
        assert [one.as_of for one in quotations] == sorted(one.as_of for one in quotations)
        assert all(one.as_of != "undated" and one.sources for one in quotations)


def test_no_surface_area_of_a_state_is_printed():
    told = (GEODATA / "texts" / "boundary.toml").read_text(encoding="utf-8")
    assert "29,8" not in told
    assert "86,6" not in told


def test_every_source_of_this_register_is_used():
    recorded = {name for name in SOURCES if name in (GEODATA / "sources" / "boundary.toml").read_text(encoding="utf-8")}
    assert recorded <= set(cited_ids(BOUNDARY.topics)) | set(BOUNDARY.nature.sources)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('as_of = "2024-05-10"', 'when = "2024-05-10"', "'almaty'"),
        ('sources = ["apa-450414"]', 'sources = ["nobody"]', "'nobody', which is not recorded in geodata/sources/"),
        ("holds = [", "hold = [", "[boundary] has a fault at"),
    ],
)
def test_a_broken_entry_is_named(tmp_path, old, new, says):
    root = tmp_path / "geodata"
    shutil.copytree(GEODATA / "texts", root / "texts")
    path = root / "texts" / "boundary.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DocumentError) as raised:
        read_boundary(SOURCES, root)
    assert "geodata/texts/boundary.toml" in str(raised.value)
    assert says in str(raised.value)
