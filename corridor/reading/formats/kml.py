"""The placemarks of a KML file (OGC 07-147r2, with Google's tracks) as features, in the order of the file."""

import re
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.reading.formats.beside import Beside
from corridor.reading.formats.feature_texts import FeatureTexts
from corridor.reading.formats.xml_features import Position, feature, number, number_or_text, walk
from corridor.reading.formats.xml_text import BLANK_AND_COMMA, MOST_NUMBERS, written_positions
from corridor.reading.names import name_in
from corridor.reading.written_heights import with_units_at_numbers
from corridor.reading.written_numbers import read_positions

#: What holds no line or point, and is told.
LEFT_OUT = ("GroundOverlay", "ScreenOverlay", "PhotoOverlay", "Model", "Tour")
#: What stands in these is no content of the file: it is elsewhere, a change to other files, or a flight over them.
ASIDE = ("NetworkLink", "NetworkLinkControl", "Update", "Tour")
AROUND = ("Folder", "Document")
TOLD = ("name", "description", "address", "phoneNumber", "altitudeMode", "tessellate", "extrude", "visibility")
NUMBERS = ("float", "double", "int", "uint", "short", "ushort")
SIMPLE = ("Point", "LineString", "LinearRing", "Track")
GEOMETRIES = (*SIMPLE, "Polygon", "MultiGeometry", "MultiTrack")
#: Letters of a <coordinates> element from which on it is read some at a time, so many.
LONG_TEXT = 100_000
BLANK = re.compile(r"\s")
#: As GDAL calls a placemark's name, and the files made with it.
SPELLED = {"name": "Name"}


def read_kml(data: bytes, beside: Beside | None = None) -> FeatureTexts:
    """Return a feature for each placemark; `beside` takes up what else is noticed.

    A placemark in a folder, or without a name, has that of the innermost folder or document around it as a property.
    Raises expat.ExpatError or ValueError for a text that is not XML.
    """
    reader = _Reader(Beside() if beside is None else beside)
    walk(data, reader.start, reader.end, reader.beside)
    return reader.features


class _Reader:
    """What has come by of a KML file so far: the placemark that is open, and its geometries from the outside in."""

    def __init__(self, beside: Beside) -> None:
        self.features = FeatureTexts()
        self.beside = beside
        #: The names of the folders and documents that are open, from the outside in.
        self._folders: list[str] = []
        self._open: list[str] = []
        self._aside = 0
        self._properties: dict[str, Any] | None = None
        self._data = ""
        self._numbers: set[str] = set()
        #: The parts of each geometry that is open; the first list collects those of the placemark itself.
        self._parts: list[list[Any]] = []
        self._positions: list[Position] | NDArray[np.float64] | str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._open.append(name)
        if name in AROUND:
            self._folders.append("")
        if name in LEFT_OUT:
            self.beside.left_out[name] += 1
        if name in ASIDE:
            self._aside += 1
        if self._aside:
            return
        if name == "Placemark":
            self._properties, self._parts = {}, [[]]
            if attributes.get("id"):
                self._properties["id"] = attributes["id"]
        elif name == "SimpleField" and attributes.get("type", "").lower() in NUMBERS:
            self._numbers.add(attributes.get("name", ""))
        elif name in ("Data", "SimpleData"):
            self._data = attributes.get("name", "")
        elif name in GEOMETRIES and self._properties is not None:
            self._parts.append([])
            self._positions = [] if name == "Track" else None

    def end(self, name: str, text: str) -> None:
        self._open.pop()
        if name in AROUND:
            self._folders.pop()
        elif name == "name" and self._open[-1:] and self._open[-1] in AROUND:
            self._folders[-1] = text.strip()
        if name == "href" and self._open[-2:-1] == ["NetworkLink"] and text.strip():
            self.beside.links.append(text.strip())
        if name in ASIDE:
            self._aside -= 1
        elif self._aside or self._properties is None:
            return
        elif name == "coordinates":
            if self._positions is not None and len(self._positions):
                # KML has room for one; which of several counts it does not say, so all of them do.
                self._parts[-1].append(self._positions)
                self.beside.further_coordinates += 1
            self._positions = long_line(text) if len(text) >= LONG_TEXT else None
            self._positions = positions(text) if self._positions is None else self._positions
        elif name == "coord" and isinstance(self._positions, list) and not text.strip():
            # Google's reference of gx:Track: a moment whose place is not known has an empty one.
            self.beside.moments_without_place += 1
        elif name == "coord" and isinstance(self._positions, list):
            self._positions.append([number_or_text(word) for word in text.split()])
        elif name in GEOMETRIES and len(self._parts) > 1:
            self._close(name)
        elif name == "Placemark":
            around = next((name for name in reversed(self._folders) if name), "")
            name_in(self._properties, "folder", around, always="Folder" in self._open)
            self.features.append(feature(self._properties, _together(self._parts[0]), self.beside))
            self._properties = None
        else:
            self._tell(name, text.strip())

    def _close(self, name: str) -> None:
        parts = self._parts.pop()
        if name in SIMPLE:
            line, self._positions = self._positions, None
            if line is None or not len(line):
                return
            lone = (name, self._open[-1:]) == ("LineString", ["Placemark"]) and not parts
            lists = [held.tolist() if isinstance(held, np.ndarray) and not lone else held for held in (*parts, line)]
            inside = self._open[-1] if self._open else ""
            for held in lists:
                if name == "Point":
                    self._parts[-1].append({"type": "Point", "coordinates": held if isinstance(held, str) else held[0]})
                elif inside in ("outerBoundaryIs", "innerBoundaryIs"):
                    self._parts[-1].append(held)
                else:
                    self._parts[-1].append({"type": "LineString", "coordinates": held})
            return
        if name == "Polygon":
            rings = [ring for ring in parts if isinstance(ring, list | str)]
            made = {"type": "Polygon", "coordinates": rings} if rings else None
        else:
            made = _together([part for part in parts if isinstance(part, dict)])
        if made is not None:
            self._parts[-1].append(made)

    def _tell(self, name: str, text: str) -> None:
        inside = self._open[-1] if self._open else ""
        if not text or self._properties is None:
            return
        if name == "SimpleData" or (name == "value" and inside == "Data"):
            value = number(text) if self._data in self._numbers else None
            self._properties.setdefault(self._data or name, text if value is None else value)
        elif (name in TOLD and inside == "Placemark") or (name == "altitudeMode" and inside in GEOMETRIES):
            self._properties[SPELLED.get(name, name)] = text
        elif name in ("when", "begin", "end") and inside in ("TimeStamp", "TimeSpan"):
            self._properties["timestamp" if name == "when" else name] = text


def positions(text: str) -> list[Position] | str:
    """Return the positions of a <coordinates> element: numbers with commas between, positions with blanks.

    Blanks beside a comma are passed over, and a height that is no number stays a text. Where anything else stands
    there the text itself, to be read as people write positions: half a line would be another line.
    """
    texts = written_positions(with_units_at_numbers(text))
    try:
        rows: list[Position] = [[*map(float, written.split(","))] for written in texts]
        whole = all(isfinite(height) for row in rows for height in row[2:3])
    except ValueError:
        whole = False
    if not whole:
        rows = [_position(written.split(",")) for written in texts]
    if "_" in text or any(len(row) < 2 for row in rows):
        return text.strip()
    if not all(value is not None and isfinite(value) for row in rows for value in row[:2] + row[3:]):
        return text.strip()
    # “46,63067,38,94164” and “46,63067 38,94164”: the comma may be that of decimals; or commas part positions as well.
    odd = len(rows) == 1 and len(rows[0]) > MOST_NUMBERS + 1
    if odd or ("." not in text and any(len(row) > MOST_NUMBERS or abs(row[1] or 0) > 180 for row in rows)):
        return text.strip() if read_positions(text) is not None else rows
    return rows


def long_line(text: str) -> NDArray[np.float64] | None:
    """Return the positions of a long <coordinates> element as rows; None where not all are two or three plain numbers.

    Some at a time, since a text and a list for each of a million take ten times the room of the whole.
    """
    if "_" in text or "." not in text or BLANK_AND_COMMA.search(text):
        return None
    blocks: list[NDArray[np.float64]] = []
    at = 0
    while at < len(text):
        gap = BLANK.search(text, at + LONG_TEXT)
        end = gap.start() if gap else len(text)
        try:
            block = np.array([[*map(float, written.split(","))] for written in text[at:end].split()])
        except ValueError:
            return None
        if len(block):
            blocks.append(block)
        at = end
    if not blocks or blocks[0].ndim != 2 or {block.shape[1:] for block in blocks} not in ({(2,)}, {(MOST_NUMBERS,)}):
        return None
    rows = np.concatenate(blocks)
    return rows if np.isfinite(rows).all() else None


def _position(texts: list[str]) -> Position:
    """Return a position as far as it is one; a third number that is left empty is left out."""
    if len(texts) == MOST_NUMBERS and not texts[-1]:
        texts = texts[:-1]
    return [*map(number, texts[:2]), *map(number_or_text, texts[2:3]), *map(number, texts[3:])]


def _together(parts: list[Any]) -> dict[str, Any] | None:
    """Return geometries as one: itself where it is one, several lines as a MultiLineString, others as a collection."""
    if len(parts) < 2:
        return parts[0] if parts else None
    kinds = {part["type"] for part in parts}
    if len(kinds) == 1 and (kind := next(iter(kinds))) in ("Point", "LineString", "Polygon"):
        return {"type": f"Multi{kind}", "coordinates": [part["coordinates"] for part in parts]}
    return {"type": "GeometryCollection", "geometries": parts}
