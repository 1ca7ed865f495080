"""Elements of OpenStreetMap as Overpass gives them in JSON: nodes, ways with or without their geometry, relations."""

from typing import Any

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.json_dialects.collected import Collected, is_number, lines, objects

#: Roles of members of a route that are no part of its line.
ASIDE = ("stop", "platform", "station", "guidepost", "label", "admin_centre", "entrance", "alternative_stop")
#: Roles of members of a route that are another way than its own (https://wiki.openstreetmap.org/wiki/Relation:route).
OTHER_WAYS = ("alternative", "excursion", "approach", "connection", "alternate", "detour", "variant")
#: Keys that make a closed way an area, and the values of which alone do so, or all but which; a way with no such key is
#: a line that runs in a circle (osm-polygon-features of tyrasd, by which Overpass turbo exports its GeoJSON).
OF_AREAS = (
    "building", "building:part", "landuse", "amenity", "leisure", "shop", "tourism", "office", "place", "historic",
    "military", "public_transport", "boundary", "indoor", "area:highway", "ruins", "craft", "golf",
)  # fmt: skip
AREAS_OF: dict[str, tuple[str, ...]] = {
    "highway": ("services", "rest_area", "escape", "elevator"),
    "railway": ("station", "turntable", "roundhouse", "platform"),
    "waterway": ("riverbank", "dock", "boatyard", "dam"),
    "power": ("plant", "substation", "generator", "transformer"),
    "barrier": ("city_wall", "ditch", "hedge", "retaining_wall", "spikes"),
}
LINES_OF: dict[str, tuple[str, ...]] = {
    "natural": ("coastline", "cliff", "ridge", "arete", "tree_row"),
    "man_made": ("cutline", "embankment", "pipeline"),
    "aeroway": ("taxiway", "runway"),
    "leisure": ("track", "slipway"),
}
#: The fewest vertices of a ring, the first of which comes again as the last.
LEAST_OF_RING = 4
AREA_RELATIONS = ("multipolygon", "boundary")
ASK_AGAIN = "Ask Overpass again with “out geom;”, or export the result as GeoJSON there."


def is_overpass(document: JsonMembers) -> bool:
    """Whether a document is what Overpass, or OpenStreetMap itself, gives as JSON."""
    elements = document.get("elements")
    if not isinstance(elements, list):
        return False
    kinds = {element["type"] for element in objects(elements)[:50] if isinstance(element.get("type"), str)}
    named = "osm3s" in document or "version" in document or "generator" in document
    return bool(kinds & {"node", "way", "relation", "count", "area"}) or (named and not elements)


def read_overpass(document: JsonMembers, taken: Collected) -> None:
    """Add relations with their ways, then the other ways, then the nodes that have tags."""
    remark = document.get("remark")
    if isinstance(remark, str) and remark.strip():
        taken.lacks("may lack a part: the server stopped with an error", "Run the query again, for a smaller area.")
    elements = Elements()
    for element in objects(document.pop("elements", None)):
        elements.take(element)
    elements.give(taken)


class Elements:
    """Elements in Overpass's form, in whatever order they come; of a node without tags its place alone is kept."""

    def __init__(self) -> None:
        """Begin with none."""
        self._places: dict[Json, tuple[float, float]] = {}
        self._by_kind: dict[str, dict[Json, JsonMembers]] = {"node": {}, "way": {}, "relation": {}, "count": {}}

    def take(self, element: JsonMembers) -> None:
        """Take an element; what is no node, way or relation with a number is passed over."""
        kind, number = element.get("type"), element.get("id")
        if not isinstance(kind, str) or kind not in self._by_kind or not isinstance(number, int | str):
            return
        if kind == "node" and (at := _position(element)) is not None:
            self._places[number] = at
        if kind != "node" or _tags(element):
            # The same way can come twice, once with its geometry and once with its nodes.
            known = self._by_kind[kind].get(number)
            self._by_kind[kind][number] = element if known is None else {**known, **element}

    def give(self, taken: Collected) -> None:
        """Add relations with their ways, then the other ways, then the nodes that have tags."""
        ways, used = self._by_kind["way"], set[Json]()
        for relation in self._by_kind["relation"].values():
            _relation(relation, ways, self._places, used, taken)
        for number in list(ways):
            way = ways.pop(number)
            if number not in used:
                parts = _parts(way, self._places, taken)
                if not parts:
                    only = ", only their middles" if "center" in way else ""
                    taken.lacks(f"has ways without their course{only}", ASK_AGAIN)
                area = _is_area(_tags(way)) and _closed(parts)
                taken.add(_areas(parts) if area else lines(parts), _tags_and_id(way))
        if self._by_kind["count"]:
            taken.lacks("tells only how many elements there are", ASK_AGAIN)
        for number, node in self._by_kind["node"].items():
            if number in self._places:
                taken.add({"type": "Point", "coordinates": self._places[number]}, _tags_and_id(node))


def _relation(
    relation: JsonMembers,
    ways: dict[Json, JsonMembers],
    nodes: dict[Json, tuple[float, float]],
    used: set[Json],
    taken: Collected,
) -> None:
    """Add a relation as one feature of the lines of its ways."""
    parts: dict[str, list[list[Any]]] = {}
    missing = 0
    for member in objects(relation.get("members")):
        role = _role(member)
        number = member["ref"] if isinstance(member.get("ref"), int | str) else None
        if member.get("type") == "node" and number not in nodes and (at := _position(member)) is not None:
            taken.add({"type": "Point", "coordinates": at}, {"role": role, "@id": f"node/{number}"})
        if member.get("type") != "way" or role in ASIDE:
            continue
        known = ways.get(number)
        own = _parts(member if "geometry" in member else known or {}, nodes, taken)
        if own:
            used.add(number)
            parts.setdefault(role if role in OTHER_WAYS else "", []).extend(own)
        missing += not own
    if missing:
        taken.lacks("lacks the geometry of some ways of a relation", ASK_AGAIN)
    # A relation of relations, or of nodes, has no line of its own.
    for role, ways_of_role in (parts or ({"": []} if missing else {})).items():
        tags = _tags_and_id(relation)
        name = tags.get("name")
        area = tags.get("type") in AREA_RELATIONS and _closed(ways_of_role)
        course = _areas(ways_of_role) if area else lines(ways_of_role)
        taken.add(course, {**tags, "name": f"{name}, {role}"} if role and name else tags)


def _is_area(tags: JsonMembers) -> bool:
    """Whether a closed way is an area by its tags, not a line that comes back to where it began."""
    if tags.get("area") in ("yes", "no"):
        return bool(tags["area"] == "yes")
    named = any(tags.get(key, "no") != "no" and tags[key] not in LINES_OF.get(key, ()) for key in OF_AREAS)
    some = any(tags.get(key) in values for key, values in AREAS_OF.items())
    return named or some or any(tags.get(key, "no") not in ("no", *values) for key, values in LINES_OF.items())


def _closed(parts: list[list[Any]]) -> bool:
    return bool(parts) and all(len(part) >= LEAST_OF_RING and part[0] == part[-1] for part in parts)


def _areas(rings: list[list[Any]]) -> JsonMembers:
    """Return rings as one area; that some are holes of others is left aside, for no area is measured."""
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings}
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}


def _role(member: JsonMembers) -> str:
    """Return the role of a member of a route, as OpenStreetMap calls it, without what is added to it."""
    role = member.get("role")
    plain = role.split(":")[0] if isinstance(role, str) else ""
    return plain.removesuffix("_entry_only").removesuffix("_exit_only")


def _parts(way: JsonMembers, nodes: dict[Json, tuple[float, float]], taken: Collected) -> list[list[Any]]:
    """Return the lines of a way: one, or several where nodes between them are not in the file."""
    geometry, refs = way.get("geometry"), way.get("nodes")
    if isinstance(geometry, list):
        positions = [_position(vertex) if isinstance(vertex, dict) else None for vertex in geometry]
    elif isinstance(refs, list):
        positions = [nodes.get(ref) if isinstance(ref, int | str) else None for ref in refs]
    else:
        positions = []
    taken.count(len(positions))
    if None not in positions:
        whole = [position for position in positions if position is not None]
        return [whole] if whole else []
    parts: list[list[Any]] = [[]]
    for position in positions:
        if position is None:
            parts.append([])
        else:
            parts[-1].append(position)
    left = [part for part in parts if len(part) > 1]
    if left:
        taken.lacks("lacks some nodes of its ways, where the line is parted", ASK_AGAIN)
    return left


def _position(value: JsonMembers) -> tuple[float, float] | None:
    lon, lat = value.get("lon"), value.get("lat")
    return (lon, lat) if is_number(lon) and is_number(lat) else None  # type: ignore[return-value]  # both are numbers


def _tags(element: JsonMembers) -> JsonMembers:
    tags = element.get("tags")
    return tags if isinstance(tags, dict) else {}


def _tags_and_id(element: JsonMembers) -> JsonMembers:
    """Return the tags of an element, and which it is in OpenStreetMap."""
    return {**_tags(element), "@id": f"{element.get('type')}/{element.get('id')}"}
