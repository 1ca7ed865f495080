"""Which pages the menu lists: title, file and address, in order; the first is the home page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One page: its script in corridor/pages, and its path in the address ("" for the home page).

    A page that is not listed has its address all the same.
    """

    title: str
    script: str
    path: str
    listed: bool = True


ENTRIES = (
    MenuEntry("Reader", "reader.py", ""),
    MenuEntry("Questions", "questions.py", "questions"),
    MenuEntry("Routes", "routes.py", "routes"),
    MenuEntry("Check a route", "check_route.py", "check-route"),
    MenuEntry("Compare routes", "compare_routes.py", "compare-routes"),
    MenuEntry("Briefing", "briefing.py", "briefing"),
    MenuEntry("Documents", "documents.py", "documents"),
    MenuEntry("Sources", "sources.py", "sources"),
    MenuEntry("Office updates", "updates.py", "updates"),
    MenuEntry("Files that are read", "files.py", "files", listed=False),
    MenuEntry("Presentation", "present.py", "present", listed=False),
)
