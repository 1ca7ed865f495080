"""The search over what is shipped, built once for all tests of a process."""

from functools import cache

from corridor.present.context import read_briefing_context
from corridor.searching.entry import Findable
from corridor.searching.finding import Search
from corridor.searching.shipped_search import search_of

#: A route of somebody's visit, as the pages hand it to the search.
OWN = Findable(
    "own", "own/abcdef/1", "Test line Goris", "A line, 2026.", "2026-12-01", (), "/check-route", ("Test line Goris",)
)


@cache
def search() -> Search:
    return search_of(read_briefing_context())
