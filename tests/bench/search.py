"""A search on the server: from its address to its answer, beside a plain scan of the same entries with LIKE.

The peer finds what holds any word as it was typed: no word forms, no meanings, no misspellings, no order of merit.
"""

import csv
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette

from corridor.searching.index import Index
from corridor.ui.searching import search
from corridor.web.searching import ADDRESS, searching_routes
from tests.bench.figures import Figure, figure
from tests.support.asgi import ask

BAR_MS = 50.0
ROUNDS = 3
QUERIES = Path(__file__).resolve().parents[1] / "unit" / "searching" / "queries.csv"
WHAT = "a search on the server, to its list"


def typed() -> list[str]:
    """Return the searches of the tests, and beside each what stood in the box half way to it."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        whole = [row["words"] for row in csv.DictReader(file)]
    return [text for words in whole for text in (words[: len(words) // 2 + 1], words)]


def scanning(index: Index) -> Callable[[str], int]:
    """Return a search that scans every entry for every word."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE entry (text)")
    database.executemany(
        "INSERT INTO entry VALUES (?)",
        ([" ".join((e.title, *e.names, *e.ways, e.answer, e.quoted, e.text)).lower()] for e in index.entries),
    )

    def scan(words: str) -> int:
        parts = [f"%{word}%" for word in words.lower().split()] or ["%"]
        where = " OR ".join("text LIKE ?" for _ in parts)
        return len(database.execute(f"SELECT rowid FROM entry WHERE {where} LIMIT 10", parts).fetchall())

    return scan


def taken(asked: list[str], answer: Callable[[str], object]) -> list[float]:
    """Return the ms of every search, some rounds of them."""
    times = []
    for words in asked * ROUNDS:
        begun = time.perf_counter()
        answer(words)
        times.append((time.perf_counter() - begun) * 1000)
    return times


def measure() -> list[Figure]:
    """Return how long searches take with the index, through the route, and with the scan."""
    begun = time.perf_counter()
    index = search().index
    built = [(time.perf_counter() - begun) * 1000]
    app = Starlette(routes=searching_routes())
    asked = typed()

    def route(words: str) -> None:
        if ask(app, ADDRESS, query_string=f"q={quote(words)}".encode()).status != 200:
            raise RuntimeError(f"“{words}” was not answered; the figures would not be whole.")

    return [
        figure("reading all that is shipped and building its index", "this application", "ms", built),
        figure(WHAT, "this application, route and index", "ms", taken(asked, route), at_most=BAR_MS),
        figure(WHAT, "this application, index alone", "ms", taken(asked, search().hits)),
        figure(WHAT, "SQLite LIKE, any word as typed", "ms", taken(asked, scanning(index))),
    ]
