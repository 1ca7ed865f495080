"""What crosses a room has a type: no public signature speaks of `dict[str, Any]`, but for a reviewed list.

A mapping with values of any type tells neither mypy nor a reader which keys there are; a TypedDict or a record does.
"""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "corridor").rglob("*.py"))
MAPPINGS = {"dict", "Mapping", "MutableMapping"}

#: What may stay open, by module and name, each with the reason.
REVIEWED = {
    "corridor/sources.py read_toml": "a table as TOML has it; every reader of one checks its entries against a record",
    "corridor/toml_text.py parsed_toml": "a table as TOML has it, of an office's file; every entry is checked",
    "corridor/texts/reading.py read_register": "a table as TOML has it; every reader checks its entries",
    "corridor/answering/figures.py fetched": "keys of a reference come from TOML; `fetched` checks them by its needs",
}
#: Aliases that may stay open, each with the reason.
REVIEWED_ALIASES = {
    "Spec": "Vega-Lite has a form of its own, which altair writes and checks",
    "JsonMembers": "an object of a reader's own file as it was parsed; whoever reads it looks at each member first",
}


def is_open(annotation: ast.AST, aliases: Mapping[str, ast.AST]) -> bool:
    """Whether an annotation says, itself or by an alias, that a mapping has values of any type."""
    for node in ast.walk(annotation):
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple(elts=[_, ast.Name(id="Any")])):
                if name in MAPPINGS:
                    return True
            case ast.Name(id=name) if name in aliases and name not in REVIEWED_ALIASES:
                if is_open(aliases[name], {key: value for key, value in aliases.items() if key != name}):
                    return True
            case ast.Constant(value=str(words)):
                try:
                    quoted = ast.parse(words, mode="eval")
                except SyntaxError:
                    continue
                if is_open(quoted.body, aliases):
                    return True
    return False


def own_aliases(tree: ast.Module) -> dict[str, ast.AST]:
    return {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Subscript)
    }


def annotations(node: ast.AST) -> Iterator[ast.AST]:
    """The annotations others see of a function, or of a class: of its fields and its public methods."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            arguments = node.args
            for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg,
                             arguments.kwarg):  # fmt: skip
                if argument is not None and argument.annotation is not None:
                    yield argument.annotation
            if node.returns is not None:
                yield node.returns
        case ast.ClassDef():
            for member in node.body:
                match member:
                    case ast.AnnAssign(target=ast.Name(id=name)) if not name.startswith("_"):
                        yield member.annotation
                    case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                        if name == "__init__" or not name.startswith("_"):
                            yield from annotations(member)


def open_names(tree: ast.Module, aliases: Mapping[str, ast.AST]) -> set[str]:
    """The public functions and classes of a module that speak of an open mapping."""
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and any(is_open(annotation, aliases) for annotation in annotations(node))
    }


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def crossing() -> set[str]:
    """The open names that a module of another room imports, as "corridor/room/module.py name"."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    every = {module_of(path): own_aliases(tree) for path, tree in trees.items()}
    imported: dict[tuple[str, str], set[Path]] = {}
    brought: dict[Path, dict[str, ast.AST]] = {}
    for path, tree in trees.items():
        brought[path] = dict(every[module_of(path)])
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in every:
                for alias in node.names:
                    imported.setdefault((node.module, alias.name), set()).add(path.parent)
                    if alias.name in every[node.module]:
                        brought[path][alias.asname or alias.name] = every[node.module][alias.name]
    return {
        f"{path.relative_to(ROOT).as_posix()} {name}"
        for path, tree in trees.items()
        for name in open_names(tree, brought[path])
        if imported.get((module_of(path), name), set()) - {path.parent}
    }


def test_what_crosses_a_room_says_which_keys_it_has():
    assert crossing() - set(REVIEWED) == set()


def test_what_was_reviewed_is_still_so_and_says_why():
    assert set(REVIEWED) - crossing() == set()
    aliases = {
        name
        for path in MODULES
        for name, value in own_aliases(ast.parse(path.read_text(encoding="utf-8"))).items()
        if is_open(value, {})
    }
    assert set(REVIEWED_ALIASES) <= aliases
    assert all(len(reason.split()) > 3 for reason in (*REVIEWED.values(), *REVIEWED_ALIASES.values()))


def test_open_mappings_are_seen_wherever_they_stand():
    source = """
Keys = Mapping[str, Any]
Card = dict[str, str]
def one(keys: Keys) -> None: ...
def two() -> list[dict[str, Any]]: ...
def three(*, told: "dict[str, Any] | None" = None) -> Card: ...
def closed(card: Card) -> dict[str, object]: ...
def _own(keys: Keys) -> None: ...
class Four:
    kept: dict[str, Any]
class Five:
    def told(self) -> dict[str, Any]: ...
class Closed:
    _kept: dict[str, Any]
"""
    tree = ast.parse(source)
    assert open_names(tree, own_aliases(tree)) == {"one", "two", "three", "Four", "Five"}
