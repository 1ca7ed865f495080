"""How an answer fetches a figure from the segments of the route layer: lengths, dates, operators, candidates."""

from collections.abc import Mapping
from typing import Any

from corridor.errors import DocumentError
from corridor.figures import COUNTED, MEASURED, PUBLISHED, Evidence, Figure, Keys, Known, Reference, newest, once
from corridor.references import chosen, from_fact


def _published(lengths: list[Mapping[str, Any]], what: str, number: Mapping[str, Any], value: float) -> Figure:
    return Figure(
        what=what,
        value=value,
        unit="km",
        accuracy=f"{PUBLISHED}; it measures: {number['what']}",
        as_of=number["as_of"] or "undated",
        sources=once(s for same in lengths if _spans(same, value) for s in same["sources"]),
        by="; ".join(dict.fromkeys(same["by"] for same in lengths if _spans(same, value) and same["by"])),
    )


def _spans(length: Mapping[str, Any], value: float) -> bool:
    return bool(value in (length["km"], length.get("km_high")))


def _lengths(keys: Keys, evidence: Evidence) -> list[Mapping[str, Any]]:
    lengths: list[Mapping[str, Any]] = [
        length
        for length in evidence.properties(keys["feature"])["published_lengths"]
        if keys.get("all") or "source" in keys or length.get("comparable", True)
    ]
    if not lengths:
        raise DocumentError(f"asks for a published length of {keys['feature']!r}, which has none")
    return lengths


def _shortest(what: str, keys: Keys, evidence: Evidence, _: Known) -> Figure:
    lengths = _lengths(keys, evidence)
    number = min(lengths, key=lambda length: length["km"])
    return _published(lengths, what, number, number["km"])


def _longest(what: str, keys: Keys, evidence: Evidence, _: Known) -> Figure:
    lengths = _lengths(keys, evidence)
    number = max(lengths, key=lambda length: length.get("km_high") or length["km"])
    return _published(lengths, what, number, number.get("km_high") or number["km"])


def _length_by(what: str, keys: Keys, evidence: Evidence, _: Known) -> Figure:
    lengths = [length for length in _lengths(keys, evidence) if keys["source"] in length["sources"]]
    if not lengths:
        raise DocumentError(f"asks {keys['feature']!r} for a length from {keys['source']!r}, which gives none")
    return _published(lengths, what, lengths[0], lengths[0]["km"])


def _measured(what: str, keys: Keys, evidence: Evidence, _: Known) -> Figure:
    segments = [
        segment
        for segment in evidence.segments(keys["candidate"])
        if segment["measured_km"] is not None
        and segment["country"] in keys.get("countries", [segment["country"]])
        and segment["status"] in keys.get("statuses", [segment["status"]])
        and segment["alignment_status"] in keys.get("alignments", [segment["alignment_status"]])
    ]
    worst = max((segment["accuracy_m"] for segment in segments), default=0.0)
    return Figure(
        what=what,
        value=float(sum(segment["measured_km"] for segment in segments)),
        unit="km",
        accuracy=MEASURED,
        accuracy_m=worst or None,
        as_of=newest(segment["as_of"] for segment in segments),
        sources=once(s for segment in segments for s in segment["sources"]),
    )


def _drawn(what: str, keys: Keys, evidence: Evidence, _: Known) -> Figure:
    segment = evidence.properties(keys["feature"])
    if segment["measured_km"] is None:
        raise DocumentError(f"measures {keys['feature']!r}, which is listed and not drawn")
    return Figure(
        what=what,
        value=segment["measured_km"],
        unit="km",
        accuracy=MEASURED,
        as_of=segment["as_of"],
        sources=once(segment["sources"]),
        accuracy_m=segment["accuracy_m"],
    )


def _property(what: str, keys: Keys, evidence: Evidence, _: Known) -> Figure:
    fact = evidence.properties(keys["feature"]).get(keys["property"])
    if not fact:
        raise DocumentError(f"asks {keys['feature']!r} for its {keys['property']}, which was not found")
    return from_fact(what, fact)


def _date(what: str, keys: Keys, evidence: Evidence, _: Known) -> Figure:
    for moment in evidence.properties(keys["feature"])["dates"]:
        if moment["kind"] == keys["kind"] and keys["source"] in moment["sources"]:
            return Figure(
                what=what,
                value=moment["date"],
                unit="date",
                accuracy=f"{moment['kind']}: {moment['what']}",
                as_of=moment["said_on"] or "undated",
                sources=once(moment["sources"]),
                by=moment["by"] or "",
                quote=moment["quote"] or "",
            )
    raise DocumentError(f"asks {keys['feature']!r} for a {keys['kind']} date from {keys['source']!r}; it has none")


def _candidates(what: str, keys: Keys, evidence: Evidence, _: Known) -> Figure:
    """Count the candidates of some modes that run through all of some countries."""
    through: dict[str, set[str]] = {}
    segments = chosen("route", {}, evidence)
    for segment in segments:
        for candidate in segment["candidates"] if segment["mode"] in keys["modes"] else ():
            through.setdefault(candidate, set()).add(segment["country"])
    found = [candidate for candidate, countries in through.items() if set(keys["countries"]) <= countries]
    used = [segment for segment in segments if set(found) & set(segment["candidates"])]
    return Figure(
        what=what,
        value=len(found),
        unit="candidate" if len(found) == 1 else "candidates",
        accuracy=COUNTED,
        as_of=newest(segment["as_of"] for segment in used),
        sources=once(source for segment in used for source in segment["sources"]),
    )


ROUTED = (
    Reference(
        "shortest",
        "The lowest published length of a segment; `all` counts those that measure something else than the line too.",
        frozenset({"feature"}),
        _shortest,
        may=frozenset({"all"}),
    ),
    Reference(
        "longest",
        "The highest published length of a segment, likewise.",
        frozenset({"feature"}),
        _longest,
        may=frozenset({"all"}),
    ),
    Reference("drawn", "The measured length of a segment.", frozenset({"feature"}), _drawn),
    Reference("length-by", "The length one source gives.", frozenset({"feature", "source"}), _length_by),
    Reference(
        "measured",
        "The measured length of a candidate, in all or some countries, statuses or kinds of course.",
        frozenset({"candidate"}),
        _measured,
        may=frozenset({"countries", "statuses", "alignments"}),
    ),
    Reference("property", "Gauge, operator, owner, capacity or cost.", frozenset({"feature", "property"}), _property),
    Reference("date", "A dated promise or event of a segment.", frozenset({"feature", "kind", "source"}), _date),
    Reference("candidates", "How many candidates run through.", frozenset({"modes", "countries"}), _candidates),
)
