"""What was promised, begun and delivered on each section, drawn and as a table; nothing is called late or early."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from corridor.answering.slips import TO_BE, passed, slips
from corridor.land.features import Feature, FeatureId, RouteProperties, SegmentDate, properties_of
from corridor.present.footnotes import Footnotes
from corridor.present.tables import element, html_table, link
from corridor.quantities import day
from corridor.sources import SourceId
from corridor.texts.edition import facts_as_of

BEGINS, ENDS = date(2021, 1, 1), date(2031, 1, 1)
KIND_WORDS = {
    "promised": "Promised",
    "expected": "Expected",
    "announced": "Announced",
    "started": "Begun",
    "delivered": "Delivered",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """One dated word on a section: what was to be or was done, for when or when, said when and by whom."""

    feature: FeatureId
    label: str
    kind: str
    what: str
    date: str
    said_on: str | None
    by: str
    sources: tuple[SourceId, ...]


def promises(features: Iterable[Feature]) -> list[Dated]:
    """Return the dated words on every section for which a date was given, section by section, in order of time."""
    dated = []
    for feature in features:
        words = properties_of(feature, RouteProperties)["dates"]
        if any(moment["kind"] in TO_BE for moment in words):
            in_order = sorted(words, key=lambda moment: (moment["said_on"] or moment["date"], moment["date"]))
            dated += [_dated(feature, moment) for moment in in_order if moment["kind"] in KIND_WORDS]
    return dated


def _dated(feature: Feature, moment: SegmentDate) -> Dated:
    return Dated(
        feature=feature["id"],
        label=moment["of"] or feature["properties"]["label"],
        kind=moment["kind"],
        what=moment["what"],
        date=moment["date"],
        said_on=moment["said_on"],
        by=moment["by"],
        sources=tuple(moment["sources"]),
    )


def span(dated: str) -> tuple[date, date]:
    """Return the first and the last day an ISO day, month or year may mean."""
    year, month, whole = (*(int(part) for part in dated.split("-")), 0, 0)[:3]
    if whole:
        return date(year, month, whole), date(year, month, whole)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def promises_drawing(dated: Iterable[Dated]) -> Markup:
    """Return the drawing: a line runs from the day something was said to the day or period it was said for."""
    ticks = [
        element("span", str(year), style=f"left:{_at(date(year, 1, 1)):.2f}%;", class_="tick")
        for year in range(BEGINS.year, ENDS.year)
    ]
    groups: dict[str, list[Markup]] = {}
    for entry in dated:
        groups.setdefault(entry.label, []).append(_line(entry))
    lanes = [element("div", element("b", label), element("ul", *rows), class_="lane") for label, rows in groups.items()]
    today = element("span", style=f"left:{_at(facts_as_of()):.2f}%;", class_="change")
    drawing = element(
        "div",
        element("div", *ticks, class_="axis", aria_hidden="true"),
        *lanes,
        element("div", today, class_="changes", aria_hidden="true"),
        class_="lanes plans",
    )
    legend = (
        "A line runs from the day something was said to the day or period it was said for. An open mark is a promise, "
        "an expectation or an announcement, a filled one something begun or delivered. "
        f"The dashed line is {day(facts_as_of())}."
    )
    return element(
        "section",
        element("div", drawing, class_="table-frame", role="region", tabindex="0", aria_label="Promised and delivered"),
        element("p", legend, class_="soft"),
        aria_label="Promised and delivered, drawn",
    )


def _line(entry: Dated) -> Markup:
    first, last = span(entry.date)
    begun, left, right = _at(span(entry.said_on)[0] if entry.said_on else first), _at(first), _at(last)
    marks = [element("i", style=f"left:{left:.2f}%;width:{max(right - left, 0):.2f}%;", class_=f"mark {entry.kind}")]
    if begun < left:
        marks.insert(0, element("i", style=f"left:{begun:.2f}%;width:{left - begun:.2f}%;", class_="run"))
    said = f", said {day(entry.said_on)}" if entry.said_on and entry.kind in TO_BE else ""
    dated = "" if entry.kind in TO_BE else f", {day(entry.date)}"
    words = element("span", f"{KIND_WORDS[entry.kind]}: {entry.what}{dated}{said}", class_="words")
    return element("li", element("span", *marks, class_="track", aria_hidden="true"), words)


def _at(moment: date) -> float:
    share = (moment - BEGINS) / (ENDS - BEGINS)
    return 100 * min(1.0, max(0.0, share))


def promises_table(dated: Iterable[Dated], notes: Footnotes) -> Markup:
    """Return the same as a table, one dated word in each row."""
    rows = [
        [
            link(entry.label, f"/?feature={entry.feature}"),
            KIND_WORDS[entry.kind],
            entry.what,
            day(entry.date),
            day(entry.said_on) if entry.said_on else None,
            entry.by,
            notes.cite(entry.sources),
        ]
        for entry in dated
    ]
    columns = ["Section", "Kind", "What", "Date", "Said on", "Said by", "Sources"]
    return html_table("Promised and delivered, as a table", columns, rows, look="stack")


def moved_table(features: Iterable[Feature], notes: Footnotes) -> Markup:
    """Return which dates moved or passed: one rule for all, the first date given against the last or the day it was.

    A section of which one date is known has a row only when that date has passed.
    """
    rows = []
    for feature in features:
        segment = properties_of(feature, RouteProperties)
        rows += [
            [
                _link(feature, slip.first),
                _said(slip.first),
                _said(slip.last),
                slip.said,
                notes.cite([*slip.first["sources"], *slip.last["sources"]]),
            ]
            for slip in slips(segment)
        ]
        rows += [
            [
                _link(feature, moment),
                _said(moment),
                f"Not found done up to {day(facts_as_of())}",
                "Passed",
                notes.cite(moment["sources"]),
            ]
            for moment in passed(segment)
        ]
    columns = ["Section", "First date given", "Last date given, or delivered", "Moved by", "Sources"]
    return html_table("Dates that moved or passed, by one rule for every party", columns, rows, look="stack")


def _link(feature: Feature, moment: SegmentDate) -> Markup:
    return link(moment["of"] or feature["properties"]["label"], f"/?feature={feature['id']}")


def _said(moment: SegmentDate) -> str:
    return f"{KIND_WORDS[moment['kind']]}: {moment['what']} ({moment['by']})"
