"""What the schema of an SQLite file holds, judged before anything is read from it: whose tables, views and triggers."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

#: SQL as SQLite cuts it up: blanks and comments, texts, quoted names, plain names, any other sign. Nothing is tried
#: twice, so that no text takes long; a text or name that never ends goes to the end. The mark of byte order is a blank.
TOKEN = re.compile(
    r"""(?P<blank>[\s\ufeff]++|--[^\n]*+|/\*.*?(?:\*/|\Z))
    |(?P<text>'[^']*+(?:''[^']*+)*+(?:'|\Z))
    |(?P<quoted>"[^"]*+(?:""[^"]*+)*+(?:"|\Z)|`[^`]*+(?:``[^`]*+)*+(?:`|\Z)|\[[^\]]*+(?:\]|\Z))
    |(?P<name>[^\W\d][\w$]*+)
    |(?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
#: The triggers of the GeoPackage standard (OGC 12-128r18, annexes D and F.3) and of GDAL's count of features.
STANDARD_TRIGGER = re.compile(
    r"(rtree_.+_(insert|delete|update[1-7])|trigger_(insert|delete)_feature_count_.+|gpkg_(tile|metadata|data).+"
    r"_(insert|update|delete).*)",
    re.IGNORECASE | re.DOTALL,
)
#: What those triggers call, and the words that may stand before a bracket in them.
STANDARD_CALLS = frozenset((
    "abs", "count", "in", "integer", "real", "lower", "raise", "strftime", "julianday", "instr", "values",
    "st_isempty", "st_minx", "st_maxx", "st_miny", "st_maxy", "not", "and", "or", "when", "where", "select",
    "exists", "is", "case", "then", "else", "between", "like", "glob", "from", "set", "begin",
))  # fmt: skip
#: Functions that work out one value from others, and reach nothing else; those that could fill the memory are left out.
PLAIN_FUNCTIONS = frozenset((
    "abs", "avg", "cast", "ceil", "ceiling", "coalesce", "count", "cume_dist", "date", "datetime", "dense_rank",
    "first_value", "floor", "glob", "group_concat", "ifnull", "iif", "instr", "julianday", "lag", "last_value",
    "lead", "length", "like", "lower", "ltrim", "max", "min", "nth_value", "ntile", "nullif", "percent_rank",
    "rank", "replace", "round", "row_number", "rtrim", "sign", "sqrt", "strftime", "substr", "substring", "sum",
    "time", "total", "trim", "trunc", "typeof", "unicode", "unixepoch", "upper",
))  # fmt: skip
#: Further ones that a column may call which is worked out, since SQLite asks nobody whether it may: they go through
#: their texts once.
COLUMN_FUNCTIONS = frozenset((
    "char", "concat", "concat_ws", "format", "hex", "json", "json_array", "json_array_length", "json_extract",
    "json_insert", "json_object", "json_quote", "json_remove", "json_replace", "json_set", "json_type", "json_valid",
    "->", "->>", "printf", "quote", "soundex", "unhex", "zeroblob",
))  # fmt: skip
#: Those of them that go through one text for each part of another.
SEARCHING = frozenset(("instr", "ltrim", "replace", "rtrim", "trim"))
#: Those that go through a text for each sign of a pattern.
MATCHING = frozenset(("glob", "like"))
RTREE = "rtree"
#: Names of five columns: a number and the least and most of x and y.
RTREE_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Schema:
    """The tables and views of an SQLite file, each as it is spelled there by its name in small letters.

    `virtual` are tables whose rows another program makes, with the name of that program; the index of the GeoPackage
    standard is not among them. `triggers` are those that are not the standard's.
    """

    tables: dict[str, str]
    views: dict[str, str]
    virtual: tuple[tuple[str, str], ...]
    triggers: tuple[str, ...]


def judged(rows: Iterable[tuple[str, str, str]]) -> Schema:
    """Return what (type, name, sql) rows of a schema are, by their SQL, which is what SQLite goes by."""
    tables: dict[str, str] = {}
    views: dict[str, str] = {}
    virtual: list[tuple[str, str]] = []
    triggers: list[str] = []
    for kind, name, sql in rows:
        words = list(_words(str(sql or ""), 40))
        what = {word.upper() for word in words[1:3]}
        if "VIRTUAL" in what:
            module = _module(words)
            if module.lower() != RTREE or not _plain_rtree(str(name), str(sql)):
                virtual.append((str(name), module))
        elif "TRIGGER" in what or kind == "trigger":
            if not _standard(str(name), str(sql)):
                triggers.append(str(name))
        elif "VIEW" in what or kind == "view":
            views[str(name).lower()] = str(name)
        elif "TABLE" in what and kind == "table":
            tables[str(name).lower()] = str(name)
        elif kind == "table":
            virtual.append((str(name), _module(words)))
    return Schema(tables, views, tuple(virtual), tuple(triggers))


def _words(sql: str, most: int = -1) -> Iterator[str]:
    """Yield the tokens of SQL without blanks and comments, names without their quotes, at most so many."""
    for token in TOKEN.finditer(sql):
        if token.lastgroup != "blank":
            yield token.group()[1:-1] if token.lastgroup == "quoted" else token.group()
            most -= 1
            if not most:
                return


def _module(words: list[str]) -> str:
    upper = [word.upper() for word in words]
    at = upper.index("USING") + 1 if "USING" in upper else len(words)
    return words[at].strip("'") if at < len(words) else "?"


def _plain_rtree(name: str, sql: str) -> bool:
    """Whether a table is an index as the standard has it: named after its table, five columns and nothing else."""
    if not name.lower().startswith("rtree_"):
        return False
    words = list(_words(sql))
    if "(" not in words or words[-1] != ")":
        return False
    inside = words[words.index("(") + 1 : -1]
    return len(inside) == 2 * RTREE_COLUMNS - 1 and all(
        (word == ",") == (at % 2 == 1) for at, word in enumerate(inside)
    )


def _standard(name: str, sql: str) -> bool:
    if not STANDARD_TRIGGER.fullmatch(name):
        return False
    words = list(_words(sql))
    called = {word.lower() for word, following in pairwise(words) if following == "(" and word[:1].isalpha()}
    # INSERT INTO "rtree_..." and the like name a table before a bracket.
    own = {word.lower() for word in words if word.lower().startswith(("rtree_", "gpkg_"))}
    return called <= STANDARD_CALLS | own


#: Why a view is not read, as the rest of a sentence.
NO_TABLE = "it asks for “{}”, which is no table of the file's own"
NOT_CALLED = "it calls “{}”, which is not among the functions that are worked out here"


@dataclass(slots=True)
class Guard:
    """Lets SQLite read the tables and views of a schema with plain functions, and remembers what else was asked for."""

    allowed: frozenset[str]
    refused: str = ""

    def __call__(self, action: int, first: str | None, second: str | None, database: str | None, _: str | None) -> int:
        """Return SQLITE_OK or SQLITE_DENY, as an authorizer of SQLite does."""
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ:
            if (first or "").lower() in self.allowed and database in ("main", None):
                return sqlite3.SQLITE_OK
            self.refused = self.refused or NO_TABLE.format(first)
        elif action == sqlite3.SQLITE_FUNCTION:
            if (second or "").lower() in PLAIN_FUNCTIONS:
                return sqlite3.SQLITE_OK
            self.refused = self.refused or NOT_CALLED.format(second)
        elif action == sqlite3.SQLITE_RECURSIVE:
            self.refused = self.refused or "it repeats itself (WITH RECURSIVE), perhaps without end"
        else:
            self.refused = self.refused or "it does more than read"
        return sqlite3.SQLITE_DENY
