"""The tracks, routes and waypoints of a GPX file (1.0 or 1.1) as features, in this order.

Garmin's route point extension (https://www8.garmin.com/xmlschemas/GpxExtensions/v3/GpxExtensionsv3.xsd) keeps the
course between two via points as `rpt` elements inside the first; they are part of the line.
"""

from typing import Any

from corridor.reading.formats.beside import Beside
from corridor.reading.formats.feature_texts import FeatureTexts
from corridor.reading.formats.xml_features import Position, XmlFeature, feature, number_or_text, walk
from corridor.reading.formats.xml_names import LATITUDES, LONGITUDES, attribute_among
from corridor.reading.limits import LIMITS, Excess, Limits, TooMuchError
from corridor.reading.names import name_in

#: Digits of the number of a track; what has more is a text.
MOST_DIGITS = 16
TOLD = ("name", "cmt", "desc", "src", "number", "type")
#: What is kept of a point that has a name: as TOLD, and the sign it is drawn by.
TOLD_OF_POINTS = ("name", "cmt", "desc", "type", "sym")
POINTS = ("trkpt", "rtept", "wpt")


def read_gpx(data: bytes, limits: Limits = LIMITS, beside: Beside | None = None) -> FeatureTexts:
    """Return the tracks, then the routes, then the waypoints; `beside` takes up what else is noticed.

    Points of a route with a name, other than a mere number, stand among the waypoints as well as in its line. Raises
    expat.ExpatError or ValueError for a text that is not XML, TooMuchError for more waypoints than features are read.
    """
    reader = _Reader(Beside() if beside is None else beside, limits)
    walk(data, reader.start, reader.end, reader.beside)
    features = reader.tracks
    features.extend(reader.routes)
    for number, line_feature in enumerate(features) if reader.name else ():
        name_in(line_feature["properties"], "metadata_name", reader.name)
        features[number] = line_feature
    features.extend(reader.loose)
    features.extend(reader.waypoints)
    return features


class _Reader:
    """What has come by of a GPX file so far."""

    def __init__(self, beside: Beside, limits: Limits) -> None:
        self.tracks, self.routes, self.waypoints = FeatureTexts(), FeatureTexts(), FeatureTexts()
        self.name = ""
        self.beside = beside
        self._most = limits.features
        #: Points that stand in no track and no route.
        self._loose: list[Position] = []
        self._open: list[str] = []
        self._properties: dict[str, Any] = {}
        self._segments: list[list[Position]] = []
        self._at: Position | None = None
        self._point_properties: dict[str, Any] = {}
        self._shaping = 0

    @property
    def loose(self) -> list[XmlFeature]:
        """The points outside of tracks and routes, as one line in their order."""
        return [self._feature({}, {"type": "LineString", "coordinates": self._loose})] if self._loose else []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        inside = self._open[-1] if self._open else ""
        self._open.append(name)
        if name in ("trkpt", "rtept") and inside in ("trkseg", "trk", "rte"):
            if inside == "trk" and not self._segments:
                # Points that stand in no segment are taken as one.
                self._segments.append([])
            self._at, self._point_properties = self._position(attributes), {}
            if self._segments:
                self._segments[-1].append(self._at)
        elif name in ("trkpt", "rtept") and inside == "gpx":
            self._at, self._point_properties = self._position(attributes), {}
            self._loose.append(self._at)
        elif name == "wpt" and inside == "gpx":
            self._at, self._point_properties = self._position(attributes), {}
        elif name == "rpt" and "rtept" in self._open and self._segments:
            self._segments[-1].append(self._position(attributes))
            self._shaping += 1
        elif name in ("trk", "rte") or (name == "trkseg" and inside == "gpx"):
            self._properties, self._segments, self._shaping = {}, [] if name == "trk" else [[]], 0
        elif name == "trkseg" and inside == "trk":
            self._segments.append([])

    def end(self, name: str, text: str) -> None:
        self._open.pop()
        inside = self._open[-1] if self._open else ""
        if name == "ele" and self._at is not None and inside in POINTS and text.strip():
            self._at.append(number_or_text(text.strip()))
        elif name in TOLD and inside in ("trk", "rte") and text.strip():
            counted = name == "number" and text.strip().isdecimal() and len(text.strip()) < MOST_DIGITS
            self._properties[name] = int(text) if counted else text.strip()
        elif name in TOLD_OF_POINTS and inside in ("rtept", "wpt") and text.strip():
            self._point_properties[name] = text.strip()
        elif name == "name" and inside in ("metadata", "gpx"):
            self.name = self.name or text.strip()
        elif name in POINTS:
            if self._at is not None and (name == "wpt" or not self._point_properties.get("name", "0").isdigit()):
                if len(self.waypoints) >= self._most:
                    raise TooMuchError(Excess("waypoints and points with names", self._most))
                self.waypoints.append(
                    self._feature(self._point_properties, {"type": "Point", "coordinates": [*self._at]})
                )
            self._at, self._point_properties = None, {}
        elif name in ("trk", "trkseg") and inside == "gpx":
            parts = [segment for segment in self._segments if segment]
            geometry = {"type": "MultiLineString", "coordinates": parts} if parts else None
            self.tracks.append(self._feature(self._properties, geometry))
        elif name == "rte" and inside == "gpx":
            self._end_route()

    def _end_route(self) -> None:
        line = self._segments[0] if self._segments else []
        if self._shaping:
            self.beside.via_points += len(line) - self._shaping
            self.beside.shaping_points += self._shaping
            line = _without_repeats(line)
        self.routes.append(
            self._feature(self._properties, {"type": "LineString", "coordinates": line} if line else None)
        )

    def _position(self, attributes: dict[str, str]) -> Position:
        return [self._degrees(attributes, "lon", LONGITUDES), self._degrees(attributes, "lat", LATITUDES)]

    def _degrees(self, attributes: dict[str, str], name: str, others: tuple[str, ...]) -> float | str | None:
        text = attributes.get(name)
        if text is None and (other := attribute_among(attributes, others)) is not None:
            self.beside.other_names[other, name] += 1
            text = attributes[other]
        return number_or_text(text or "")

    def _feature(self, properties: dict[str, Any], geometry: dict[str, Any] | None) -> XmlFeature:
        return feature(properties, geometry, self.beside)


def _without_repeats(line: list[Position]) -> list[Position]:
    """Return a line without the shaping points that stand where its via points do; the one with a height stays."""
    kept: list[Position] = []
    for position in line:
        if not kept or kept[-1][:2] != position[:2]:
            kept.append(position)
        elif len(position) > len(kept[-1]):
            kept[-1] = position
    return kept
