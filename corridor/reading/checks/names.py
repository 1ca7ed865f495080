"""What is worth saying of the names of routes: none, taken from elsewhere, or the same for several."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from corridor.quantities import first_listed
from corridor.reading.contents import Contents
from corridor.reading.faults import Check, FaultSpot, Mend, Severity, shown
from corridor.reading.garbled_texts import garbled_in
from corridor.reading.possible_routes import PossibleRoute
from corridor.reading.repairs import file as mends

#: Members that are named in a sentence; further ones are only counted with the routes.
MOST_NAMED = 3


def _spot(candidate: PossibleRoute, **words: object) -> FaultSpot:
    return FaultSpot(path=candidate.path, feature=candidate.feature, words=words)


def _unnamed(contents: Contents) -> Iterator[FaultSpot]:
    unnamed = [(index, route) for index, route in enumerate(contents.candidates) if route.name is None]
    if unnamed:
        (first, candidate), (last, _) = unnamed[0], unnamed[-1]
        as_far_as = "" if first == last else f" to “Route {last + 1}”"
        yield _spot(candidate, count=len(unnamed), name=f"Route {first + 1}", more=as_far_as)


def _named_by_another(contents: Contents) -> Iterator[FaultSpot]:
    named = [candidate for candidate in contents.candidates if candidate.named_by and not candidate.inherited]
    if named:
        yield _spot(named[0], count=len(named), members=_quoted([candidate.named_by for candidate in named]))


def _names_of(candidates: Sequence[PossibleRoute]) -> list[str]:
    return list(dict.fromkeys(shown(candidate.name or "", 30) for candidate in candidates))


def _inherited(contents: Contents) -> Iterator[FaultSpot]:
    named = [candidate for candidate in contents.candidates if candidate.inherited]
    if named:
        yield _spot(named[0], count=len(named), names=first_listed([f"“{name}”" for name in _names_of(named)]))


def _quoted(members: list[str]) -> str:
    names = list(dict.fromkeys(members))
    more = " or another" if len(names) > MOST_NAMED else ""
    return " or ".join(f"“{shown(name, 30)}”" for name in names[:MOST_NAMED]) + more


def _same_name(contents: Contents) -> Iterator[FaultSpot]:
    counts = Counter(candidate.name for candidate in contents.candidates if candidate.name is not None)
    seen: Counter[str] = Counter()
    for candidate in contents.candidates:
        if candidate.name is not None and counts[candidate.name] > 1:
            seen[candidate.name] += 1
            # Told at the second, which is the first that a number would be added to.
            if seen[candidate.name] == 2:
                yield _spot(candidate, name=shown(candidate.name), count=counts[candidate.name])


def _garbled(contents: Contents) -> Iterator[FaultSpot]:
    document = contents.structure.document
    holders = chain(
        (candidate.properties for candidate in contents.candidates),
        [document] if isinstance(document, dict) else [],
        ({"name": waypoint.name} for waypoint in contents.waypoints),
    )
    texts = [(holder[member], garbled) for holder in holders for member, garbled in garbled_in(holder)]
    if texts:
        text, garbled = texts[0]
        words = {"text": shown(text), "meant": shown(garbled.meant), "taken_for": garbled.taken_for}
        yield FaultSpot(words={"count": len(texts), **words})


ROUTE_NAME_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "unnamed-route",
        Severity.NOTE,
        "{count:route has|routes have} no name and will be shown as “{name}”{more}.",
        "Give each a name where the file was made; in GeoJSON that is the property “name”.",
        _unnamed,
        Mend("name routes without a name by their order", mends.name_routes, by_name=True),
    ),
    Check(
        "name-from-elsewhere",
        Severity.NOTE,
        "{count:route has|routes have} no plain “name”; what stands under {members} is taken for it.",
        "Give each a “name” where the file was made, to have it called otherwise.",
        _named_by_another,
    ),
    Check(
        "name-inherited",
        Severity.NOTE,
        "{count:route without a name is|routes without a name are} called after the folder, layer or file around: "
        "{names}.",
        "Give each a name of its own to have it called otherwise.",
        _inherited,
    ),
    Check(
        "text-garbled",
        Severity.WARNING,
        "{count:text is|texts are} garbled, as “{text}”: UTF-8 that a program took for {taken_for}. It says “{meant}”.",
        "Let garbled texts be written as they were meant, or export the file again in UTF-8.",
        _garbled,
        Mend("write garbled texts as they were meant", mends.write_garbled, by_name=True),
    ),
    Check(
        "same-name",
        Severity.WARNING,
        "{count} routes are called “{name}”.",
        "Let a number be added to the later ones.",
        _same_name,
        Mend("add a number to the later of equal names", mends.number_names, by_name=True),
    ),
)
