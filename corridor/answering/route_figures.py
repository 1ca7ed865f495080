"""How an answer fetches a figure from the segments of the route layer: lengths, dates, operators, slips."""

from corridor.answering.figures import (
    MEASURED,
    PUBLISHED,
    STATED,
    Evidence,
    Figure,
    Keys,
    KnownFigures,
    Reference,
    once,
)
from corridor.answering.references import from_fact
from corridor.answering.slips import slips
from corridor.errors import DocumentError
from corridor.land.features import SINGLE_FACTS, SegmentLength
from corridor.legs import segment_share_off
from corridor.quantities import bare_range, off_words


def _published(
    lengths: list[SegmentLength], what: str, number: SegmentLength, value: float, *, whole: bool = False
) -> Figure:
    """Return one end of the published lengths of a segment; the `whole` of a range is written as the range."""
    return Figure(
        what=what,
        value=value,
        unit="km",
        accuracy=f"{PUBLISHED}; it measures: {number['what']}",
        as_of=number["as_of"] or "undated",
        sources=once(s for same in lengths if _spans(same, value) for s in same["sources"]),
        words=bare_range((number["km"], number["km_high"])) if whole and number["km_high"] else "",
        by="; ".join(dict.fromkeys(same["by"] for same in lengths if _spans(same, value) and same["by"])),
    )


def _spans(length: SegmentLength, value: float) -> bool:
    return bool(value in (length["km"], length["km_high"]))


def _lengths(keys: Keys, evidence: Evidence) -> list[SegmentLength]:
    lengths = [
        length
        for length in evidence.segment(keys["feature"])["published_lengths"]
        if keys.get("all") or "source" in keys or length["comparable"]
    ]
    if not lengths:
        raise DocumentError(f"asks for a published length of {keys['feature']!r}, which has none")
    return lengths


def _shortest(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    lengths = _lengths(keys, evidence)
    number = min(lengths, key=lambda length: length["km"])
    return _published(lengths, what, number, number["km"])


def _longest(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    lengths = _lengths(keys, evidence)
    number = max(lengths, key=lambda length: length["km_high"] or length["km"])
    return _published(lengths, what, number, number["km_high"] or number["km"])


def _length_by(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    lengths = [length for length in _lengths(keys, evidence) if keys["source"] in length["sources"]]
    if not lengths:
        raise DocumentError(f"asks {keys['feature']!r} for a length from {keys['source']!r}, which gives none")
    return _published(lengths, what, lengths[0], lengths[0]["km"], whole=True)


def _slip(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    about = keys.get("about", "completion")
    completions = [slip for slip in slips(evidence.segment(keys["feature"])) if slip.about == about]
    if not completions:
        raise DocumentError(f"asks by how much {keys['feature']!r} slipped, of which no two dates are known")
    slip = completions[0]
    return Figure(
        what=what,
        value=slip.said,
        unit="",
        accuracy=f"from “{slip.first['what']}” to “{slip.last['what']}”, by the last day each may mean",
        as_of=slip.last["said_on"] or slip.last["date"],
        sources=once([*slip.first["sources"], *slip.last["sources"]]),
        by="; ".join(dict.fromkeys((slip.first["by"], slip.last["by"]))),
    )


def _drawn(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    segment = evidence.segment(keys["feature"])
    if segment["measured_km"] is None:
        raise DocumentError(f"measures {keys['feature']!r}, which is listed and not drawn")
    return Figure(
        what=what,
        value=segment["measured_km"],
        unit="km",
        accuracy="; ".join(filter(None, (MEASURED, off_words(segment_share_off(segment)), segment.get("office_line")))),
        as_of=segment["as_of"],
        sources=evidence.drawn_from([segment]),
        accuracy_m=segment["accuracy_m"],
    )


def _property(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    segment = evidence.segment(keys["feature"])
    fact = next((segment[key] for key in SINGLE_FACTS if key == keys["property"]), None)
    if not fact:
        raise DocumentError(f"asks {keys['feature']!r} for its {keys['property']}, which was not found")
    return from_fact(what, fact)


def _date(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    for moment in evidence.segment(keys["feature"])["dates"]:
        about = keys.get("about", moment["about"])
        if (moment["kind"], moment["about"]) == (keys["kind"], about) and keys["source"] in moment["sources"]:
            return Figure(
                what=what,
                value=_as_said(moment["what"]) if keys.get("words") else moment["date"],
                unit="" if keys.get("words") else "date",
                accuracy=moment["kind"] if keys.get("words") else f"{moment['kind']}: {moment['what']}",
                as_of=moment["said_on"] or "undated",
                sources=once(moment["sources"]),
                by=moment["by"] or "",
                quote=moment["quote"] or "",
            )
    raise DocumentError(f"asks {keys['feature']!r} for a {keys['kind']} date from {keys['source']!r}; it has none")


def _as_said(what: str) -> str:
    """Return a sentence of a table so that it can stand within another."""
    return what[:1].lower() + what[1:] if what[1:2].islower() and not what.startswith("Kars") else what


def _said(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    segment = evidence.segment(keys["feature"])
    said = {"proposed_by": segment["proposed_by"], "answered_by": segment["answered_by"]}
    for statement in said.get(keys["role"], ()):
        if keys["source"] in statement["sources"]:
            return Figure(
                what=what,
                value=statement["what"],
                unit="",
                accuracy=STATED,
                as_of=statement["as_of"] or "undated",
                sources=once(statement["sources"]),
                by=statement["by"],
                quote=statement["quote"] or "",
            )
    raise DocumentError(f"asks {keys['feature']!r} who is {keys['role']} in {keys['source']!r}; nobody is")


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
        "slip",
        "By how much the completion of a segment slipped, or what else a date is `about`.",
        frozenset({"feature"}),
        _slip,
        may=frozenset({"about"}),
    ),
    Reference(
        "property",
        "Gauge, operator, owner, project company, capacity or cost.",
        frozenset({"feature", "property"}),
        _property,
    ),
    Reference(
        "date",
        "A date given for a segment, or an event of it; `about` where a source gives several.",
        frozenset({"feature", "kind", "source"}),
        _date,
        frozenset({"about", "words"}),
    ),
    Reference("said", "What somebody proposed or answered.", frozenset({"feature", "role", "source"}), _said),
)
