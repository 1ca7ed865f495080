"""What is taken from a form of JSON other than GeoJSON, and how much of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.arcs import ArcTally
from corridor.reading.formats.beside import Beside
from corridor.reading.formats.encoded_polyline import Decoded
from corridor.reading.formats.feature_texts import FeatureTexts
from corridor.reading.formats.layer_systems import system_member
from corridor.reading.limits import ENTRIES, POSITIONS, Excess, Limits, TooMuchError
from corridor.reading.reference_systems import is_plain


@dataclass(frozen=True, slots=True)
class Incomplete:
    """What is not in the file: the rest of a sentence after “The file”, and what to do, a sentence."""

    what: str
    advice: str


@dataclass(slots=True)
class Collected:
    """The features taken from a document of another form, and how many positions they have.

    `format` names the form, `is_what` says the same as the rest of a sentence after “The file is”. `systems` are the
    reference systems it names, `beside` and `arcs` what its geometries hold beside courses on the ground. `decoded` are
    the packed lines of which it is to be said how they were read.
    """

    format: str
    is_what: str
    limits: Limits
    positions: int = 0
    features: FeatureTexts = field(default_factory=FeatureTexts)
    systems: list[str] = field(default_factory=list)
    incomplete: list[Incomplete] = field(default_factory=list)
    beside: Beside = field(default_factory=Beside)
    arcs: ArcTally = field(default_factory=ArcTally)
    decoded: list[Decoded] = field(default_factory=list)

    def count(self, positions: int) -> None:
        """Count positions; raises TooMuchError where there are more than are read."""
        self.positions += positions
        if self.positions > self.limits.vertices:
            raise TooMuchError(Excess(POSITIONS, self.limits.vertices))

    def add(self, geometry: Json, properties: Json, system: str | None = None) -> None:
        """Add a feature, in the reference system it names; raises TooMuchError where there are more than are read."""
        given = properties if isinstance(properties, dict) else {}
        feature = {"type": "Feature", "properties": given, "geometry": geometry}
        if system is not None and not is_plain(system):
            feature["crs"] = system_member(system)
        self.add_feature(feature)
        if system is not None and system not in self.systems:
            self.systems.append(system)

    def add_feature(self, feature: JsonMembers) -> None:
        """Add a feature of GeoJSON with all its members; raises TooMuchError where there are more than are read."""
        if len(self.features) >= self.limits.features:
            raise TooMuchError(Excess(ENTRIES, self.limits.features))
        self.features.append(feature)

    def unpack(self, decoded: Decoded) -> list[list[Any]]:
        """Count and return the positions of a packed line, and keep what is to be said of its decimals."""
        self.count(sum(map(len, decoded.pieces)))
        if decoded.reason:
            self.decoded.append(decoded)
        return [piece.tolist() for piece in decoded.pieces]

    def lacks(self, what: str, advice: str) -> None:
        """Say what is not in the file, once."""
        if all(lack.what != what for lack in self.incomplete):
            self.incomplete.append(Incomplete(what, advice))


def lines(parts: Sequence[list[Any]]) -> JsonMembers | None:
    """Return lines as one geometry: a LineString, a MultiLineString, or None for no line."""
    if not parts:
        return None
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": list(parts)}


def objects(value: Json) -> list[JsonMembers]:
    """Return the objects in a list, and nothing for what is no list."""
    return [element for element in value if isinstance(element, dict)] if isinstance(value, list) else []


def taken_out(value: Json) -> Iterator[JsonMembers]:
    """Yield the objects in a list, which is emptied, so that what becomes of thousands comes in their room."""
    if isinstance(value, list):
        value.reverse()
        while value:
            element = value.pop()
            if isinstance(element, dict):
                yield element


def is_number(value: Json) -> bool:
    """Whether a value is a number of JSON."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def texts(value: JsonMembers, names: Iterable[str]) -> dict[str, str]:
    """Return those members of an object that are texts with something in them."""
    return {name: value[name] for name in names if isinstance(value.get(name), str) and value[name].strip()}
