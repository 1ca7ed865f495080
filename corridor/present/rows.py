"""How one figure, status or statement stands on a card: what, how exact, as of when, who says so, and where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from corridor.present.words import day, source_line
from corridor.sources import Source, SourceId


class Row(TypedDict):
    """One line of a card; `copy` is the line as it is pasted elsewhere, with its source."""

    label: str
    value: str
    unit: str | None
    accuracy: str | None
    as_of: str | None
    by: str | None
    source: str
    quote: str | None
    copy: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Writes the rows of one `subject`, whose name begins every copied line."""

    subject: str
    sources: Mapping[SourceId, Source]

    def row(
        self,
        label: str,
        value: float | str,
        sources: Sequence[SourceId],
        *,
        unit: str | None = None,
        accuracy: str | None = None,
        as_of: str | None = None,
        by: str | None = None,
        quote: str | None = None,
    ) -> Row:
        """Return a row; `as_of` is an ISO date, month or year, "undated", or None where a date means nothing."""
        shown = figure(value)
        source = "; ".join(source_line(self.sources[source_id]) for source_id in sources)
        dated = None if as_of is None else day(as_of)
        measure = " ".join(filter(None, [shown, unit, f"({accuracy})" if accuracy else ""]))
        said = "; ".join(filter(None, [by, f"“{quote}”" if quote else "", dated and _as_of(dated)]))
        cited = f" Source: {source}." if source else ""
        return Row(
            label=label,
            value=shown,
            unit=unit,
            accuracy=accuracy,
            as_of=dated,
            by=by,
            source=source,
            quote=quote,
            copy=f"{self.subject}. {label}: {measure}{f' [{said}]' if said else ''}.{cited}",
        )

    def fact(self, fact: Mapping[str, Any], label: str | None = None) -> Row:
        """Return the row of a fact as the layers carry it."""
        return self.row(
            label or fact["label"],
            fact["value"],
            fact["sources"],
            unit=fact["unit"],
            accuracy=fact["accuracy"],
            as_of=fact["as_of"] or "undated",
            by=fact["by"],
            quote=fact["quote"],
        )


def _as_of(dated: str) -> str:
    return dated if dated == "undated" else f"as of {dated}"


def figure(value: float | str) -> str:
    """Return a figure with thousands set apart and no needless decimals; text stays as it is."""
    if isinstance(value, str):
        return value
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,}"


def cited_sources(ids: Iterable[SourceId], sources: Mapping[SourceId, Source]) -> list[dict[str, str | None]]:
    """Return each source once, in order, as the text to show and its full address where one is known."""
    return [
        {
            "text": f"{source_line(sources[source_id])}. {sources[source_id].reference}",
            "url": sources[source_id].url or None,
        }
        for source_id in dict.fromkeys(ids)
    ]
