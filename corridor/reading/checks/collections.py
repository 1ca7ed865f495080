"""What is legal GeoJSON and yet holds nothing, or holds it in a way that many programs fail on."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from corridor.reading.checks.structure import spot
from corridor.reading.faults import Check, FaultSpot, Mend, Severity
from corridor.reading.repairs import structure as mends
from corridor.reading.repairs.leaving_out import drop_placeless
from corridor.reading.structure import GEOMETRIES, Node, Place


def _null_geometry(node: Node) -> Iterator[FaultSpot]:
    if node.place is Place.GEOMETRY and node.value is None:
        # The only feature of a file cannot be left out of it.
        yield replace(spot(node), mendable=node.path != "/geometry")


def _empty_geometry(node: Node) -> Iterator[FaultSpot]:
    if node.type in GEOMETRIES:
        coordinates = node.value.get("coordinates", node.value.get("geometries"))
        # RFC 7946 section 3.1: empty coordinates may be read as null.
        if isinstance(coordinates, list) and not any(coordinates) and not _numbers(coordinates):
            yield replace(spot(node, type=node.type), mendable=node.path not in ("", "/geometry"))


def _numbers(coordinates: list[Any]) -> bool:
    return any(not isinstance(coordinate, list) for coordinate in coordinates)


def _empty_collection(node: Node) -> Iterator[FaultSpot]:
    if node.type == "FeatureCollection" and node.value.get("features") == []:
        yield spot(node)


def _stopped(node: Node) -> Iterator[FaultSpot]:
    if node.type != "FeatureCollection" or not isinstance(node.value.get("features"), list):
        return
    returned = node.value.get("numberReturned")
    here = returned if isinstance(returned, int) else len(node.value["features"])
    properties = node.value.get("properties")
    around = properties if isinstance(properties, dict) else {}
    counts = [node.value.get(name) for name in TOTALS]
    total = max((count for count in counts if isinstance(count, int)), default=0)
    if total > here > 0:
        yield spot(node, part=f"{here:,} of {total:,} entries")
    elif True in (node.value.get(AT_ITS_LIMIT), around.get(AT_ITS_LIMIT)) or _leads_on(node.value.get("links")):
        yield spot(node, part="a part of the entries")


def _leads_on(links: object) -> bool:
    return isinstance(links, list) and any(isinstance(link, dict) and link.get("rel") == "next" for link in links)


def _nested_collection(node: Node) -> Iterator[FaultSpot]:
    if node.type == "GeometryCollection" and "GeometryCollection" in node.inside:
        yield spot(node)


def _single_collection(node: Node) -> Iterator[FaultSpot]:
    if node.type == "GeometryCollection" and isinstance(node.value.get("geometries"), list):
        geometries = node.value["geometries"]
        only = geometries[0] if len(geometries) == 1 else None
        inner = only.get("type") if isinstance(only, dict) else None
        if isinstance(inner, str) and inner != "GeometryCollection":
            yield replace(spot(node), mendable=inner in GEOMETRIES)


#: How services say of how many features theirs are a part: OGC API and WFS, GeoServer; and that they stopped: ArcGIS.
TOTALS, AT_ITS_LIMIT = ("numberMatched", "totalFeatures"), "exceededTransferLimit"
WARNING = Severity.WARNING

COLLECTION_CHECKS: tuple[Check[Node], ...] = (
    Check(
        "null-geometry",
        WARNING,
        "This entry of the file has no coordinates: that is allowed, and it has no place on the map.",
        "Nothing needs to be done; it gives no route, and is left out of a mended copy.",
        _null_geometry,
        Mend("leave out entries without coordinates", drop_placeless),
    ),
    Check(
        "empty-geometry",
        WARNING,
        "This {type} holds no coordinates.",
        "Let it be left out, or export it again with its coordinates.",
        _empty_geometry,
        Mend("leave out what has no position", drop_placeless),
    ),
    Check(
        "empty-collection",
        WARNING,
        "The file holds no route and no place: its list (FeatureCollection) is empty.",
        "Export it again, and see that the route is in it.",
        _empty_collection,
    ),
    Check(
        "service-stopped",
        WARNING,
        "The file holds only {part}: the map service that made it stopped at its limit.",
        "Ask the service for the next page too, or for a higher limit, and send all of it.",
        _stopped,
    ),
    Check(
        "nested-collection",
        WARNING,
        "A group of shapes (GeometryCollection) stands inside another: allowed, but many programs fail on it.",
        "Let the inner group be dissolved into the outer one.",
        _nested_collection,
        Mend("dissolve inner groups into the outer one", mends.flatten_collections),
    ),
    Check(
        "single-collection",
        WARNING,
        "A group of shapes (GeometryCollection) holds a single one: allowed, but the GeoJSON standard advises against "
        "it.",
        "Let the shape stand alone.",
        _single_collection,
        Mend("put the single shape in place of its group", mends.unwrap_collections),
    ),
)
