"""The rooms of the house: the halls seen at a glance, each saying what belongs in it, reaching into no other."""

import ast
import tomllib
from pathlib import Path

import pytest

from corridor.ui.frame.menu_entries import ENTRIES

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "corridor").rglob("*.py"))
FOLDERS = sorted({path.parent for path in MODULES})
PAGES = ROOT / "corridor" / "pages"
TESTS = sorted((ROOT / "tests").rglob("*.py"))
#: Lines of a module, and of the script of a page: more than this is two questions in one file.
LONGEST, LONGEST_PAGE = 300, 120
#: Modules that lie side by side; whatever comes beyond has a room.
MOST = {"corridor": 14, "corridor/present": 16}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def imports(tree: ast.AST) -> list[tuple[int, str, str]]:
    """(line, module, name) of everything that is imported by name."""
    return [
        (node.lineno, node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]


def folder_of(module: str) -> str:
    """The folder in which a module or a package lies, "corridor/land" for corridor.land and what is in it."""
    path = ROOT / module.replace(".", "/")
    return name(path if path.is_dir() else path.parent)


def private_uses(path: Path) -> list[str]:
    """Where a module takes a private name of another folder: imported, or as an attribute of an imported module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    here, found, modules = name(path.parent), [], {}
    for line, module, imported in imports(tree):
        if module.partition(".")[0] != "corridor":
            continue
        private = any(part.startswith("_") and not part.startswith("__") for part in (*module.split("."), imported))
        if private and folder_of(module) != here:
            found.append(f"{name(path)}:{line} takes {module}.{imported}")
        if (ROOT / f"{module}.{imported}".replace(".", "/")).with_suffix(".py").exists():
            modules[imported] = folder_of(module)
    aliases = {
        alias.asname or alias.name: modules[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in modules
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and node.attr.startswith("_")
            and isinstance(node.value, ast.Name)
            and aliases.get(node.value.id, here) != here
        ):
            found.append(f"{name(path)}:{node.lineno} takes {ast.unparse(node)}")
    return found


@pytest.mark.parametrize("path", [*MODULES, ROOT / "app.py"], ids=name)
def test_no_module_takes_a_private_name_of_another_folder(path):
    assert private_uses(path) == []


def test_a_private_name_of_another_folder_is_found_however_it_is_taken(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.unit.test_rooms.ROOT", tmp_path)
    (tmp_path / "corridor" / "land").mkdir(parents=True)
    (tmp_path / "corridor" / "land" / "geodesy.py").write_text("_SEMI = 1\n")
    (tmp_path / "corridor" / "land" / "_inner.py").write_text("")
    taking = tmp_path / "corridor" / "other.py"
    for text, found in (
        ("from corridor.land.geodesy import _SEMI\n", "other.py:1 takes corridor.land.geodesy._SEMI"),
        ("from corridor.land import _inner\n", "other.py:1 takes corridor.land._inner"),
        ("from corridor.land import geodesy\ngeodesy._SEMI\n", "other.py:2 takes geodesy._SEMI"),
        ("from corridor.land import geodesy as g\ng._SEMI\n", "other.py:2 takes g._SEMI"),
    ):
        taking.write_text(text)
        assert [line.removeprefix("corridor/") for line in private_uses(taking)] == [found]
    beside = tmp_path / "corridor" / "land" / "beside.py"
    beside.write_text("from corridor.land.geodesy import _SEMI\n")
    assert private_uses(beside) == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_answers_one_question(path):
    assert lines(path) <= (LONGEST_PAGE if path.parent == PAGES else LONGEST)


@pytest.mark.parametrize(("folder", "most"), MOST.items())
def test_a_hall_is_seen_at_a_glance(folder, most):
    assert len([path for path in (ROOT / folder).glob("*.py") if path.name != "__init__.py"]) <= most


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_a_folder_says_in_one_sentence_what_belongs_in_it(folder):
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert said
    first = said.partition("\n\n")[0].replace("\n", " ")
    assert first.endswith(".")
    assert ". " not in first
    assert len(first.split()) <= 25


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_modules_that_stand_on_each_other_have_their_floors_in_a_contract(folder):
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    here = name(folder).replace("/", ".")
    stands_on_another = any(
        module.startswith(f"{here}.") or (module == here and (folder / f"{imported}.py").exists())
        for path in folder.glob("*.py")
        for _, module, imported in imports(ast.parse(path.read_text(encoding="utf-8")))
    )
    with_floors = [c["exhaustive"] for c in contracts if c["type"] == "layers" and c["containers"] == [here]]
    assert with_floors == [True] * len(with_floors)
    assert with_floors or not stands_on_another


def test_pages_are_the_scripts_of_the_menu_and_nothing_else():
    scripts = {entry.script for entry in ENTRIES}
    assert {path.name for path in PAGES.glob("*.py")} == {*scripts, "_menu.py", "__init__.py"}


def test_no_test_module_imports_from_another():
    found = [
        f"{name(path)}:{line} imports {module}.{imported}"
        for path in TESTS
        for line, module, imported in imports(ast.parse(path.read_text(encoding="utf-8")))
        if module.startswith("tests.") and any(part.startswith("test_") for part in f"{module}.{imported}".split("."))
    ]
    assert found == []


def test_unit_tests_lie_in_the_rooms_of_what_they_test():
    rooms = {name(folder).removeprefix("corridor/") for folder in FOLDERS} | {"geodata"}
    tested = {path.parent.relative_to(ROOT / "tests" / "unit").as_posix() for path in TESTS if "unit" in path.parts}
    assert tested - rooms <= {"."}


def test_readme_shows_every_room():
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name(folder) for folder in FOLDERS if f"{folder.name}/" not in shown]
    assert missing == []
