"""Candidates side by side: kilometres, crossings, what is missing, who said what, what each side is connected with."""

from collections.abc import Iterable, Sequence

from corridor.candidates import Candidate, Said, Statement
from corridor.figures import STATED, Figure
from corridor.present.charts import STATUS_LOOKS, Bar
from corridor.present.footnotes import Footnotes
from corridor.present.legs import Atlas, Stretch, accuracy, delimited, measured, newest_of, published, published_range
from corridor.present.sheets import Entry, Sheet, figure_text
from corridor.present.style import ALIGNMENTS
from corridor.present.tables import Html, element
from corridor.present.words import STANDARD_GAP, day

NO_PROPOSAL = "no proposal found"
NO_ANSWER = "no answer found"
#: By State and its parts; Armenia stands before Azerbaijan because of the alphabet.
COUNTRIES = ("armenia", "az-mainland", "az-nakhchivan", "georgia", "iran", "turkiye")
#: Names for the chart, where the full one has no room; the table beneath it has the full one.
SHORT = {"az-nakhchivan": "Nakhchivan AR (Azerbaijan)"}
#: The properties of a segment that hold one fact each, and the headings they stand under.
SINGLE_FACTS = {"gauge": "Gauge", "operator": "Operator", "owner": "Owner", "capacity": "Capacity", "cost": "Cost"}

HOW_COMPARED = (
    "Candidates stand side by side only where mode, origin and destination agree; energy and digital lines have a "
    "table of their own, and the air link is listed. The order is by mode and then by the alphabet; nothing here is "
    "ranked, scored or recommended. Armenia stands before Azerbaijan because of the alphabet. A base case is the "
    "connection by other countries that the others are set beside."
)


def name(candidate: Candidate) -> str:
    """Return the candidate's name, marked where it is a base case."""
    return f"{candidate.name} (base case)" if candidate.base_case else candidate.name


def bars(candidates: Sequence[Candidate], atlas: Atlas) -> list[Bar]:
    """Return the measured kilometres of each candidate by country and status, in the order of the tables."""
    found: dict[tuple[str, str, str], float] = {}
    for candidate in candidates:
        for country in COUNTRIES:
            for leg in atlas.stretches(candidate):
                if leg.country == country and leg.measured_km is not None:
                    key = (name(candidate), SHORT.get(country, atlas.country(country)), leg.status)
                    found[key] = found.get(key, 0.0) + leg.measured_km
    return [Bar(*key, km) for key, km in found.items()]


def kilometres_sheet(candidates: Sequence[Candidate], atlas: Atlas) -> Sheet:
    """Return the measured kilometres by country and status: the same numbers as the chart."""
    legs = {candidate.id: atlas.stretches(candidate) for candidate in candidates}
    present = {leg.status for group in legs.values() for leg in group}
    used = [look.status for look in STATUS_LOOKS if look.status in present]
    rows: list[tuple[Entry, ...]] = []
    for candidate in candidates:
        for country in COUNTRIES:
            here = [leg for leg in legs[candidate.id] if leg.country == country]
            if here:
                head = f"{name(candidate)}: {atlas.country(country)}"
                split = (measured(head, [leg for leg in here if leg.status == status], atlas) for status in used)
                without = sum(one.leg.published_km is None for one in here)
                gap = f"{without} of {len(here)} segments" if 0 < without < len(here) else None
                rows.append(
                    (
                        name(candidate),
                        atlas.country(country),
                        *split,
                        whole := measured(head, here, atlas),
                        accuracy(whole),
                        published_range(head, here),
                        gap,
                        newest_of(here),
                    )
                )
    return Sheet(
        "Kilometres by country and status, measured on the lines as drawn",
        (
            "Candidate",
            "Country",
            *(f"{status.capitalize()} (km)" for status in used),
            "All (km)",
            "Line known to",
            "Published (km)",
            "Not published",
            "As of",
        ),
        tuple(rows),
        numeric=(*range(2, len(used) + 3), len(used) + 4),
        heads=2,
    )


def published_sheet(candidates: Sequence[Candidate], atlas: Atlas) -> Sheet:
    """Return every published length of the segments of some candidates, with what each of them measures."""
    segments = {leg.label: leg for candidate in candidates for leg in atlas.stretches(candidate)}
    rows: list[tuple[Entry, ...]] = []
    for leg in segments.values():
        for length in leg.properties["published_lengths"]:
            figure = published(length, leg.label)
            told = length["what"]
            rows.append((leg.label, atlas.country(leg.country), figure, told, day(figure.as_of), figure.by or None))
    return Sheet(
        "Published lengths: all that were found",
        ("Segment", "Country", "Length (km)", "What it measures", "As of", "Said by"),
        tuple(rows),
        numeric=(2,),
    )


def connects_sheet(candidates: Sequence[Candidate]) -> Sheet:
    """Return what each candidate connects, in two columns of equal weight."""
    return Sheet(
        "What each connects",
        ("Candidate", "For Armenia", "For Azerbaijan"),
        tuple((name(one), stated(one.connects_for_armenia), stated(one.connects_for_azerbaijan)) for one in candidates),
    )


def stated(statements: Iterable[Statement]) -> Entry:
    """Return sentences with their sources, under each other."""
    return tuple(Figure("", one.text, "", STATED, "", one.sources) for one in statements)


def said_sheet(candidates: Sequence[Candidate]) -> Sheet:
    """Return who proposed each candidate and who answered; the same words for all where nothing was found."""
    return Sheet(
        "Who proposed, who answered",
        ("Candidate", "Proposed by", "Answered by"),
        tuple((name(one), *said_by(one)) for one in candidates),
    )


def said_by(candidate: Candidate) -> tuple[Entry, Entry]:
    """Return who proposed a candidate and who answered."""
    return _said(candidate.proposed_by, NO_PROPOSAL), _said(candidate.answered_by, NO_ANSWER)


def _said(statements: Sequence[Said], none: str) -> Entry:
    if not statements:
        return none
    return tuple(
        Figure(
            what="",
            value=f"{one.by}, {day(one.as_of or 'undated')}: {one.what}",
            unit="",
            accuracy=STATED,
            as_of=one.as_of or "undated",
            sources=one.sources,
            by=one.by,
            quote=one.quote or "",
        )
        for one in statements
    )


def missing_sheet(candidates: Sequence[Candidate]) -> Sheet:
    """Return what is missing of each candidate, and what is not known of it."""
    return Sheet(
        "Missing parts, and what is not known",
        ("Candidate", "Missing parts", "Not known"),
        tuple(
            (
                name(one),
                stated(one.missing_parts),
                (f"{'; '.join(one.not_known)}.", STANDARD_GAP) if one.not_known else None,
            )
            for one in candidates
        ),
    )


def unknown_sheet(candidates: Sequence[Candidate]) -> Sheet:
    """Return every gap once, in the order in which it is met, with the candidates it concerns."""
    gaps: dict[str, list[str]] = {}
    for candidate in candidates:
        for gap in candidate.not_known:
            gaps.setdefault(gap, []).append(name(candidate))
    rows: list[tuple[Entry, ...]] = [(gap, tuple(names)) for gap, names in gaps.items()]
    return Sheet(STANDARD_GAP, ("Not known", "Of which candidates"), tuple(rows))


def crossings_sheet(candidates: Sequence[Candidate], atlas: Atlas) -> Sheet:
    """Return the border crossings of each candidate in the order of travel, with status, date and delimitation."""
    rows: list[tuple[Entry, ...]] = []
    for candidate in candidates:
        if not candidate.crossings:
            rows.append((name(candidate), None, "no crossing of a border is listed", None, None, None, None))
        for number, identity in enumerate(candidate.crossings, start=1):
            crossing = atlas.features[f"crossing/{identity.removeprefix('crossing/')}"]["properties"]
            status = Figure(
                what=f"Status of {crossing['label']}",
                value=crossing["status"],
                unit="",
                accuracy=STATED,
                as_of=crossing["status_as_of"] or "undated",
                sources=tuple(crossing["sources"]),
            )
            between = " – ".join(atlas.country(one) for one in crossing["territories"])
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


def segments_sheet(candidate: Candidate, atlas: Atlas) -> Sheet:
    """Return the segments of one candidate in the order of travel."""
    rows: list[tuple[Entry, ...]] = []
    for leg in atlas.stretches(candidate):
        status = Figure("", leg.status, "", STATED, leg.properties["status_as_of"] or "undated", leg.sources)
        course = ALIGNMENTS[leg.properties["alignment_status"]][0]
        rows.append(
            (
                leg.label,
                atlas.country(leg.country),
                status,
                day(status.as_of),
                f"{course}; officials describe it differently" if leg.properties["contested"] else course,
                length := measured(leg.label, [leg], atlas),
                accuracy(length),
                published_range(leg.label, [leg]),
            )
        )
    return Sheet(
        f"Segments in the order of travel: {candidate.name}",
        ("Segment", "Country", "Status", "As of", "Course", "Measured here (km)", "Line known to", "Published (km)"),
        tuple(rows),
        numeric=(5, 7),
    )


def facts_sheet(candidate: Candidate, atlas: Atlas) -> Sheet:
    """Return gauge, operator, owner, capacity and cost of the segments of one candidate, where a source says them."""
    rows: list[tuple[Entry, ...]] = []
    for leg in atlas.stretches(candidate):
        facts = tuple(leg.fact(key, heading) for key, heading in SINGLE_FACTS.items())
        rows.append((leg.label, *facts))
    return Sheet(
        f"Gauge, operation and cost: {candidate.name}",
        ("Segment", *SINGLE_FACTS.values()),
        tuple(rows),
        dated=tuple(range(1, len(SINGLE_FACTS) + 1)),
    )


def dates_sheet(candidate: Candidate, atlas: Atlas) -> Sheet:
    """Return every promised, announced, started and delivered date of the segments of one candidate, by date."""
    told = [
        (moment["date"], leg.label, moment) for leg in atlas.stretches(candidate) for moment in leg.properties["dates"]
    ]
    rows: list[tuple[Entry, ...]] = []
    for when, label, moment in sorted(told, key=lambda entry: (entry[0], entry[1])):
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
        ("What", "Kind", "Date", "Segment", "Said by", "Said on"),
        tuple(rows),
    )


def candidate_html(candidate: Candidate, atlas: Atlas, notes: Footnotes) -> Html:
    """Return what one candidate is: from where to where, its kilometres by country in the order of travel, a note."""
    way: dict[str, list[Stretch]] = {}
    for one in atlas.stretches(candidate):
        way.setdefault(one.country, []).append(one)
    entries = []
    for country, stretches in way.items():
        told = measured(f"{candidate.name}: {atlas.country(country)}", stretches, atlas)
        words = figure_text(told) if isinstance(told, Figure) else str(told)
        exact = f" (line known to {accuracy(told)})" if isinstance(told, Figure) else ""
        cited = notes.cite(told.sources) if isinstance(told, Figure) else Html("")
        entries.append(element("li", f"{atlas.country(country)}: ", element("strong", words), exact, cited))
    parts = [
        element("p", f"{candidate.origin} – {candidate.destination}, by country in the order of travel, as drawn:"),
        element("ul", *entries),
        *([element("p", candidate.note)] if candidate.note else []),
    ]
    return element("div", *parts, class_="candidate-note")
