"""Which pages the menu lists: title, file and address, in order; the first is the home page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its script beside this file, and its path in the address ("" for the home page)."""

    title: str
    script: str
    path: str


ENTRIES = (
    Entry("Reader", "reader.py", ""),
    Entry("Questions", "questions.py", "questions"),
    Entry("Routes", "routes.py", "routes"),
    Entry("Check a route", "check_route.py", "check-route"),
    Entry("Compare routes", "compare_routes.py", "compare-routes"),
    Entry("Documents", "documents.py", "documents"),
    Entry("Sources", "sources.py", "sources"),
    Entry("Office updates", "updates.py", "updates"),
)
