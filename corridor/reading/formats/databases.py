"""How an SQLite file of a reader is opened: its bytes alone, in memory, reading only, each query within bounds."""

import math
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from corridor.reading.formats.database_schema import (
    COLUMN_FUNCTIONS,
    MATCHING,
    NO_TABLE,
    NOT_CALLED,
    PLAIN_FUNCTIONS,
    SEARCHING,
    Guard,
    Schema,
    judged,
)

SQLITE = b"SQLite format 3\0"
#: Bytes 18 and 19 of the header say how the file is written and read: 1 directly, 2 through a write-ahead log.
MODES, DIRECT, LOGGED = slice(18, 20), b"\x01\x01", b"\x02\x02"
#: Steps of SQLite's machine that all queries of a file together may take: some for any file, and more for each byte
#: there is to read. A table of points takes half a step for each byte; a join by an index ten times as many.
STEPS, STEPS_PER_BYTE, STEPS_AT_ONCE = 20_000_000, 5, 100
#: Seconds of a processor that they may take, since one step may go through a whole text: a file of 60 MB is copied,
#: and its rows are read, in 2 s.
SECONDS, SECONDS_PER_BYTE = 3.0, 1e-7
#: What one row may cost, in bytes looked at, since SQLite looks at the clock between rows alone: about a second.
ROW_COST = 16_000_000_000
#: Instructions of SQLite's that go through a text of any length, and through it again: for each part of another text,
#: for each sign of a pattern.
FUNCTIONS = frozenset(("Function", "PureFunc", "AggStep", "AggStep1", "AggInverse"))
LINEAR = FUNCTIONS | {
    *("Concat", "Lt", "Le", "Gt", "Ge", "Eq", "Ne", "Add", "Subtract", "Multiply", "Divide", "Remainder", "Cast"),
}
#: Bytes of memory that SQLite may take, of which a file and its log may take 128 MB.
MOST_MEMORY = 600_000_000
#: The longest text or row, however little the file has; the most that a statement, a pattern and a nesting may have.
LEAST_LONGEST, LONGEST_SQL, LONGEST_PATTERN, DEEPEST = 1_000_000, 1_000_000, 200, 100
MOST_COLUMNS = 2_000
#: How SQLite says why it cannot answer, and the same for a reader; the part in brackets is a name of the file's.
SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), says)
    for pattern, says in (
        (r"interrupted", "working it out takes too long"),
        (r"no such table: (?:main\.)?\W?([^\"]*)", NO_TABLE),
        (r"unsafe use of virtual table \W?(\w*)", "it asks for “{}”, whose rows a program would make, not the file"),
        (r"no such collation sequence: (\w*)", "it sorts by “{}”, an order that only another program knows"),
        (r"no such column: \W?(\w*)", "it asks for the column “{}”, which is not in the file"),
        (r"(?:no such function: |unsafe use of )(\w*)", NOT_CALLED),
        # A schema that is not taken leaves all of the file unread: what is in it that is too much, or leads elsewhere.
        (
            r"malformed database schema \((.*)\) - (?:parser stack|too many|at most|expression|.*too (?:large|deep))",
            "the definition of “{}” in it is too intricate to work out",
        ),
        (
            r"malformed database schema \((.*)\) - .*cannot reference objects in database (\w*)",
            "“{}” in it asks for another database, “{}”",
        ),
        (r"malformed database schema \((.+)\)", "the definition of “{}” in it is damaged"),
        (r"string or blob too big", "a row of it is longer than rows that are read"),
        (r".*circularly defined", "it is a view of itself"),
        (r"(?:too many|at most|parser stack|expression tree)|.*too (?:large|deep)", "it is too intricate to work out"),
        (r".*(?:malformed|not a database|corrupt|disk I/O)", "the database is damaged"),
    )
)
#: What SQLite and its wrapper raise for a database that is damaged, or asks for what it may not have.
DATABASE_ERRORS = (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError, ValueError, MemoryError)

#: One row of a table or view.
Row = tuple[Any, ...]


class Database:
    """An SQLite file in memory, from which only its own tables and views can be read."""

    def __init__(self, data: bytes) -> None:
        """Open a copy of the bytes and judge its schema; raises one of DATABASE_ERRORS where there is none."""
        self._connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=0)
        try:
            self._open(data)
        except BaseException:
            self.close()
            raise

    def _open(self, data: bytes) -> None:
        connection = self._connection
        self._longest = longest = max(LEAST_LONGEST, len(data))
        for limit, most in (
            (sqlite3.SQLITE_LIMIT_LENGTH, longest),
            (sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL),
            (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, LONGEST_PATTERN),
            (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, DEEPEST),
            (sqlite3.SQLITE_LIMIT_COLUMN, MOST_COLUMNS),
            (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, DEEPEST),
            (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
            (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
        ):
            connection.setlimit(limit, most)
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        connection.deserialize(data[: MODES.start] + DIRECT + data[MODES.stop :])
        # Temporary tables, which a large sort would need, stay in memory too.
        for pragma in (
            f"hard_heap_limit = {MOST_MEMORY}",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "query_only = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        self._steps = STEPS + STEPS_PER_BYTE * len(data)
        self._until = time.thread_time() + SECONDS + SECONDS_PER_BYTE * len(data)
        self._look_every(STEPS_AT_ONCE)
        self._guard = Guard(frozenset())
        self.schema: Schema = judged(self._query("SELECT type, name, sql FROM sqlite_master", ["sqlite_master"]))

    def _query(self, sql: str, allowed: Iterable[str]) -> sqlite3.Cursor:
        self._guard = Guard(frozenset(allowed))
        self._connection.set_authorizer(self._guard)
        return self._connection.execute(sql)

    def _look_every(self, steps: int) -> None:
        self._at_once = steps
        self._connection.set_progress_handler(self._counted, steps)

    def _counted(self) -> bool:
        """Count steps of SQLite's machine; return whether all that a file may take are taken, or all of its time."""
        self._steps -= self._at_once
        return self._steps < 0 or time.thread_time() > self._until

    def rows(self, name: str, columns: tuple[str, ...] | None = None) -> tuple[tuple[str, ...], Iterator[Row]]:
        """Return the names of the columns of a table or view and its rows, or those of some columns.

        Raises one of DATABASE_ERRORS, at once or while rows are taken; `why` then says what of.
        """
        own = (*self.schema.tables, *self.schema.views)
        wanted = "*" if columns is None else ", ".join(map(_quoted, columns))
        select = f"SELECT {wanted} FROM {_quoted(name)}"
        # Prepared once, to see what it calls, in columns that are worked out too, before any of it is worked out.
        program = self._query(f"EXPLAIN {select}", own).fetchall()
        longest, costly = _longest_row(program)
        self._connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, min(longest, self._longest))
        self._look_every(1 if costly else STEPS_AT_ONCE)
        cursor = self._query(select, own)
        return tuple(str(column[0]) for column in cursor.description), cursor

    def declared(self, name: str) -> dict[str, tuple[str, bool]]:
        """Return the declared type of each column of a table, in capitals, and whether it is its primary key."""
        self._connection.set_authorizer(None)
        listed = self._connection.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
        return {str(row[1]): (str(row[2]).upper(), bool(row[5])) for row in listed}

    @contextmanager
    def bytes_kept(self) -> Iterator[None]:
        """Let bytes of texts that are not UTF-8 come as lone surrogates meanwhile, so that no letter is lost."""
        before, self._connection.text_factory = self._connection.text_factory, _with_all_bytes
        try:
            yield
        finally:
            self._connection.text_factory = before

    def why(self, error: BaseException) -> str:
        """Return the rest of a sentence: why a query came to nothing."""
        return self._guard.refused or why(error)

    def close(self) -> None:
        """Let the copy go."""
        self._connection.close()


def _with_all_bytes(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def _longest_row(program: Iterable[Row]) -> tuple[int, bool]:
    """Return how long a row may be that a program of SQLite's makes within ROW_COST, and whether it costs much at all.

    `program` are the rows of EXPLAIN: address, instruction, p1, p2, p3, p4, the last with the name of a function.
    """
    linear = matching = searching = 0
    for _, instruction, _, _, _, p4, *_ in program:
        called = str(p4).partition("(")[0].lower() if instruction in FUNCTIONS else ""
        linear += instruction in LINEAR
        matching += called in MATCHING
        # One that is not known here is taken for such, as json_patch is.
        searching += called in SEARCHING or (called != "" and called not in PLAIN_FUNCTIONS | COLUMN_FUNCTIONS)
    per_byte = linear + matching * LONGEST_PATTERN
    longest = ROW_COST // max(1, per_byte)
    if searching:
        # The text and what is searched for share the row: at most a quarter of its square.
        longest = min(longest, math.isqrt(4 * ROW_COST // searching))
    return longest, linear > 0


def why(error: BaseException) -> str:
    """Return the rest of a sentence: why a database could not be opened or asked, in words other than SQLite's."""
    if isinstance(error, MemoryError):
        return "working it out takes too much memory"
    if not isinstance(error, sqlite3.Error | sqlite3.Warning | UnicodeError | OverflowError):
        return str(error)
    # The code tells a full memory apart whatever the words are: of a sort, of a page, of the log.
    code = getattr(error, "sqlite_errorname", "")
    if code.endswith("NOMEM") or code == "SQLITE_FULL":
        return "working it out takes too much memory"
    for pattern, says in SAID:
        if match := pattern.match(str(error)):
            return says.format(*match.groups())
    return "SQLite cannot work it out"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def is_logged(data: bytes) -> bool:
    """Whether a database is written through a log of its own file, which may hold its latest changes."""
    return data[MODES] == LOGGED
