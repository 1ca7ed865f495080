"""Which pages the menu lists: title, file and address, in order; the first is the home page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its script in corridor/pages, and its path in the address ("" for the home page).

    A page that is not listed has its address all the same.
    """

    title: str
    script: str
    path: str
    listed: bool = True


ENTRIES = (
    Entry("Reader", "reader.py", ""),
    Entry("Questions", "questions.py", "questions"),
    Entry("Routes", "routes.py", "routes"),
    Entry("Check a route", "check_route.py", "check-route"),
    Entry("Compare routes", "compare_routes.py", "compare-routes"),
    Entry("Briefing", "briefing.py", "briefing"),
    Entry("Documents", "documents.py", "documents"),
    Entry("Sources", "sources.py", "sources"),
    Entry("Office updates", "updates.py", "updates"),
    Entry("Presentation", "present.py", "present", listed=False),
)
