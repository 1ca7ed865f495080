"""Nodes, ways and relations of an OpenStreetMap file (.osm) as elements in the form of Overpass's JSON."""

from typing import Any

from corridor.reading.formats.json_dialects.collected import Collected
from corridor.reading.formats.json_dialects.openstreetmap import Elements
from corridor.reading.formats.xml_features import number, walk

KINDS = ("node", "way", "relation")


def read_osm(data: bytes, taken: Collected) -> None:
    """Add the relations, ways and tagged nodes of a file; raises expat.ExpatError or ValueError for no XML."""
    reader = _Reader()
    walk(data, reader.start, reader.end)
    reader.elements.give(taken)


class _Reader:
    """What has come by so far: whole elements, the one that is open, and the member of a relation that is."""

    def __init__(self) -> None:
        self.elements = Elements()
        self._element: dict[str, Any] | None = None
        self._member: dict[str, Any] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in KINDS and self._element is None:
            # An editor marks what it is going to delete.
            gone = attributes.get("action") == "delete" or attributes.get("visible") == "false"
            self._element = {
                "type": "gone" if gone else name,
                "id": attributes.get("id", ""),
                "tags": {},
                **_at(attributes),
            }
        elif self._element is None:
            return
        elif name == "tag":
            self._element["tags"][attributes.get("k", "")] = attributes.get("v", "")
        elif name == "nd":
            self._node(attributes)
        elif name == "member":
            self._member = {key: attributes.get(key, "") for key in ("type", "ref", "role")}
            self._element.setdefault("members", []).append(self._member)

    def _node(self, attributes: dict[str, str]) -> None:
        holder = self._element if self._member is None else self._member
        if holder is None:
            return
        # “out geom” gives each node its place.
        if "lat" in attributes or self._member is not None:
            holder.setdefault("geometry", []).append(_at(attributes))
        else:
            holder.setdefault("nodes", []).append(attributes.get("ref", ""))

    def end(self, name: str, _: str) -> None:
        if name == "member":
            self._member = None
        elif name in KINDS and self._element is not None:
            self.elements.take(self._element)
            self._element = None


def _at(attributes: dict[str, str]) -> dict[str, float]:
    lon, lat = number(attributes.get("lon", "")), number(attributes.get("lat", ""))
    return {"lon": lon, "lat": lat} if lon is not None and lat is not None else {}
