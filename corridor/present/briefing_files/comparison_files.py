"""The kinds of file routes side by side are taken away in; the page and the command line offer the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from corridor.assessing.comparison import Comparison
from corridor.present.comparing import exports
from corridor.present.comparing.route import ComparedRoute
from corridor.present.comparing.sheets import every_sheet
from corridor.present.context import BriefingContext
from corridor.present.paper.comparison_card import comparison_card
from corridor.present.sheets import Sheet
from corridor.sources import Source, SourceId


@dataclass(frozen=True, eq=False)
class Compared:
    """A comparison with its routes in order, the day on which a file of it is made, and the reader's handling line."""

    comparison: Comparison
    routes: tuple[ComparedRoute, ...]
    context: BriefingContext
    made_on: date
    handling: str = ""

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every table, those for downloads alone among them."""
        return tuple(every_sheet(self.comparison, self.routes, self.context).values())

    @property
    def sources(self) -> dict[SourceId, Source]:
        """The sources of every figure, the reader's own files among them."""
        own = dict(route.source for route in self.routes if route.source is not None)
        return {**self.context.shipped.library.sources, **own}


@dataclass(frozen=True, slots=True)
class ComparisonFile:
    """One kind of file: its suffix, what it is, its media type and what writes it; the same bytes every time."""

    suffix: str
    title: str
    media_type: str
    write: Callable[[Compared], bytes]


def _card(of: Compared) -> bytes:
    subjects = [route.subject for route in of.routes]
    return comparison_card(
        of.comparison, subjects, of.context.region, of.context.land, made_on=of.made_on, handling=of.handling
    )


COMPARISON_FILES = (
    ComparisonFile("csv", "Table as CSV", "text/csv", lambda of: exports.comparison_csv(of.sheets, of.sources)),
    ComparisonFile(
        "xlsx",
        "Table as XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda of: exports.comparison_xlsx(of.sheets, of.sources, made_on=of.made_on, handling=of.handling),
    ),
    ComparisonFile(
        "geojson",
        "Routes as GeoJSON",
        "application/geo+json",
        lambda of: exports.comparison_geojson(of.comparison, of.routes),
    ),
    ComparisonFile(
        "gpkg",
        "Routes as GeoPackage",
        "application/geopackage+sqlite3",
        lambda of: exports.comparison_geopackage(of.comparison, of.routes, made_on=of.made_on),
    ),
    ComparisonFile("json", "All as JSON", "application/json", lambda of: exports.comparison_json(of.comparison)),
    ComparisonFile("pdf", "Card as PDF", "application/pdf", _card),
)
