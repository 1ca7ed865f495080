"""The tracks and routes of a GPX file (1.0 or 1.1) as features; waypoints are no part of a line."""

from typing import Any

from corridor.reading.formats.xml_features import Position, XmlFeature, feature, number, walk

#: Digits of the number of a track; what has more is a text.
MOST_DIGITS = 16
TOLD = ("name", "cmt", "desc", "src", "number", "type")


def read_gpx(data: bytes) -> list[XmlFeature]:
    """Return the tracks, then the routes; raises expat.ExpatError or ValueError for a text that is not XML."""
    reader = _Reader()
    walk(data, reader.start, reader.end)
    return [*reader.tracks, *reader.routes]


class _Reader:
    """What has come by of a GPX file so far."""

    def __init__(self) -> None:
        self.tracks: list[XmlFeature] = []
        self.routes: list[XmlFeature] = []
        self._open: list[str] = []
        self._properties: dict[str, Any] = {}
        self._segments: list[list[Position]] = []
        self._at: Position | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        inside = self._open[-1] if self._open else ""
        self._open.append(name)
        if name in ("trkpt", "rtept") and inside in ("trkseg", "trk", "rte"):
            if inside == "trk" and not self._segments:
                # Points that stand in no segment are taken as one.
                self._segments.append([])
            self._at = [number(attributes.get("lon", "")), number(attributes.get("lat", ""))]
            if self._segments:
                self._segments[-1].append(self._at)
        elif name in ("trk", "rte"):
            self._properties, self._segments = {}, [[]] if name == "rte" else []
        elif name == "trkseg" and inside == "trk":
            self._segments.append([])

    def end(self, name: str, text: str) -> None:
        self._open.pop()
        inside = self._open[-1] if self._open else ""
        if name == "ele" and self._at is not None and inside in ("trkpt", "rtept"):
            self._at.append(number(text.strip()))
        elif name in TOLD and inside in ("trk", "rte") and text.strip():
            counted = name == "number" and text.strip().isdecimal() and len(text.strip()) < MOST_DIGITS
            self._properties[name] = int(text) if counted else text.strip()
        elif name in ("trkpt", "rtept"):
            self._at = None
        elif name == "trk" and self._open[-1:] == ["gpx"]:
            parts = [one for one in self._segments if one]
            geometry = {"type": "MultiLineString", "coordinates": parts} if parts else None
            self.tracks.append(feature(self._properties, geometry))
        elif name == "rte" and self._open[-1:] == ["gpx"]:
            lines = [one for one in self._segments if one]
            self.routes.append(
                feature(self._properties, {"type": "LineString", "coordinates": lines[0]} if lines else None)
            )
