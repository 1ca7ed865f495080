"""What the search knows of the land: crossings, segments, candidates, and places with all their names."""

from collections.abc import Iterator, Mapping

from corridor.answering.figures import NOT_FOUND, STATE_NOT_FOUND
from corridor.assessing.candidate_lines import counted_legs
from corridor.candidates import MODE_WORDS, Candidate, Part
from corridor.land.features import (
    SINGLE_FACTS,
    BorderProperties,
    CrossingProperties,
    Feature,
    FeatureFact,
    Properties,
    RouteProperties,
    layer_of,
    properties_of,
)
from corridor.legs import by_country, known_lengths, legs
from corridor.present.words import DELIMITED, figure, is_under_delimitation
from corridor.quantities import bare_kilometres, published_first, used_kilometres
from corridor.searching.entry import Findable, Kind, dated_answer
from corridor.searching.text_entries import address_of
from corridor.shipped import Shipped

#: What a feature of a layer is called among the kinds of hits; "place" where none is named.
KINDS: Mapping[str, Kind] = {"crossing": "crossing", "route": "segment", "province": "province", "district": "province"}
#: What a kind of feature is called in an answer, where its own word says too little.
KIND_WORDS = {"state-part": "part of a State", "neighbour": "State", "range": "mountain range"}
#: What stands for the end of a candidate that nobody published.
NOT_PUBLISHED = "not published"
#: Facts that tell something of a station alone begin so.
CHAINAGE = "Railway chainage"
#: The neighbours a candidate may avoid, and what one asks for.
AVOIDED = ("iran", "georgia", "russia", "armenia")


def features(shipped: Shipped) -> Iterator[Findable]:
    """Yield an entry for every feature of every layer."""
    for identity, feature in shipped.by_id.items():
        match layer_of(identity):
            case "crossing":
                yield _crossing(identity, properties_of(feature, CrossingProperties))
            case "route":
                yield _segment(identity, feature, shipped)
            case "border":
                yield _border(identity, properties_of(feature, BorderProperties))
            case _:
                yield _named(identity, feature["properties"], shipped)


def candidates(shipped: Shipped) -> Iterator[Findable]:
    """Yield an entry for every candidate: how long, how much of it in Armenia, which borders are open."""
    for candidate in shipped.candidates.values():
        yield _candidate(candidate, shipped)


def aliases(shipped: Shipped) -> Iterator[tuple[str, str]]:
    """Yield every other name of a place, a State or a river with each of its own, by which more is called than it."""
    for identity, feature in shipped.by_id.items():
        if layer_of(identity) in ("place", "territory", "water"):
            properties = feature["properties"]
            for label in properties["label"].partition(" (")[0].split(" / "):
                yield from ((name, label) for name in _names(properties))


def _crossing(identity: str, properties: CrossingProperties) -> Findable:
    status = STATE_NOT_FOUND if properties["status"] == NOT_FOUND else properties["status"]
    label = properties["label"]
    sides = label.partition(" (")[0].split("-")
    return Findable(
        kind="crossing",
        id=identity,
        title=f"{label} crossing",
        answer=dated_answer(f"{label} crossing: {status}", properties["status_as_of"]),
        as_of=properties["status_as_of"],
        sources=tuple(properties["sources"]),
        link=address_of(identity),
        names=(label, *sides, *_names(properties)),
        ways=tuple(f"{side} open" for side in sides),
        text=f"{' '.join(properties['modes'])} {_said(properties)} border crossing {' '.join(properties['pair'])}",
    )


def _segment(identity: str, feature: Feature, shipped: Shipped) -> Findable:
    properties = properties_of(feature, RouteProperties)
    status = STATE_NOT_FOUND if properties["status"] == NOT_FOUND else properties["status"]
    as_of = properties["status_as_of"] or properties["as_of"]
    way = legs([Part(identity.removeprefix("route/"))], shipped.by_id)
    length = published_first(way)
    return Findable(
        kind="segment",
        id=identity,
        title=properties["label"],
        answer=dated_answer(f"{status[:1].upper()}{status[1:]}: {length}", as_of),
        as_of=as_of,
        sources=tuple(properties["sources"]),
        link=address_of(identity),
        names=(properties["label"], *_names(properties)),
        text=" ".join(
            (
                MODE_WORDS[properties["mode"]],
                properties["segment_from"],
                properties["segment_to"],
                shipped.labels.get(f"territory/{properties['country']}", ""),
                *(f"{called} {_fact(fact)}" for key, called in SINGLE_FACTS.items() if (fact := properties[key])),
                *(f"{moment['kind']} {moment['what']}" for moment in properties["dates"]),
                _said(properties),
                *(station["name"] for station in properties["stations"]),
            )
        ),
    )


def _border(identity: str, properties: BorderProperties) -> Findable:
    length = bare_kilometres(properties["length_km"], properties["accuracy_m"])
    said = f"Border {properties['label']}: {length} km as drawn here, {DELIMITED[properties['delimited']]}"
    return Findable(
        kind="place",
        id=identity,
        title=f"Border {properties['label']}",
        answer=dated_answer(said, properties["as_of"]),
        as_of=properties["as_of"],
        sources=tuple(properties["sources"]),
        link=address_of(identity),
        names=(f"border {properties['label']}", *_names(properties)),
        ways=(f"length of the border {properties['label']}",),
        text=_said(properties),
    )


def _named(identity: str, properties: Properties, shipped: Shipped) -> Findable:
    """Return the entry of what only has a place: what it is, where, and the first figure known of it."""
    kind = KIND_WORDS.get(properties["kind"], properties["kind"].replace("-", " "))
    where = " and ".join(shipped.labels.get(f"territory/{i}", i) for i in properties["territories"][:2])
    labels = properties["label"].partition(" (")[0].split(" / ")
    station = properties["kind"] == "station"
    known = (fact for fact in properties["facts"] if station or not fact["label"].startswith(CHAINAGE))
    fact = next(known, None)
    said = f"{kind[:1].upper()}{kind[1:]}" + ("" if properties["label"] == where else f" in {where}")
    if is_under_delimitation(identity, shipped.known_ids):
        in_area = "" if layer_of(identity) == "exclave" else " in an area under delimitation"
        said = f"{kind[:1].upper()}{kind[1:]}{in_area}; inside the OpenStreetMap polygon of {where}"
    as_of = properties["as_of"]
    if fact is not None:
        said, as_of = f"{said}; {_fact(fact)}", fact["as_of"] or as_of
    return Findable(
        kind=KINDS.get(layer_of(identity), "place"),
        id=identity,
        title=properties["label"],
        answer=dated_answer(said, as_of),
        as_of=as_of,
        sources=tuple(properties["sources"]),
        link=address_of(identity),
        names=(properties["label"], *labels, *_names(properties)),
        ways=tuple(f"{label} {kind}" for label in labels),
        text=f"{kind} {where}",
        tells=False,
    )


def _candidate(candidate: Candidate, shipped: Shipped) -> Findable:
    way = counted_legs(candidate, shipped.by_id)
    countries = by_country(way)
    crossings = [properties_of(shipped.by_id[f"crossing/{i}"], CrossingProperties) for i in candidate.crossings]
    operating = sum(crossing["status"] == "operating" for crossing in crossings)
    whole = all(length.used for length in known_lengths(way))
    said = f"{used_kilometres(way)} km" if whole else published_first(way)
    if candidate.origin != NOT_PUBLISHED:
        said = f"From {candidate.origin} to {candidate.destination}: {said}"
    armenian = [leg for leg in way if leg.country == "armenia"]
    if armenian and countries["armenia"].high:
        said += f", {used_kilometres(armenian)} km of it in Armenia"
    said += f"; {len(crossings)} border crossing{'' if len(crossings) == 1 else 's'}, {operating} known to operate"
    as_of = max(shipped.by_id[leg.segment]["properties"]["as_of"] for leg in way)
    avoided = [shipped.labels.get(f"territory/{i}", i) for i in AVOIDED if i not in countries]
    return Findable(
        kind="candidate",
        id=f"candidate/{candidate.id}",
        title=candidate.name,
        answer=dated_answer(said, as_of),
        as_of=as_of,
        sources=candidate.sources,
        link=address_of(f"candidate/{candidate.id}"),
        names=(candidate.name, *(str(name[0]) for name in candidate.names)),
        ways=tuple(f"avoids {name}" for name in avoided),
        text=" ".join(
            (
                MODE_WORDS[candidate.mode],
                *(shipped.labels.get(f"territory/{i}", "") for i in countries),
                *(shipped.labels[leg.segment] for leg in way),
                *(s.text for s in (*candidate.connects_for_armenia, *candidate.connects_for_azerbaijan)),
            )
        ),
    )


def _fact(fact: FeatureFact) -> str:
    return f"{fact['label']}: {figure(fact['value'])} {fact['unit'] or ''}".strip()


def _names(properties: Properties) -> tuple[str, ...]:
    return tuple(name["text"] for name in properties["names"])


def _said(properties: Properties) -> str:
    return " ".join((properties["note"] or "", *(_fact(fact) for fact in properties["facts"])))
