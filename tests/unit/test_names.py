"""One concept, one name: a type is defined once, and what is bound is called by what it is."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Names with two meanings on purpose, each with the reason.
REVIEWED: dict[str, str] = {}

#: Names that say nothing of what they hold.
EMPTY_NAMES = frozenset({"one", "found", "told"})

#: Bindings that keep such a name, by file and name, each with the reason.
REVIEWED_BINDINGS = {("corridor/present/story/records.py", "told"): "it is a key of the JSON file of a story"}


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


@cache
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


def bound_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and name of what is assigned, taken as a parameter, looped over, matched, imported or defined."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
                yield node.lineno, name
            case ast.ExceptHandler(name=str(name)):
                yield node.lineno, name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from ((node.lineno, alias.asname or alias.name) for alias in aliases)
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name


@cache
def empty_names() -> dict[tuple[str, str], list[int]]:
    """Return the lines on which a file binds a name that says nothing, by file and name."""
    places = defaultdict(list)
    for path in sorted([*(ROOT / "corridor").rglob("*.py"), *(ROOT / "geodata/build").rglob("*.py")]):
        file = path.relative_to(ROOT).as_posix()
        for line, name in bound_names(ast.parse(path.read_text(encoding="utf-8"))):
            if name in EMPTY_NAMES:
                places[file, name].append(line)
    return dict(places)


def test_what_is_bound_is_called_by_what_it_is():
    assert {place: lines for place, lines in empty_names().items() if place not in REVIEWED_BINDINGS} == {}


def test_a_binding_that_keeps_its_name_is_still_there_and_says_why():
    assert set(REVIEWED_BINDINGS) <= set(empty_names())
    assert all(len(reason.split()) > 3 for reason in REVIEWED_BINDINGS.values())


def test_every_way_to_bind_a_name_is_seen():
    source = """
import a, b.c as d
from e import f as g
def h(i, /, j, *k, l=1, **m): n = o = 1
class P: q: int = 1
for r, (s, *t) in u: v.w = 1
x = [y for y in z] + [lambda aa: ab]
if ac := ad: ae += 1
with af as ag: pass
try: pass
except ah as ai: pass
match aj:
    case {"k": ak, **al} | [am, *an] | ao(ap=aq) as ar: pass
"""
    seen = "a d g h i j k l m n o P q r s t w x y aa ac ae ag ai ak al am an aq ar"
    assert {name for _, name in bound_names(ast.parse(source))} == set(seen.split())
