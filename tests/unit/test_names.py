"""One concept, one name: a class or an alias of a type is defined once, and each exception has its reason."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Names with two meanings on purpose, each with the reason.
REVIEWED: dict[str, str] = {}


def types_of(tree: ast.Module) -> set[str]:
    """Classes, and aliases written as types are: `Card = dict[str, Any]`, `Mode = Literal[...]`, a TypeVar."""
    found = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=name), value=value, annotation=ast.Name(id="TypeAlias")):
                found.add(name)
                continue
            case _:
                continue
        # A constant is written in capitals; what is written as a class is, and is no value, names a type.
        is_type = isinstance(value, (ast.Subscript, ast.BinOp, ast.Name, ast.Call))
        if is_type and name[:1].isupper() and not name.isupper():
            found.add(name)
    return {name for name in found if not name.startswith("_")}


def defined_twice() -> dict[str, list[str]]:
    places = defaultdict(list)
    for path in sorted((ROOT / "corridor").rglob("*.py")):
        for name in types_of(ast.parse(path.read_text(encoding="utf-8"))):
            places[name].append(path.relative_to(ROOT).as_posix())
    return {name: where for name, where in places.items() if len(where) > 1}


def test_a_name_of_a_type_has_one_meaning():
    assert {name: where for name, where in defined_twice().items() if name not in REVIEWED} == {}


def test_what_was_reviewed_is_still_so_and_says_why():
    assert set(REVIEWED) <= set(defined_twice())
    assert all(len(reason.split()) > 3 for reason in REVIEWED.values())


def test_classes_and_aliases_are_seen_and_constants_are_not():
    source = "class Row: ...\nCard = dict[str, int]\nLIMIT = 3\nMode = Literal['a']\n_Inner = int | str\nname = Row\n"
    assert types_of(ast.parse(source)) == {"Row", "Card", "Mode"}
