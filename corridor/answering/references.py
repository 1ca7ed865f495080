"""How an answer fetches a figure from the features of the layers: facts, sums, counts, borders, statuses."""

from collections.abc import Mapping

from corridor.answering.figures import (
    COUNTED,
    PUBLISHED,
    STATED,
    Evidence,
    Figure,
    Keys,
    KnownFigures,
    Reference,
    count_figure,
    least_exact,
    newest,
    once,
    status_figure,
)
from corridor.errors import DocumentError
from corridor.land.features import BorderProperties, FeatureFact, Properties, features_of


def _fact_of(feature: str, label: str, evidence: Evidence, source: str = "") -> FeatureFact:
    facts = evidence.properties(feature)["facts"]
    matching = [fact for fact in facts if fact["label"] == label and (not source or source in fact["sources"])]
    if not matching:
        raise DocumentError(f"asks {feature!r} for the fact {label!r}, which it does not have")
    return matching[0]


def from_fact(what: str, fact: FeatureFact) -> Figure:
    """Return a fact, as the layers carry it, as the figure called `what`."""
    return Figure(
        what=what,
        value=fact["value"],
        unit=fact["unit"] or "",
        accuracy=fact["accuracy"] or (STATED if isinstance(fact["value"], str) else PUBLISHED),
        as_of=fact["as_of"] or "undated",
        sources=once(fact["sources"]),
        by=fact["by"] or "",
        quote=fact["quote"] or "",
    )


def _fact(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    return from_fact(what, _fact_of(keys["feature"], keys["label"], evidence, keys.get("source", "")))


def _difference(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    begin = from_fact(what, _fact_of(keys["feature"], keys["label"], evidence))
    end = from_fact(what, _fact_of(keys["to"], keys.get("to_label", keys["label"]), evidence))
    return Figure(
        what=what,
        value=abs(float(end.value) - float(begin.value)),
        unit=begin.unit,
        accuracy="difference of two published kilometre posts, each given without its accuracy",
        as_of=newest([begin.as_of, end.as_of]),
        sources=once((*begin.sources, *end.sources)),
    )


def _total(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    facts = _labelled(keys, evidence)
    return Figure(
        what=what,
        value=sum(_number(fact) for fact in facts),
        unit=facts[0]["unit"] or "",
        accuracy=f"sum of {len(facts)} published figures",
        as_of=newest(fact["as_of"] for fact in facts),
        sources=once(s for fact in facts for s in fact["sources"]),
    )


def _number(fact: FeatureFact) -> float:
    if isinstance(fact["value"], str):
        raise DocumentError(f"adds up facts called {fact['label']!r}, of which one is the text {fact['value']!r}")
    return fact["value"]


def _holders(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    facts = _labelled(keys, evidence)
    return Figure(
        what=what,
        value=len(facts),
        unit=keys["unit"],
        accuracy=COUNTED,
        as_of=newest(fact["as_of"] for fact in facts),
        sources=once(s for fact in facts for s in fact["sources"]),
    )


def _labelled(keys: Keys, evidence: Evidence) -> list[FeatureFact]:
    labelled = [
        fact
        for identity, feature in evidence.features.items()
        if identity.startswith(f"{keys['layer']}/")
        for fact in feature["properties"]["facts"]
        if fact["label"] == keys["label"]
    ]
    if not labelled:
        raise DocumentError(f"asks layer {keys['layer']!r} for facts called {keys['label']!r}; none has that label")
    return labelled


def chosen(layer: str, where: Mapping[str, object], evidence: Evidence) -> list[Properties]:
    """Return the properties of the features of a layer whose properties are what `where` wants."""
    return [
        feature["properties"]
        for identity, feature in evidence.features.items()
        if identity.startswith(f"{layer}/") and _fit(feature["properties"], where)
    ]


def _fit(properties: Mapping[str, object], where: Mapping[str, object]) -> bool:
    return all(_fits(properties.get(key), wanted) for key, wanted in where.items())


def _fits(value: object, wanted: object) -> bool:
    """Return whether a property is what was wanted: equal, the same list, or containing a wanted single value."""
    return wanted in value if isinstance(value, list) and not isinstance(wanted, list) else value == wanted


def _count(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    among = chosen(keys["layer"], keys.get("among", {}), evidence)
    if not among:
        raise DocumentError(f"counts in layer {keys['layer']!r}, where nothing fits {keys.get('among')}")
    fitting = [properties for properties in among if _fit(properties, keys["only"])]
    return count_figure(what, len(fitting), keys["unit"], among)


def _border(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    borders = [
        border["properties"]
        for border in features_of(evidence.features.values(), BorderProperties)
        if _fit(border["properties"], keys["where"])
    ]
    if not borders:
        raise DocumentError("asks for a border no feature of the border layer answers to")
    return Figure(
        what=what,
        value=float(sum(part["length_km"] for part in borders)),
        unit="km",
        accuracy="measured on the boundary data",
        accuracy_m=least_exact(borders),
        as_of=newest(part["as_of"] for part in borders),
        sources=once(source for part in borders for source in part["sources"]),
    )


def _status(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    return status_figure(what, evidence.properties(keys["feature"]))


def _status_day(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    status = status_figure(what, evidence.properties(keys["feature"]))
    if status.as_of == "undated":
        raise DocumentError(f"asks of which day the status of {keys['feature']!r} is, which is undated")
    return Figure(what, status.as_of, "date", STATED, status.as_of, status.sources)


def _status_span(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    among = chosen(keys["layer"], keys["among"], evidence)
    years = sorted(str(properties["status_as_of"])[:4] for properties in among if properties["status_as_of"])
    if not years:
        raise DocumentError(f"asks of which years states in layer {keys['layer']!r} are; none that fits is dated")
    said = years[0] if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
    sources = once(source for properties in among for source in properties["sources"])
    return Figure(what, said, "", STATED, newest(str(p["status_as_of"]) for p in among if p["status_as_of"]), sources)


FETCHED = (
    Reference("fact", "A fact of a feature.", frozenset({"feature", "label"}), _fact, may=frozenset({"source"})),
    Reference(
        "difference",
        "The difference between a fact of two features.",
        frozenset({"feature", "label", "to"}),
        _difference,
        may=frozenset({"to_label"}),
    ),
    Reference("total", "The sum of one fact over a layer.", frozenset({"layer", "label"}), _total),
    Reference(
        "holders", "How many features of a layer have one fact.", frozenset({"layer", "label", "unit"}), _holders
    ),
    Reference(
        "count", "How many features of a layer fit.", frozenset({"layer", "unit", "only"}), _count, frozenset({"among"})
    ),
    Reference("border", "The measured length of border that fits.", frozenset({"where"}), _border),
    Reference("status", "The status word of a feature.", frozenset({"feature"}), _status),
    Reference("status-day", "The day a status is of.", frozenset({"feature"}), _status_day),
    Reference("status-span", "The years the statuses in a layer are of.", frozenset({"layer", "among"}), _status_span),
)
