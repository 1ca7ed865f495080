"""How faults in the objects of a GeoJSON document are mended; each function takes and returns parsed JSON."""

from collections.abc import Callable
from typing import Any

from corridor.reading.declared_systems import declared_name
from corridor.reading.faults import Account, Json, place_words
from corridor.reading.reference_systems import is_plain
from corridor.reading.structure import FORBIDDEN, GEOMETRIES, Node, meant_type, nodes_of


def _each(document: Json, change: Callable[[Node], str | None]) -> tuple[Json, Account]:
    """Apply `change` to every GeoJSON object; it says in words what it did, None for nothing."""
    done = [f"{place_words(node.path)}: {did}" for node in nodes_of(document) if (did := change(node))]
    return document, Account(other=tuple(done))


def drop_non_objects(document: Json) -> tuple[Json, Account]:
    """Take out of `features` and `geometries` what is not an object."""
    dropped: list[str] = []
    for node in nodes_of(document):
        member = {"FeatureCollection": "features", "GeometryCollection": "geometries"}.get(node.type or "")
        if member and isinstance(node.value.get(member), list):
            kept = [element for element in node.value[member] if isinstance(element, dict)]
            if lost := len(node.value[member]) - len(kept):
                dropped.append(f"{place_words(node.path)}, {member}: {lost} values that are not objects")
                node.value[member] = kept
    return document, Account(dropped=tuple(dropped))


def correct_case(document: Json) -> tuple[Json, Account]:
    """Write the type of every object as RFC 7946 does: its capitals, and its name for what others call otherwise."""
    changes: list[str] = []
    # Correcting an outer type makes the objects inside it known, so look until nothing more is found.
    while True:
        wrong = [
            (node, right)
            for node in nodes_of(document)
            if isinstance(node.value, dict) and (right := meant_type(node.value.get("type"))) is not None
        ]
        if not wrong:
            return document, Account(type_changes=tuple(changes))
        for node, right in wrong:
            changes.append(f"{place_words(node.path)}: “{node.value['type']}” written “{right}”")
            node.value["type"] = right


def add_properties(document: Json) -> tuple[Json, Account]:
    """Add `"properties": null` to every feature without properties."""

    def change(node: Node) -> str | None:
        if node.type != "Feature" or "properties" in node.value:
            return None
        node.value["properties"] = None
        return "“properties”: null added"

    return _each(document, change)


def drop_forbidden(document: Json) -> tuple[Json, Account]:
    """Take out members that define another type than the object's own."""

    def change(node: Node) -> str | None:
        forbidden = [member for member in FORBIDDEN.get(node.type or "", ()) if member in node.value]
        for member in forbidden:
            del node.value[member]
        return f"members {', '.join(forbidden)} taken out" if forbidden else None

    return _each(document, change)


def drop_bad_id(document: Json) -> tuple[Json, Account]:
    """Take out ids of features that are neither text nor number."""

    def change(node: Node) -> str | None:
        bad = node.type == "Feature" and "id" in node.value and not _is_id(node.value["id"])
        return f"id {node.value.pop('id')!r} taken out" if bad else None

    return _each(document, change)


def _is_id(value: Json) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def drop_bad_bbox(document: Json) -> tuple[Json, Account]:
    """Take out bounding boxes that are not four or six numbers."""

    def change(node: Node) -> str | None:
        if node.type is None or "bbox" not in node.value:
            return None
        box = node.value["bbox"]
        if isinstance(box, list) and len(box) in (4, 6) and all(_is_id(n) and not isinstance(n, str) for n in box):
            return None
        del node.value["bbox"]
        return "bounding box taken out"

    return _each(document, change)


def drop_plain_crs(document: Json) -> tuple[Json, Account]:
    """Take out `crs` members that name longitude and latitude on WGS84; another system has to be converted first."""

    def change(node: Node) -> str | None:
        if node.type is None or "crs" not in node.value or not names_plain_system(node.value["crs"]):
            return None
        named = declared_name(node.value.pop("crs")) is not None
        return f"“crs” taken out; it named {'nothing but what GeoJSON uses anyway' if named else 'no system'}"

    return _each(document, change)


def names_plain_system(crs: Json) -> bool:
    """Whether a `crs` member names longitude and latitude on WGS84, or nothing."""
    name = declared_name(crs)
    return name is None or is_plain(name)


def flatten_collections(document: Json) -> tuple[Json, Account]:
    """Lift the members of inner GeometryCollections into the outermost one."""
    changes: list[str] = []
    for node in nodes_of(document):
        if node.type == "GeometryCollection" and "GeometryCollection" not in node.inside:
            flat = _flat(node.value.get("geometries"))
            if flat != node.value.get("geometries"):
                node.value["geometries"] = flat
                changes.append(f"{place_words(node.path)}: inner GeometryCollections dissolved")
    return document, Account(type_changes=tuple(changes))


def _flat(geometries: Json) -> Json:
    if not isinstance(geometries, list):
        return geometries
    flat: list[Any] = []
    for geometry in geometries:
        inner = (
            geometry.get("geometries")
            if isinstance(geometry, dict) and geometry.get("type") == "GeometryCollection"
            else None
        )
        flat += _flat(inner) if isinstance(inner, list) else [geometry]
    return flat


def unwrap_collections(document: Json) -> tuple[Json, Account]:
    """Put the geometry of a collection of one in the collection's place."""
    changes: list[str] = []
    for node in nodes_of(document):
        single = node.value.get("geometries") if node.type == "GeometryCollection" else None
        if isinstance(single, list) and len(single) == 1 and isinstance(single[0], dict):
            inner = single[0]
            if inner.get("type") in GEOMETRIES and inner["type"] != "GeometryCollection":
                node.value.clear()
                node.value.update(inner)
                changes.append(f"{place_words(node.path)}: GeometryCollection became {inner['type']}")
    return document, Account(type_changes=tuple(changes))
