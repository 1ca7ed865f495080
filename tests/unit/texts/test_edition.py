"""Up to when the facts go is read from the data: typed in no module, told by `corridor about`, refused when broken."""

import json
import re
from pathlib import Path

import pytest

from corridor.commands.cli import main
from corridor.errors import DocumentError
from corridor.land.catalogue import read_catalogue
from corridor.present.words import boundaries_as_of, edition_lines, facts_line
from corridor.quantities import day
from corridor.sources import read_sources
from corridor.texts.edition import FILE, facts_as_of, read_edition
from corridor.texts.library import read_library

ROOT = Path(__file__).resolve().parents[3]


def test_no_module_types_the_day_of_the_facts():
    days = (facts_as_of().isoformat(), day(facts_as_of()), f"date({facts_as_of():%Y, %-m, %-d})")
    modules = [
        ROOT / "app.py",
        *(ROOT / "corridor").rglob("*.py"),
        *(ROOT / "geodata" / "build").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
    ]
    assert len(modules) > 100
    typed = [
        f"{module.relative_to(ROOT)}: {line.strip()}"
        for module in modules
        for line in module.read_text(encoding="utf-8").splitlines()
        # A docstring shows what a function returns by the day itself.
        if any(told in line for told in days) and '"""' not in line
    ]
    assert typed == []


def test_about_tells_the_edition_and_every_layer(capsys):
    assert main(["about", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    edition = read_edition()
    assert told["facts"]["pages_to"] == edition.pages_to
    assert told["facts"]["headlines_to"] == edition.headlines_to
    assert list(told["data"]["layers"]) == [path.stem for path in _layers_in_order(told)]
    assert all(len(layer["sha256"]) == 64 for layer in told["data"]["layers"].values())
    assert main(["about"]) == 0
    assert day(edition.searched_to) in capsys.readouterr().out


def _layers_in_order(told) -> list[Path]:
    shipped = (ROOT / "geodata" / "layers").iterdir()
    paths = {path.stem: path for path in shipped if path.suffix in (".geojson", ".png")}
    assert set(paths) == set(told["data"]["layers"])
    return [paths[identity] for identity in told["data"]["layers"]]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[edition]\nsearched_to = "June"\npages_to = "2026-06"\ndata_to = "2026-07-11"\n', "searched_to"),
        ('[edition]\npages_to = "2026-06"\ndata_to = "2026-07-11"\n', "searched_to"),
        ('[edition]\nsearched_to = "2026-05-01"\npages_to = "2026-06"\ndata_to = "2026-07"\nnews = 1\n', "news"),
    ],
)
def test_a_broken_edition_is_one_sentence(tmp_path, text, fault):
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError, match=fault):
        read_edition(tmp_path)


def newest(*grades: str) -> str:
    """The newest day or month of what was read so, the datasets of layers and our own drawing aside."""
    return max(
        source.published
        for source in read_sources().values()
        if source.grade in grades and source.kind not in ("dataset", "own-work") and source.published != "undated"
    )


def test_nothing_was_read_after_the_day_the_edition_names_for_it():
    edition = read_edition()
    assert newest("page") == edition.pages_to
    assert newest("note") == edition.notes_to
    assert newest("headline") <= edition.headlines_to == edition.searched_to
    assert facts_line() == (
        "Facts: pages dated to 1 June 2026, data to 23 June, boundary data of 11 July, headlines to 11 August, "
        "secondary notes to September"
    )


def test_the_boundary_data_are_of_the_day_the_catalogue_gives_the_layer_not_of_the_day_they_were_read():
    territory = read_catalogue()["territory"]
    assert boundaries_as_of() == territory.as_of
    assert read_catalogue()["border"].as_of == territory.as_of
    assert territory.as_of < max(source.read for source in read_sources().values() if source.kind == "dataset")
    assert f"boundary data of {day(territory.as_of).removesuffix(' 2026')}" in facts_line()
    assert f"Boundary data of {day(territory.as_of)}" in edition_lines(read_edition())


def test_an_event_or_act_known_from_headlines_alone_is_quoted_and_no_stronger():
    sources = read_sources()
    events = [event for event in read_library().timeline.values() if event.added]
    assert len(events) > 10
    for event in events:
        if all(sources[source].grade != "page" for source in event.sources):
            quoted = {source for quotation in event.quotations for source in quotation.sources}
            assert quoted & set(event.sources), event.id
            assert re.search(r"headline|note|title", event.says), event.id
            for quotation in event.quotations:
                assert any(quotation.text in sources[source].title for source in quotation.sources) or all(
                    sources[source].grade == "note" for source in quotation.sources
                ), event.id
