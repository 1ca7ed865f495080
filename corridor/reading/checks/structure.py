"""Which rules of RFC 7946 the objects of a document break, judged on the raw JSON before a library repairs it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson

from corridor.reading.declared_systems import declared_name
from corridor.reading.faults import Check, FaultSpot, Json, Mend, Severity, pointer, shown
from corridor.reading.repairs import structure as mends
from corridor.reading.structure import FORBIDDEN, GEOMETRIES, TYPES, Node, Place, is_stand_in, meant_type
from corridor.reading.written_places import written_in_place

#: Type -> its members that have to be there, and what each has to be (RFC 7946 sections 3.1 to 3.3).
REQUIRED: dict[str, dict[str, tuple[type | None, ...]]] = {
    "FeatureCollection": {"features": (list,)},
    "Feature": {"geometry": (dict, None), "properties": (dict, None)},
    "GeometryCollection": {"geometries": (list,)},
    **{kind: {"coordinates": (list,)} for kind in GEOMETRIES if kind != "GeometryCollection"},
}
EXPECTED = {
    Place.ROOT: TYPES,
    Place.FEATURE: ("Feature",),
    Place.GEOMETRY: GEOMETRIES,
    Place.MEMBER: GEOMETRIES,
}
NAMES: dict[type | None, str] = {dict: "an object", list: "an array", None: "null"}


def named(value: Json) -> str:
    """Return what a JSON value is, in words."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return f"the number {shown(value)}"
    return f"the text “{shown(value)}”" if isinstance(value, str) else NAMES[dict if isinstance(value, dict) else list]


def spot(node: Node, below: str | None = None, /, **words: object) -> FaultSpot:
    """Return the spot of an object, or of one of its members."""
    path = node.path if below is None else pointer(node.path, below)
    return FaultSpot(path=path, feature=node.feature, words=words)


#: The members of a feature that has nothing unusual.
PLAIN_MEMBERS = frozenset(("type", "id", "properties", "geometry"))


def is_plainly_sound(node: Node) -> bool:
    """Whether nothing can be wrong with an object by itself: most of thousands of features need no further look."""
    value = node.value
    if node.place is not Place.FEATURE or node.type != "Feature":
        return node.place is Place.GEOMETRY and is_stand_in(value)
    return (
        PLAIN_MEMBERS.issuperset(value)
        and isinstance(value.get("properties", ""), dict | None)
        and isinstance(value.get("geometry", ""), dict | None)
        and type(value.get("id", "")) in (str, int, float)
    )


def _not_an_object(node: Node) -> Iterator[FaultSpot]:
    nothing = node.value is None and node.place is Place.GEOMETRY
    # A geometry that is not an object is told by the feature it belongs to.
    if not isinstance(node.value, dict) and not nothing and node.place is not Place.GEOMETRY:
        place = node.place.value.replace("root", "document")
        yield replace(spot(node, found=named(node.value), place=place), mendable=node.place is not Place.ROOT)


def _object(node: Node) -> dict[str, Any] | None:
    return node.value if isinstance(node.value, dict) else None


def _expected(node: Node) -> str:
    types = EXPECTED[node.place]
    return f"one of {', '.join(types)}" if len(types) > 1 else types[0]


def _type_missing(node: Node) -> Iterator[FaultSpot]:
    if (value := _object(node)) is not None and "type" not in value:
        hint = "an Esri JSON geometry" if {"paths", "rings"} & set(value) else "an object without a type"
        yield spot(node, hint=hint, expected=_expected(node))


def _type_unknown(node: Node) -> Iterator[FaultSpot]:
    if (value := _object(node)) is None or "type" not in value:
        return
    declared = value["type"]
    known = isinstance(declared, str) and declared in TYPES
    if not known and meant_type(declared) is None:
        hint = "; this is TopoJSON, another format" if declared == "Topology" else ""
        yield spot(node, "type", found=named(declared), hint=hint, expected=_expected(node))


def _type_case(node: Node) -> Iterator[FaultSpot]:
    declared = (_object(node) or {}).get("type")
    if isinstance(declared, str) and (right := meant_type(declared)) is not None:
        only_case = declared.strip().lower() == right.lower()
        yield spot(node, "type", found=shown(declared), right=right, hint=", capitals included" if only_case else "")


def _type_misplaced(node: Node) -> Iterator[FaultSpot]:
    if node.type is not None and node.type not in EXPECTED[node.place]:
        yield spot(node, "type", found=node.type, place=node.place.value, expected=_expected(node))


def _member_missing(node: Node) -> Iterator[FaultSpot]:
    for member in REQUIRED.get(node.type or "", {}):
        if member not in node.value and not (node.type == "Feature" and member == "properties"):
            yield spot(node, type=node.type, member=member)


def _properties_missing(node: Node) -> Iterator[FaultSpot]:
    if node.type == "Feature" and "properties" not in node.value:
        yield spot(node)


def _member_wrong(node: Node) -> Iterator[FaultSpot]:
    for member, kinds in REQUIRED.get(node.type or "", {}).items():
        if member in node.value:
            value = node.value[member]
            # Coordinates in a text are told of by what they say.
            in_words = member in ("coordinates", "geometry") and isinstance(value, str)
            if in_words and (member == "coordinates" or written_in_place(value) is not None):
                continue
            if not (None in kinds if value is None else any(kind and isinstance(value, kind) for kind in kinds)):
                expected = " or ".join(NAMES[kind] for kind in kinds)
                yield spot(node, member, member=member, expected=expected, found=named(value))


def _member_forbidden(node: Node) -> Iterator[FaultSpot]:
    for member in FORBIDDEN.get(node.type or "", ()):
        if member in node.value:
            yield spot(node, member, type=node.type, member=member)


def _feature_id(node: Node) -> Iterator[FaultSpot]:
    if node.type == "Feature" and "id" in node.value:
        value = node.value["id"]
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            yield spot(node, "id", found=named(value))


def _bbox(node: Node) -> Iterator[FaultSpot]:
    value = _object(node)
    if node.type is None or value is None or "bbox" not in value:
        return
    box = value["bbox"]
    numbers = isinstance(box, list) and all(isinstance(n, int | float) and not isinstance(n, bool) for n in box)
    if not numbers or len(box) not in (4, 6):
        description = f"{len(box)} values" if isinstance(box, list) else named(box)
        yield spot(node, "bbox", found=description)


def _crs_member(node: Node) -> Iterator[FaultSpot]:
    if node.type is not None and "crs" in node.value:
        crs = node.value["crs"]
        words = shown(declared_name(crs) or orjson.dumps(crs).decode(), 90)
        yield replace(spot(node, "crs", found=words), mendable=mends.names_plain_system(crs))


ERROR, WARNING = Severity.ERROR, Severity.WARNING

STRUCTURE_CHECKS: tuple[Check[Node], ...] = (
    Check(
        "not-an-object",
        ERROR,
        "The {place} is {found}, where an object in braces {{ }} with a type was expected.",
        "Export the file again as GeoJSON, or take it out.",
        _not_an_object,
        Mend("take out what is not an object", mends.drop_non_objects),
        blocks=True,
    ),
    Check(
        "type-missing",
        ERROR,
        "This is {hint}; a GeoJSON object names its type, here {expected}.",
        "Export the file again as GeoJSON, or add the entry “type”.",
        _type_missing,
        blocks=True,
    ),
    Check(
        "type-unknown",
        ERROR,
        "The type is {found}{hint}; expected was {expected}.",
        "Correct the type, or export the file again as GeoJSON.",
        _type_unknown,
        blocks=True,
    ),
    Check(
        "type-case",
        ERROR,
        "The type is written “{found}”; GeoJSON writes “{right}”{hint}.",
        "Write it so, or let it be corrected.",
        _type_case,
        Mend("write the type as the GeoJSON standard does", mends.correct_case),
        blocks=True,
    ),
    Check(
        "type-misplaced",
        ERROR,
        "A {found} stands where a {place} belongs; expected was {expected}.",
        "Move it to where it belongs, or export the file again.",
        _type_misplaced,
        blocks=True,
    ),
    Check(
        "member-missing",
        ERROR,
        "This {type} lacks its “{member}”, without which GeoJSON cannot be read.",
        "Add it, or take the {type} out.",
        _member_missing,
        blocks=True,
    ),
    Check(
        "properties-missing",
        ERROR,
        "This Feature has no “properties”; the GeoJSON standard wants them, if only as null (nothing).",
        "Let them be added as null.",
        _properties_missing,
        Mend("add “properties”: null", mends.add_properties),
    ),
    Check(
        "member-wrong-type",
        ERROR,
        "“{member}” is {found}; expected was {expected}.",
        "Correct it where the file was made.",
        _member_wrong,
        blocks=True,
    ),
    Check(
        "member-forbidden",
        ERROR,
        "A {type} may not have “{member}” of its own: that belongs to another type.",
        "Move it into the properties, or let it be taken out.",
        _member_forbidden,
        Mend("take out what belongs to another type", mends.drop_forbidden),
    ),
    Check(
        "feature-id-type",
        ERROR,
        "The id of this feature is {found}; it may be a text or a number.",
        "Correct it, or let it be taken out.",
        _feature_id,
        Mend("take out an id that is neither text nor number", mends.drop_bad_id),
    ),
    Check(
        "bbox-form",
        ERROR,
        "The frame around the coordinates (bbox) has {found}; it must have four numbers, or six with heights.",
        "It is not needed: let it be taken out.",
        _bbox,
        Mend("take out a frame that is none", mends.drop_bad_bbox),
    ),
    Check(
        "crs-member",
        WARNING,
        "The file names a reference system of its own, {found}, which GeoJSON no longer does.",
        "GeoJSON is always longitude and latitude as GPS gives them (WGS84); see what else is said of the coordinates.",
        _crs_member,
        Mend("take out the name of a system that goes without saying, or of none", mends.drop_plain_crs),
    ),
)
