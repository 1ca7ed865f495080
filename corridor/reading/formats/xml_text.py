"""What an XML file of a reader is, looked at before any library reads it: root, depth, entities, outside references."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from corridor.reading.faults import Check, FaultSpot, Severity, shown
from corridor.reading.formats.xml_names import local_name
from corridor.reading.formats.xml_prolog import Prolog, prolog_of
from corridor.reading.limits import ENTRIES, POSITIONS, Excess, Limits

#: The root elements that are read, each with the elements that stand alone where it was left out.
INNER = {
    "kml": {"Document", "Folder", "Placemark", "LineString", "MultiGeometry", "Track", "MultiTrack", "LinearRing"},
    "gpx": {"trk", "rte", "trkseg", "trkpt", "rtept", "wpt"},
    "osm": {"way", "node", "relation"},
}
#: What may stand before the outermost element: a mark of the encoding and the declaration, which has to come first.
DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml\b[^>]{0,300}\?>)?")
#: What is wrong with a text that is not XML, by expat's name for it; of any other the first sign is told of.
WRONG = {
    "mismatched tag": "an element is closed that is not the open one",
    "no element found": "it ends before its elements do",
    "unclosed token": "it ends inside a tag",
    "unclosed CDATA section": "it ends inside a text",
    "duplicate attribute": "an element has an attribute twice",
    "junk after document element": "more follows after the outermost element",
}
#: What shows that the end is missing.
CUT = (WRONG["no element found"], WRONG["unclosed token"], WRONG["unclosed CDATA section"])
ENCODING = "its text is not in the encoding it names, or in one that is not read"
#: Elements that hold one position each; in the <coordinates> of KML positions stand in text.
POINTS = {"trkpt", "rtept", "rpt", "wpt", "coord", "nd", "node"}
COORDINATES = "coordinates"
#: Elements that are a route or a place each, as COUNTED_ENTRIES calls them.
ENTRY_ELEMENTS = {"Placemark", "trk", "rte", "wpt"}
#: Numbers of a position with a height.
MOST_NUMBERS = 3
#: A comma with the blanks beside it; blanks are looked at once, from the first of them on.
BLANK_AND_COMMA = re.compile(r"\s,|,\s")
AROUND_COMMA = re.compile(r"(?<!\s)\s*+,\s*+")
#: What is counted of each format, as a reader of it calls it.
COUNTED_POINTS = {"gpx": "points", "osm": "nodes and places of nodes in ways"}
COUNTED_ENTRIES = {"gpx": "tracks, routes and waypoints", "kml": "placemarks"}


@dataclass(slots=True)
class XmlFile:
    """What one pass over an XML text found; `root` is the local name of the outermost element, or ""."""

    data: bytes
    limits: Limits
    root: str = ""
    depth: int = 0
    entries: int = 0
    positions: int = 0
    loose_points: int = 0
    declares: bool = False
    declared_at: int = 0
    error: str = ""
    error_at: int = 0


def look_at(data: bytes, limits: Limits) -> XmlFile:
    """Return what a pass over the text finds; nothing is expanded and nothing is fetched.

    A text with declarations of its own is not parsed at all.
    """
    file = XmlFile(data, limits)
    prolog = prolog_of(data)
    if prolog.doctype is not None:
        file.declares, file.declared_at = True, prolog.offset
        return file
    look = _Look(file)
    try:
        look.parser.Parse(data, True)
    except expat.ExpatError as error:
        file.error, file.error_at = wrong(error), max(look.parser.ErrorByteIndex, 0)
    except _TooDeepError:
        pass
    except DeclaredError:
        file.declares = True
    except (ValueError, LookupError) as error:
        file.error = wrong(error)
    return file


class _Look:
    """One pass of expat's over a text, which counts in `file` what it comes by."""

    def __init__(self, file: XmlFile) -> None:
        """Begin ahead of the outermost element."""
        self.file = file
        self.level = self.segments = 0
        self.coordinates: list[str] = []
        self.parser = expat.ParserCreate()
        # Should a strange encoding hide a declaration from the look at its beginning.
        self.parser.StartDoctypeDeclHandler = self.parser.EntityDeclHandler = refuse_declarations
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, _: dict[str, str]) -> None:
        file = self.file
        local = local_name(name)
        file.root = file.root or local
        self.level += 1
        file.depth = max(file.depth, self.level)
        file.entries += local in ENTRY_ELEMENTS
        file.positions += local in POINTS
        self.segments += local == "trkseg"
        file.loose_points += local == "trkpt" and not self.segments
        if local == COORDINATES and file.root == "kml":
            self.coordinates.clear()
            self.parser.CharacterDataHandler = self.coordinates.append
        if self.level > file.limits.depth:
            raise _TooDeepError

    def _end(self, name: str) -> None:
        self.level -= 1
        local = local_name(name)
        self.segments -= local == "trkseg"
        if local == COORDINATES and self.parser.CharacterDataHandler is not None:
            self.parser.CharacterDataHandler = None
            self.file.positions += len(written_positions("".join(self.coordinates)))
            self.coordinates.clear()


def written_positions(text: str) -> list[str]:
    """Return the positions of a <coordinates> element as they are written: blanks beside a comma are passed over.

    A comma with a blank after it ends a position whose height is empty, where that makes positions of two or three.
    """
    if not BLANK_AND_COMMA.search(text):
        return text.split()
    joined = AROUND_COMMA.sub(",", text).split()
    # Without a point anywhere, the commas may be those of decimals.
    if "." not in text or all(position.count(",") < MOST_NUMBERS for position in joined):
        return joined
    apart = [position.removesuffix(",") for position in text.split()]
    return apart if all(position.count(",") in (1, MOST_NUMBERS - 1) for position in apart) else joined


def wrong(error: Exception) -> str:
    """Return the rest of a sentence: why a text is not XML, in words other than the parser's."""
    if not isinstance(error, expat.ExpatError):
        return ENCODING
    said = expat.ErrorString(error.code) or ""
    return WRONG.get(said, ENCODING if "encoding" in said else "a sign stands where it may not")


class DeclaredError(ValueError):
    """The text declares a document type or an entity, which could name other files; it is not read on."""


def refuse_declarations(*_: object) -> None:
    """Raise DeclaredError, as a handler of expat's."""
    raise DeclaredError("it declares a document type")


class _TooDeepError(Exception):
    """The text nests deeper than the cap; the rest of it is not looked at."""


def rooted(data: bytes, root: str) -> bytes:
    """Return a text with an outermost element around what it holds; as it is for a root of no name."""
    if not root:
        return data
    start = DECLARED.match(data)
    at = start.end() if start else 0
    return data[:at] + f"<{root}>".encode() + data[at:] + f"</{root}>".encode()


def missing_root(data: bytes, prolog: Prolog) -> str:
    """Return the root element that is missing around the outermost elements, "" where none is, or cannot be put there.

    Texts in UTF-16 are left as they are.
    """
    if b"\0" in data[:4]:
        return ""
    return next((root for root, inner in INNER.items() if local_name(prolog.element or "") in inner), "")


def _declares(file: XmlFile) -> Iterator[FaultSpot]:
    if file.declares:
        yield FaultSpot(offset=file.declared_at)


def _too_deep(file: XmlFile) -> Iterator[FaultSpot]:
    if file.depth > file.limits.depth:
        yield FaultSpot(words={"cap": file.limits.depth})


def _syntax(file: XmlFile) -> Iterator[FaultSpot]:
    if file.error:
        advice = "Copy or download it again: its end is missing." if file.error in CUT else "Export it again."
        yield FaultSpot(offset=file.error_at, words={"reason": file.error, "advice": advice})


def _unknown_root(file: XmlFile) -> Iterator[FaultSpot]:
    if file.root and file.root not in INNER:
        yield FaultSpot(words={"root": shown(file.root)})


def _too_many(file: XmlFile) -> Iterator[FaultSpot]:
    if file.positions > file.limits.vertices:
        counted = COUNTED_POINTS.get(file.root, POSITIONS)
        yield FaultSpot(words=Excess(counted, file.limits.vertices, file.positions).words)
    if file.entries > file.limits.features:
        counted = COUNTED_ENTRIES.get(file.root, ENTRIES)
        yield FaultSpot(words=Excess(counted, file.limits.features, file.entries).words)


ERROR = Severity.ERROR

XML_CHECKS: tuple[Check[XmlFile], ...] = (
    Check(
        "xml-entities",
        ERROR,
        "The XML declares a document type or entities, which can name outside files or grow without end.",
        "Export it again without a DOCTYPE; KML and GPX need none.",
        _declares,
        blocks=True,
    ),
    Check(
        "xml-too-deep",
        ERROR,
        "The XML nests deeper than the {cap} levels that are read.",
        "Export the route alone.",
        _too_deep,
        blocks=True,
    ),
    Check(
        "xml-syntax",
        ERROR,
        "From here on the text breaks the rules of XML, in which KML and GPX are written: {reason}.",
        "{advice}",
        _syntax,
        blocks=True,
    ),
    Check(
        "xml-unknown",
        ERROR,
        "The XML is neither KML nor GPX; its outermost element is “{root}”.",
        "Export the route as GeoJSON, KML or GPX.",
        _unknown_root,
        blocks=True,
    ),
    Check(
        "xml-too-large",
        ERROR,
        "The file has {count} {what}; at most {cap} are read.",
        "Send only what makes up the route, simplified, or send it in several files.",
        _too_many,
        blocks=True,
    ),
)
