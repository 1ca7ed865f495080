"""`corridor brief`: a story becomes a file, what is wrong with it is told, and the exit status says which it was."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from corridor.commands.cli import main
from corridor.present.briefing_files.formats import FORMATS
from corridor.present.story.briefing import brief
from corridor.quantities import day
from corridor.texts.edition import facts_as_of
from corridor.ui.context import briefing_context
from tests.support.briefed import SHIPPED, briefing, shipped_file

SMALL = 'schema = 1\nid = "small"\ntitle = "Small"\n[[scene]]\nid = "one"\nkind = "table"\ntable = "areas"\n'


@pytest.fixture(autouse=True)
def what_is_shipped_is_at_hand(monkeypatch) -> None:
    """Have each command's process begin with what is shipped, as that of the tests has read it."""
    monkeypatch.setattr("corridor.commands.brief.read_briefing_context", briefing_context)


def story_file(folder: Path, text: str = SMALL) -> str:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.suffix)
@pytest.mark.parametrize("story", SHIPPED)
def test_a_shipped_story_is_written_as_any_kind_of_file(tmp_path, capsys, story, kind):
    out = tmp_path / f"out.{kind.suffix}"
    assert main(["brief", story, "--to", str(out), "--made-on", "2026-08-12", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert out.read_bytes() == shipped_file(story, kind.suffix)
    assert record == {
        "file": str(out),
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
        "format": kind.suffix,
        "story": story,
        "scenes": len(briefing(story).view.scenes),
        "problems": [],
    }


def test_every_kind_of_file_says_what_it_is():
    assert len({kind.suffix for kind in FORMATS}) == len(FORMATS)
    for kind in FORMATS:
        assert kind.suffix == kind.suffix.casefold().strip(".")
        assert kind.what
        assert "/" in kind.media_type


def test_a_file_of_a_reader_is_written_with_a_handling_line_and_today(tmp_path, capsys):
    out = tmp_path / "out.json"
    assert main(["brief", story_file(tmp_path), "--to", str(out), "--handling", "For \u202eofficial use"]) == 0
    assert capsys.readouterr().out.startswith(f"{out}: The same words and numbers as JSON; 1 scene, ")
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["handling"] == "For official use"
    assert (
        told["made_on"] == brief(briefing_context().stories[SHIPPED[0]], briefing_context(), date.today()).view.made_on
    )


def test_a_scene_that_cannot_be_shown_is_told_and_the_rest_is_written(tmp_path, capsys):
    text = SMALL + '[[scene]]\nid = "two"\nkind = "clause"\nclause = "joint-declaration/9"\nmood = "calm"\n'
    out = tmp_path / "out.json"
    assert main(["brief", story_file(tmp_path, text), "--to", str(out), "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert record["scenes"] == 2
    assert [(one["severity"], one["scene"], one["key"]) for one in record["problems"]] == [
        ("warning", "two", "mood"),
        ("error", "two", "clause"),
    ]
    assert "This scene is not complete." in out.read_text(encoding="utf-8")


def test_a_warning_alone_is_no_failure(tmp_path, capsys):
    out = tmp_path / "out.json"
    assert main(["brief", story_file(tmp_path, SMALL + "hue = 1\n"), "--to", str(out)]) == 0
    assert "  warning: small.toml, scene 'one', key 'hue': is not known" in capsys.readouterr().out


def test_a_file_that_is_no_story_is_told_and_nothing_is_written(tmp_path, capsys):
    out = tmp_path / "out.zip"
    assert main(["brief", story_file(tmp_path, "schema = ["), "--to", str(out), "--json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert (record["file"], record["sha256"], record["scenes"]) == (None, None, 0)
    assert "is not readable TOML" in record["problems"][0]["says"]
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["brief"], "a story and `--to` are needed, or `--list`"),
        (["brief", SHIPPED[0]], "a story and `--to` are needed"),
        (["brief", SHIPPED[0], "--to", "out.docx"], "out.docx: the suffix is none of "),
        (["brief", SHIPPED[0], "--to", "out"], "out: the suffix is none of "),
        (
            ["brief", "no-such-story", "--to", "out.zip"],
            "no-such-story: No such file or directory; a story file or one",
        ),
        (["brief", SHIPPED[0], "--to", "no/such/folder/out.json"], "no/such/folder/out.json: No such file"),
        (["brief", SHIPPED[0], "--to", "out.zip", "--made-on", "soon"], "--made-on soon: a day such as 2026-08-12"),
        (
            ["brief", SHIPPED[0], "--to", "out.zip", "--made-on", "2026-06-07"],
            f"none before {day(facts_as_of())}, was expected",
        ),
        (["brief", SHIPPED[0], "--to", "out.zip", "--handling", "x" * 300], "--handling: Handling: has 300 characters"),
        (
            ["brief", SHIPPED[0], "--to", "out.zip", "--paper", "letter"],
            "--paper is for .pdf alone; out.zip has no use",
        ),
        (["brief", SHIPPED[0], "--to", "out.pdf", "--template", "our.pptx"], "--template is for .pptx alone; out.pdf"),
        (["brief", SHIPPED[0], "--to", "out.pptx", "--template", "our.pptx"], "--template our.pptx: No such file"),
        (
            ["brief", SHIPPED[0], "--to", "out.pptx", "--address", "maps"],
            "--address maps: an address such as http://127",
        ),
    ],
)
def test_wrong_use_is_one_sentence_on_standard_error(tmp_path, monkeypatch, capsys, arguments, says):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("corridor: ")
    assert says in captured.err
    assert captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_template_that_is_none_is_told_and_what_was_there_stays(tmp_path, capsys):
    out, broken = tmp_path / "out.pptx", tmp_path / "broken.pptx"
    out.write_bytes(b"what was there")
    broken.write_bytes(b"no presentation")
    assert main(["brief", story_file(tmp_path), "--to", str(out), "--template", str(broken)]) == 1
    assert capsys.readouterr().err.startswith("corridor: The template cannot be read as a PowerPoint presentation; ")
    assert out.read_bytes() == b"what was there"


@pytest.mark.slow
def test_paper_and_address_are_taken(tmp_path, capsys):
    story = story_file(tmp_path)
    letter, slides = tmp_path / "out.pdf", tmp_path / "out.pptx"
    assert main(["brief", story, "--to", str(letter), "--paper", "letter"]) == 0
    assert [round(float(edge)) for edge in PdfReader(letter).pages[0].mediabox[2:]] == [612, 792]
    assert main(["brief", story, "--to", str(slides), "--address", "https://maps.example/"]) == 0
    links = [one.target_ref for one in Presentation(slides).slides[0].part.rels.values() if one.is_external]
    assert any(link.startswith("https://maps.example/") and "//" not in link[8:] for link in links)
    capsys.readouterr()


def test_the_shipped_stories_and_the_kinds_of_file_are_listed(capsys):
    assert main(["brief", "--list"]) == 0
    listed = capsys.readouterr().out
    for story in SHIPPED:
        assert f"{story} " in listed
    for kind in FORMATS:
        assert f"--to OUT.{kind.suffix}" in listed
    assert main(["brief", "--list", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(SHIPPED)
