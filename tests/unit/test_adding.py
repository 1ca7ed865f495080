"""What README says of common changes holds: the places it names are there, and nothing added is left lying about."""

import re
from pathlib import Path

import pytest

from corridor.errors import CorridorError
from corridor.land.catalogue import read_catalogue, refuse_unknown_sources
from corridor.sources import GEODATA, read_sources

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLE = README.partition("## Common changes, and what each costs")[2].partition("\n## ")[0]
CHANGES = {
    cells[0]: " ".join(cells[1:])
    for line in TABLE.splitlines()
    if line.startswith("| ") and not line.startswith(("| change", "| ---"))
    for cells in [[cell.strip() for cell in line.strip("|").split("|")]]
}
#: Where a source can be cited: facts, texts, features, stories, and the records of the layers.
CITING = ("tables/*.toml", "texts/*.toml", "layers/*.geojson", "stories/*.toml", "catalogue.toml")


@pytest.mark.parametrize(
    "change",
    [
        "add a check of a reader's file",
        "add a criterion",
        "add a layer",
        "add a page",
        "add a kind of file to leave behind",
        "add a source",
    ],
)
def test_readme_says_what_each_addition_costs(change):
    assert change in CHANGES


@pytest.mark.parametrize("change", CHANGES)
def test_every_place_a_change_touches_is_there(change):
    named = [name for name in re.findall(r"`([^`]+)`", CHANGES[change]) if "/" in name]
    for name in named:
        assert list(ROOT.glob(name.rstrip("/"))), name


def test_every_source_is_cited():
    text = "\n".join(path.read_text(encoding="utf-8") for form in CITING for path in sorted(GEODATA.glob(form)))
    quoted = set(re.findall(r'"([^"\s]+)"', text))
    assert set(read_sources()) - quoted == set()


def test_a_source_that_nobody_recorded_is_refused():
    with pytest.raises(CorridorError, match="no-such-page"):
        refuse_unknown_sources(["no-such-page"], read_sources(), "geodata/catalogue.toml")
    for layer in read_catalogue().values():
        refuse_unknown_sources(layer.sources, read_sources(), layer.id)
