"""Features of JSON-FG whose line stands in `place`, in the system of `coordRefSys`, with no `geometry` beside it.

OGC 21-045r1, chapter 7: `geometry` is longitude and latitude on WGS84, or null where `place` is in another system.
"""

from collections.abc import Iterator

from corridor.reading.declared_systems import declared_name
from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.json_dialects.collected import Collected, objects, taken_out

PLACE, SYSTEM = "place", "coordRefSys"


def is_json_fg(document: Json) -> bool:
    """Whether a document has a feature whose place is given in the way of JSON-FG alone."""
    return any(_has_place(feature) for feature in _features(document))


def read_json_fg(document: JsonMembers, taken: Collected) -> None:
    """Take the features of a document; a geometry that is there goes before the place."""
    around = document.get(SYSTEM)
    single = document.get("type") == "Feature"
    for feature in [document] if single else taken_out(document.get("features")):
        if not _has_place(feature):
            taken.add(feature.get("geometry"), feature.get("properties"))
            continue
        place = feature[PLACE]
        system = place.pop(SYSTEM, None) or feature.get(SYSTEM) or around
        taken.add(place, feature.get("properties"), declared_name(system) if system else None)


def _features(document: Json) -> Iterator[JsonMembers]:
    if isinstance(document, dict) and document.get("type") == "Feature":
        return iter((document,))
    whole = isinstance(document, dict) and document.get("type") == "FeatureCollection"
    return iter(objects(document.get("features")) if whole else ())


def _has_place(feature: JsonMembers) -> bool:
    return feature.get("geometry") is None and isinstance(feature.get(PLACE), dict)
