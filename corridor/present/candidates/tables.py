"""Candidates side by side: kilometres measured and published, crossings, segments with their facts and dates."""

from collections.abc import Sequence

from markupsafe import Markup

from corridor.answering.figures import Figure, status_figure
from corridor.candidates import Candidate
from corridor.land.features import SINGLE_FACTS, CrossingProperties, properties_of
from corridor.present.candidates.charts import STATUS_LOOKS, Bar
from corridor.present.candidates.legs import (
    SegmentFigures,
    TableLookup,
    accuracy,
    delimited,
    measured_length,
    newest_of,
    published_length,
    published_range,
    segment_length,
)
from corridor.present.footnotes import Footnotes
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.style import ALIGNMENTS
from corridor.present.tables import element
from corridor.quantities import day, measured_part, published_first

#: By State and its parts; Armenia stands before Azerbaijan because of the alphabet.
COUNTRIES = ("armenia", "az-mainland", "az-nakhchivan", "georgia", "iran", "turkiye")
#: Names for the chart, where the full one has no room; the table beneath it has the full one.
SHORT = {"az-nakhchivan": "Nakhchivan AR (Azerbaijan)"}

HOW_COMPARED = (
    "Our charts set candidates side by side only if they use the same mode and link the same two places. Where you "
    "choose, any route may stand beside any other; a difference of mode is said. Energy and digital lines have a "
    "table of their own; the air link is listed. The order is by mode, then by the alphabet: no scores, no ranking. "
    "Most candidates link Baku and Nakhchivan, because sources name that link most; Meghri-Yeraskh links Armenia with "
    "Armenia. Base case: the existing route through other countries. Published lengths stand first; what we measured "
    "ourselves is marked as drawn here."
)


def name(candidate: Candidate) -> str:
    """Return the candidate's name, marked where it is a base case."""
    return f"{candidate.name} (base case)" if candidate.base_case else candidate.name


def bars(candidates: Sequence[Candidate], lookup: TableLookup) -> list[Bar]:
    """Return the measured kilometres of each candidate by country and status, in the order of the tables."""
    lengths: dict[tuple[str, str, str], float] = {}
    for candidate in candidates:
        for country in COUNTRIES:
            for leg in lookup.segment_figures(candidate):
                if leg.country == country and leg.measured_km is not None:
                    key = (name(candidate), SHORT.get(country, lookup.country(country)), leg.status)
                    lengths[key] = lengths.get(key, 0.0) + leg.measured_km
    return [Bar(*key, km) for key, km in lengths.items()]


def kilometres_sheet(candidates: Sequence[Candidate], lookup: TableLookup) -> Sheet:
    """Return the measured kilometres by country and status: the same numbers as the chart."""
    legs = {candidate.id: lookup.segment_figures(candidate) for candidate in candidates}
    present = {leg.status for group in legs.values() for leg in group}
    used = [look.status for look in STATUS_LOOKS if look.status in present]
    rows: list[tuple[SheetEntry, ...]] = []
    for candidate in candidates:
        for country in COUNTRIES:
            here = [leg for leg in legs[candidate.id] if leg.country == country]
            if here:
                head = f"{name(candidate)}: {lookup.country(country)}"
                split = (
                    measured_length(f"{head}, {status}", [leg for leg in here if leg.status == status], lookup)
                    for status in used
                )
                without = sum(leg_figures.leg.published_km is None for leg_figures in here)
                gap = f"{without} of {len(here)} segments" if 0 < without < len(here) else None
                rows.append(
                    (
                        name(candidate),
                        lookup.country(country),
                        published_range(f"{head}, published", here),
                        gap,
                        whole := measured_length(head, here, lookup),
                        *split,
                        accuracy(whole, here),
                        newest_of(here),
                    )
                )
    return Sheet(
        "Kilometres by country and status, published first",
        (
            "Candidate",
            "Country",
            "Published length (km)",
            "Not published",
            "Drawn here (km)",
            *(f"Drawn here, {status} (km)" for status in used),
            "Sideways accuracy",
            "As of",
        ),
        tuple(rows),
        numeric=(2, *range(4, len(used) + 5)),
        heads=2,
    )


def published_sheet(candidates: Sequence[Candidate], lookup: TableLookup) -> Sheet:
    """Return every published length of the segments of some candidates, with what each of them measures."""
    segments = {leg.label: leg for candidate in candidates for leg in lookup.segment_figures(candidate)}
    rows: list[tuple[SheetEntry, ...]] = []
    for leg in segments.values():
        for length in leg.properties["published_lengths"]:
            figure = published_length(length, leg.label)
            what = measured_part(length)
            rows.append((leg.label, lookup.country(leg.country), figure, what, day(figure.as_of), figure.by or None))
    return Sheet(
        "Published lengths: all that were found",
        ("Segment", "Country", "Length (km)", "What it measures", "As of", "Said by"),
        tuple(rows),
        numeric=(2,),
    )


def crossings_sheet(candidates: Sequence[Candidate], lookup: TableLookup) -> Sheet:
    """Return the border crossings of each candidate in the order of travel, with status, date and delimitation."""
    rows: list[tuple[SheetEntry, ...]] = []
    for candidate in candidates:
        if not candidate.crossings:
            rows.append((name(candidate), None, "no crossing of a border is listed", None, None, None, None))
        for number, identity in enumerate(candidate.crossings, start=1):
            feature = lookup.features[f"crossing/{identity.removeprefix('crossing/')}"]
            crossing = properties_of(feature, CrossingProperties)
            status = status_figure(crossing["label"], crossing)
            between = " – ".join(lookup.country(territory) for territory in crossing["territories"])
            rows.append(
                (
                    name(candidate),
                    str(number),
                    crossing["label"],
                    between,
                    status,
                    day(status.as_of),
                    delimited(crossing),
                )
            )
    return Sheet(
        "Borders on the way, in the order of travel",
        ("Candidate", "Order", "Crossing", "Between", "Status", "As of", "Delimited"),
        tuple(rows),
        heads=2,
    )


def segments_sheet(candidate: Candidate, lookup: TableLookup) -> Sheet:
    """Return the segments of one candidate in the order of travel."""
    rows: list[tuple[SheetEntry, ...]] = []
    for leg in lookup.segment_figures(candidate):
        status = status_figure(f"Status of {leg.label}", leg.properties)
        course, contested = ALIGNMENTS[leg.properties["alignment_status"]][0], "officials describe it differently"
        rows.append(
            (
                leg.label,
                lookup.country(leg.country),
                status,
                day(status.as_of),
                "; ".join(
                    filter(None, (course, contested if leg.properties["contested"] else "", leg.leg.office_line))
                ),
                published_range(f"{leg.label}, published", [leg]),
                length := segment_length(leg, lookup),
                accuracy(length, [leg]),
            )
        )
    return Sheet(
        f"Segments in the order of travel: {candidate.name}",
        (
            "Segment",
            "Country",
            "Status",
            "As of",
            "Course",
            "Published length (km)",
            "Drawn here (km)",
            "Sideways accuracy",
        ),
        tuple(rows),
        numeric=(5, 6),
    )


def facts_sheet(candidate: Candidate, lookup: TableLookup) -> Sheet:
    """Return gauge, operator, owner, capacity and every cost of the segments of a candidate, where a source says them.

    The column of a project company stands only where one is expected.
    """
    segments = lookup.segment_figures(candidate)
    expected = any(segment.properties["company"] for segment in segments)
    columns = {key: heading for key, heading in SINGLE_FACTS.items() if key != "company" or expected}
    rows: list[tuple[SheetEntry, ...]] = [
        (segment.label, *(segment.fact(key, heading) for key, heading in columns.items())) for segment in segments
    ]
    return Sheet(
        f"Gauge, operation and cost: {candidate.name}",
        ("Segment", *columns.values()),
        tuple(rows),
        dated=tuple(range(1, len(columns) + 1)),
    )


def dates_sheet(candidate: Candidate, lookup: TableLookup) -> Sheet:
    """Return every date given or delivered for the segments of one candidate, by date."""
    moments = [
        (moment["date"], moment["of"] or leg.label, moment)
        for leg in lookup.segment_figures(candidate)
        for moment in leg.properties["dates"]
    ]
    rows: list[tuple[SheetEntry, ...]] = []
    for when, label, moment in sorted(moments, key=lambda entry: (entry[0], entry[1])):
        date = Figure(
            what=moment["what"],
            value=when,
            unit="date",
            accuracy=moment["kind"],
            as_of=moment["said_on"] or "undated",
            sources=tuple(moment["sources"]),
            by=moment["by"] or "",
            quote=moment["quote"] or "",
        )
        said_on = day(moment["said_on"]) if moment["said_on"] else None
        rows.append((moment["what"], moment["kind"], date, label, moment["by"], said_on))
    return Sheet(
        f"Dates promised and delivered: {candidate.name}",
        ("What", "Kind", "Date", "Said of", "Said by", "Said on"),
        tuple(rows),
    )


def candidate_html(candidate: Candidate, lookup: TableLookup, notes: Footnotes) -> Markup:
    """Return what one candidate is: from where to where, its kilometres by country in the order of travel, a note."""
    way: dict[str, list[SegmentFigures]] = {}
    for segment in lookup.segment_figures(candidate):
        way.setdefault(segment.country, []).append(segment)
    entries = []
    for country, stretches in way.items():
        head = f"{candidate.name}: {lookup.country(country)}"
        lengths = [published_range(f"{head}, published", stretches), measured_length(head, stretches, lookup)]
        cited = notes.cite(dict.fromkeys(s for entry in lengths if isinstance(entry, Figure) for s in entry.sources))
        words = published_first([segment.leg for segment in stretches])
        entries.append(element("li", f"{lookup.country(country)}: ", element("strong", words), cited))
    parts = [
        element("p", f"{candidate.origin} – {candidate.destination}, by country in the order of travel:"),
        element("ul", *entries),
        *([element("p", candidate.note)] if candidate.note else []),
    ]
    return element("div", *parts, class_="candidate-note")
