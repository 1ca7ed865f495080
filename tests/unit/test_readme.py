"""What README shows of the commands is what they print."""

import re
import shlex
from pathlib import Path

import pytest

from corridor.commands.cli import main
from corridor.land.catalogue import read_catalogue

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.search(r"```console\n(.*?)```", README, re.DOTALL)


@pytest.mark.slow
def test_the_example_of_check_mend_compare_is_what_is_printed(tmp_path, monkeypatch, capsys):
    assert CONSOLE is not None
    (tmp_path / "geodata").symlink_to(ROOT / "geodata")
    monkeypatch.chdir(tmp_path)
    steps = CONSOLE[1].strip().split("\n\n")
    assert [shlex.split(step.splitlines()[0])[4] for step in steps] == ["check", "mend", "compare"]
    for step in steps:
        command, *shown = step.splitlines()
        main(shlex.split(command.removeprefix("$ python -m corridor ")))
        printed = capsys.readouterr().out.splitlines()
        places = [printed.index(line) for line in shown]
        assert places == sorted(places)


def test_every_layer_has_its_licence_in_the_table_of_licences():
    table = README.partition("## Licences")[2]
    named = {name for row in re.findall(r"^\| ([a-z, ]+) \|", table, re.MULTILINE) for name in row.split(", ")}
    assert set(read_catalogue()) - named == set()


def test_every_picture_and_file_that_is_linked_is_there():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "geodata/README.md"])
def test_every_path_that_is_named_is_there(page):
    told = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:corridor|geodata|tests|\.streamlit|\.ci)/[^`\s]*)`", told)
    assert named or page not in {"README.md", "CONTRIBUTING.md"}
    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []


def test_every_path_that_the_code_names_is_there():
    code = [ROOT / "app.py", *(ROOT / "corridor").rglob("*.py"), *(ROOT / "geodata" / "build").rglob("*.py")]
    named = {
        (module.relative_to(ROOT), path)
        for module in code
        for path in re.findall(
            r"(?<![\w/])(?:corridor|geodata|tests)/[\w./-]+\.[a-z]+", module.read_text(encoding="utf-8")
        )
    }
    assert len(named) > 10
    assert [(module, path) for module, path in named if not (ROOT / path).exists()] == []
