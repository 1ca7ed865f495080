"""How one figure, status or statement stands on a card: what, how exact, as of when, who says so, and where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from corridor.assessing.ground_profile import GroundProfile
from corridor.land.features import FeatureFact
from corridor.present.ground_sheets import ACCURACY, NO_PASSES, passed_words, range_words
from corridor.present.words import figure, source_line
from corridor.quantities import day
from corridor.sources import Source, SourceId


class CardRow(TypedDict):
    """One line of a card; `copy` is the line as it is pasted elsewhere, with its source.

    `source` is "" where the line rests on the sources of the whole card, which stand below it.
    """

    label: str
    value: str
    unit: str | None
    accuracy: str | None
    as_of: str | None
    by: str | None
    source: str
    quote: str | None
    copy: str


class CitedSource(TypedDict):
    """A source as a card names it, with its full address where one is known."""

    text: str
    url: str | None


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
        common: bool = False,
    ) -> CardRow:
        """Return a row; `as_of` is an ISO date, month or year, "undated", or None where a date means nothing.

        `common` says that `sources` are those of the whole card; they are then told in the copied line only.
        """
        source = "; ".join(source_line(self.sources[source_id]) for source_id in sources)
        row = CardRow(
            label=label,
            value=figure(value),
            unit=unit,
            accuracy=accuracy,
            as_of=None if as_of is None else day(as_of),
            by=by,
            source="" if common else source,
            quote=quote,
            copy="",
        )
        row["copy"] = f"{self.subject}. {row_text(row)}{f' Source: {source}.' if source else ''}"
        return row

    def fact(self, fact: FeatureFact, label: str | None = None) -> CardRow:
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


def ground_row(rows: Rows, ground: GroundProfile) -> CardRow:
    """Return the row of the ground beside a line, from its lowest to its highest cell."""
    passed = passed_words(ground)
    how = f"lowest to highest within about 1 km of the line as drawn; {ACCURACY}; no gradient; "
    how += f"on the way: {passed}; {NO_PASSES}" if passed else NO_PASSES
    value = range_words(ground)
    return rows.row("Ground beside the line", value, ground.sources, accuracy=how, as_of=ground.as_of)


def row_text(row: CardRow) -> str:
    """Return a row as words, without its source: "Length: 42 km (railway) [ADY; as of March 2024]."""
    accuracy = f"({row['accuracy'].rstrip('.')})" if row["accuracy"] else None
    quote = f"“{row['quote']}”" if row["quote"] else None
    dated = row["as_of"] if row["as_of"] in {None, "undated"} else f"as of {row['as_of']}"
    said = "; ".join(filter(None, [row["by"], quote, dated]))
    measure = " ".join(filter(None, [row["value"], row["unit"], accuracy]))
    sentence = f"{row['label']}: {measure}{f' [{said}]' if said else ''}"
    return sentence if sentence.endswith(".") else f"{sentence}."


def cited_sources(ids: Iterable[SourceId], sources: Mapping[SourceId, Source]) -> list[CitedSource]:
    """Return each source once, in order, as the text to show and its full address where one is known."""
    return [
        {"text": f"{source_line(source)}. {source.reference}", "url": source.url or None}
        for source in (sources[source_id] for source_id in dict.fromkeys(ids))
    ]
