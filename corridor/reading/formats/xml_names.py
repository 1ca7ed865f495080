"""Names of elements and attributes of KML and GPX that a program wrote otherwise than the formats have them.

XML tells capitals from small letters; people and their own programs do not.
"""

from functools import lru_cache

#: The elements around positions, and what a route is called by, as the formats have them.
ELEMENTS = frozenset((
    "kml", "Document", "Folder", "Placemark", "LineString", "LinearRing", "Point", "Polygon", "MultiGeometry",
    "outerBoundaryIs", "innerBoundaryIs", "coordinates", "name", "gpx", "metadata", "trk", "trkseg", "trkpt", "rte",
    "rtept", "wpt", "ele",
))  # fmt: skip
AS_DEFINED = {name.lower(): name for name in ELEMENTS}
#: What programs call the two attributes of a point of GPX.
LONGITUDES, LATITUDES = ("lon", "lng", "long", "longitude"), ("lat", "latitude")


@lru_cache(maxsize=256)
def local_name(name: str) -> str:
    """Return the name of an element without its prefix; one without prefix as the formats have it, capitals apart."""
    _, prefix, local = name.rpartition(":")
    return local if prefix or local in ELEMENTS else AS_DEFINED.get(local.lower(), local)


def attribute_among(attributes: dict[str, str], names: tuple[str, ...]) -> str | None:
    """Return the attribute that is called by one of some names, whatever its capitals; None where none is."""
    return next((attribute for attribute in attributes if attribute.lower() in names), None)
