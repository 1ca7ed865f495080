"""What has no place on the map, or is not valid and cannot be mended: left out of a copy, and told with its values."""

from collections.abc import Iterable
from typing import Any

from corridor.reading.faults import Account, Json, JsonPath, shown
from corridor.reading.structure import DEPTHS, GEOMETRIES

#: Letters of a feature's properties that are told when it is left out; the file as it was given has them all.
LONGEST = 200


def is_empty(geometry: Json) -> bool:
    """Whether a geometry is null or has no position: RFC 7946 section 3.1 lets empty coordinates be read as null."""
    if geometry is None:
        return True
    if not isinstance(geometry, dict) or geometry.get("type") not in GEOMETRIES:
        return False
    held = geometry.get("coordinates" if geometry["type"] in DEPTHS else "geometries")
    return isinstance(held, list) and _nothing(held)


def _nothing(value: list[Any]) -> bool:
    """Whether lists in lists hold nothing."""
    heap = list(value)
    while heap:
        inner = heap.pop()
        if isinstance(inner, dict):
            if not is_empty(inner):
                return False
        elif isinstance(inner, list):
            heap.extend(inner)
        else:
            return False
    return True


def drop_placeless(document: Json) -> tuple[Json, Account]:
    """Leave out the features of a collection that have no geometry, and empty members of GeometryCollections."""
    dropped: list[str] = []
    features = document.get("features") if isinstance(document, dict) else None
    if isinstance(features, list):
        kept = []
        for index, feature in enumerate(features):
            if _is_feature(feature) and is_empty(feature["geometry"]):
                dropped.append(f"{_named(feature, index)}, which has no coordinates")
            else:
                kept.append(feature)
        document["features"] = kept
    for collection in _collections(document):
        members = [member for member in collection["geometries"] if not is_empty(member)]
        if lost := len(collection["geometries"]) - len(members):
            dropped.append(f"{lost} empty shapes of a group")
            collection["geometries"] = members
    return document, Account(dropped=tuple(dropped))


def _is_feature(feature: Json) -> bool:
    return isinstance(feature, dict) and feature.get("type") == "Feature" and "geometry" in feature


def _collections(document: Json) -> list[dict[str, Any]]:
    """Return every GeometryCollection of a document, the inner ones first."""
    if not isinstance(document, dict):
        return []
    heap: list[Any] = [document, document.get("geometry")]
    if isinstance(document.get("features"), list):
        heap += [feature.get("geometry") for feature in document["features"] if isinstance(feature, dict)]
    collections = []
    while heap:
        value = heap.pop()
        is_collection = isinstance(value, dict) and value.get("type") == "GeometryCollection"
        if is_collection and isinstance(value.get("geometries"), list):
            collections.append(value)
            heap.extend(value["geometries"])
    return collections[::-1]


def leave_out(document: Json, unsound: Iterable[JsonPath]) -> tuple[Json, Account]:
    """Leave out the features, or the members of a GeometryCollection, in which an unsound thing stands.

    What stands in the document itself, or in its only feature or geometry, stays: nothing would be left.
    """
    features: set[int] = set()
    members: dict[int, set[int]] = {}
    listed = document.get("features") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        return document, Account()
    for path in unsound:
        tokens = path.split("/")[1:]
        if len(tokens) < 2 or tokens[0] != "features" or not tokens[1].isdecimal():
            continue
        index = int(tokens[1])
        if index < len(listed):
            if tokens[2:4] == ["geometry", "geometries"] and len(tokens) > 4 and tokens[4].isdecimal():
                members.setdefault(index, set()).add(int(tokens[4]))
            else:
                features.add(index)
    dropped: list[str] = []
    for index, numbers in members.items():
        if index in features:
            continue
        inside = listed[index]["geometry"]["geometries"]
        kept = [member for number, member in enumerate(inside) if number not in numbers]
        dropped.append(f"{len(inside) - len(kept)} shapes of {_named(listed[index], index)}, which are not valid")
        listed[index]["geometry"]["geometries"] = kept
    dropped += [f"{_named(listed[index], index)}, which is not valid" for index in sorted(features)]
    document["features"] = [feature for index, feature in enumerate(listed) if index not in features]
    return document, Account(dropped=tuple(dropped))


def _named(feature: Json, index: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return f"entry {index + 1} {shown(properties, LONGEST)}" if properties else f"entry {index + 1}"
