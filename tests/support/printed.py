"""A page that typst sets, in a module that a process of its own can import."""

from datetime import date

from corridor.present.paper.pages import pages
from corridor.present.paper.typesetting import PrintedDocument


def page() -> bytes:
    return pages(PrintedDocument(title="A page", made_on=date(2026, 11, 30)), "", [])
