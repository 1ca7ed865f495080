"""How an answer fetches a figure of a whole candidate: its length, its crossings, how many run through where."""

from collections.abc import Sequence

from corridor.answering.figures import (
    COUNTED,
    PUBLISHED,
    Evidence,
    Figure,
    Keys,
    KnownFigures,
    Reference,
    count_figure,
    least_exact,
    measured_once,
    newest,
    once,
)
from corridor.errors import DocumentError
from corridor.legs import Leg, office_lines, total
from corridor.quantities import drawn_off_words, published_first, used_kilometres


def _chosen(way: Sequence[Leg], keys: Keys) -> list[Leg]:
    """Return the legs in some countries, statuses or kinds of course."""
    return [
        leg
        for leg in way
        if leg.country in keys.get("countries", [leg.country])
        and leg.status in keys.get("statuses", [leg.status])
        and leg.alignment_status in keys.get("alignments", [leg.alignment_status])
    ]


def _length(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    """Return the published lengths that fit together, and as drawn those without one; how much of which is said."""
    chosen_legs = _chosen(evidence.legs(keys["candidate"]), keys)
    sums = total(chosen_legs)
    if not sums.high:
        raise DocumentError(f"asks for the length of {keys['candidate']!r} where none is published or drawn")
    used = [evidence.segment(leg.segment) for leg in chosen_legs]
    published = [source for leg in chosen_legs for source in leg.sources]
    drawn = [segment for segment, leg in zip(used, chosen_legs, strict=True) if leg.published_km is None]
    return Figure(
        what=what,
        value=sums.used,
        unit="km",
        accuracy=published_first(chosen_legs),
        as_of=newest(segment["as_of"] for segment in used),
        sources=once([*published, *(evidence.drawn_from(drawn) if drawn else ())]),
        words=used_kilometres(chosen_legs),
    )


def _published_total(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    candidate = evidence.candidates.get(keys["candidate"])
    if candidate is None or not candidate.published_totals:
        raise DocumentError(f"asks for a published total of {keys['candidate']!r}, which has none")
    length = candidate.published_totals[0]
    return Figure(
        what=what,
        value=length.km,
        unit="km",
        accuracy=f"{PUBLISHED}; it measures: {length.what}",
        as_of=length.as_of or "undated",
        sources=once(length.sources),
        by=length.by,
    )


def _crossings(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    """Count the crossings of a candidate, all or those of some statuses."""
    evidence.legs(keys["candidate"])
    crossings = [evidence.properties(f"crossing/{i}") for i in evidence.candidates[keys["candidate"]].crossings]
    fitting = [c for c in crossings if c["status"] in keys.get("statuses", [c["status"]])]
    return count_figure(what, len(fitting), keys["unit"], crossings)


def _measured(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    """Add up the drawn kilometres that fit; the date and the sources of none are those of the whole candidate."""
    way = [leg for leg in evidence.legs(keys["candidate"]) if leg.measured_km is not None]
    chosen_legs = _chosen(way, keys)
    used = [evidence.segment(leg.segment) for leg in (chosen_legs or way)]
    return Figure(
        what=what,
        value=float(sum(leg.measured_km or 0.0 for leg in chosen_legs)),
        unit="km",
        accuracy="; ".join(
            once(
                [measured_once(total(chosen_legs).repeated), *drawn_off_words(chosen_legs), *office_lines(chosen_legs)]
            )
        ),
        accuracy_m=least_exact(used),
        as_of=newest(segment["as_of"] for segment in used),
        sources=evidence.drawn_from(used),
    )


def _candidates(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    """Count the candidates of some modes that run through all of some countries."""
    ways = [
        evidence.legs(candidate.id)
        for candidate in evidence.candidates.values()
        if candidate.mode in keys["modes"]
        and set(keys["countries"]) <= {leg.country for leg in evidence.legs(candidate.id)}
    ]
    used = [evidence.segment(leg.segment) for way in ways for leg in way]
    return Figure(
        what=what,
        value=len(ways),
        unit=keys["unit"],
        accuracy=COUNTED,
        as_of=newest(segment["as_of"] for segment in used),
        sources=evidence.drawn_from(used),
    )


OF_CANDIDATES = (
    Reference(
        "length",
        "The length of a candidate, in all or some countries, statuses or kinds of course: published, else as drawn.",
        frozenset({"candidate"}),
        _length,
        may=frozenset({"countries", "statuses", "alignments"}),
    ),
    Reference(
        "published-total", "The published length of a whole candidate.", frozenset({"candidate"}), _published_total
    ),
    Reference(
        "crossings",
        "How many crossings a candidate has, in all or of some statuses.",
        frozenset({"candidate", "unit"}),
        _crossings,
        may=frozenset({"statuses"}),
    ),
    Reference(
        "measured",
        "The measured length of a candidate, in all or some countries, statuses or kinds of course.",
        frozenset({"candidate"}),
        _measured,
        may=frozenset({"countries", "statuses", "alignments"}),
    ),
    Reference("candidates", "How many candidates run through.", frozenset({"modes", "countries", "unit"}), _candidates),
)
