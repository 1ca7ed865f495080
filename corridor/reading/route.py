"""What a reader's own file turns out to hold: the routes taken from it and everything noticed on the way."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from corridor.candidates import Mode
from corridor.land.geodesy import CRS84, REGION, Bounds, Positions, total_length_km
from corridor.land.line_rows import LineRows, line_of, without_heights
from corridor.reading.checks.all_checks import check_structure, placed, run_checks
from corridor.reading.checks.written import not_numbers
from corridor.reading.contents import measurable
from corridor.reading.faults import Finding, FindingsWithSpots, Severity
from corridor.reading.formats.conversion import convert, is_json_like, several_texts
from corridor.reading.formats.converted import Converted
from corridor.reading.formats.empty_files import EMPTY_CHECKS, JSON_FORMATS, NamedFile, format_by_name, is_empty
from corridor.reading.formats.json_batches import parse_in_batches, structure_in_batches, structure_of_texts
from corridor.reading.formats.json_places import JsonPlaces
from corridor.reading.formats.json_signs import SIGN_CHECKS
from corridor.reading.formats.json_syntax import SYNTAX_CHECKS
from corridor.reading.formats.json_text import TEXT_CHECKS, utf8_text
from corridor.reading.formats.other_json import other_json
from corridor.reading.limits import JSON_SIZE_CHECKS, LIMITS, SIZE_CHECKS, Limits, Sized
from corridor.reading.line_network import LineNetwork, Way, network_of
from corridor.reading.modes import stated_mode
from corridor.reading.possible_routes import PossibleRoute
from corridor.reading.standing import NOTHING_CHOSEN, ChosenSystems
from corridor.reading.structure import structure_without_numbers
from corridor.reading.taken import TakenContents, taken_from
from corridor.reading.waypoints import Waypoint


class GeojsonVerdict(StrEnum):
    """How a file stands to RFC 7946 and geometric validity alone."""

    VALID = "valid"
    WARNING = "warning"
    INVALID = "invalid"
    NOT_GEOJSON = "not-geojson"


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Route:
    """One route of a file: its parts, one or more, each as (n, 2) rows of (lon, lat) in degrees on WGS84.

    `lines` hold each stretch of ground once, in the order of the way, branches last; `again` is what is drawn over or
    beside it again. Thousands are LineRows: as shapes they would take six times as much memory. `heights_m` holds one
    height in metres per vertex over all parts (NaN where the file gives none), or None when the file has no heights.
    `stated_accuracy_m` is what the file itself says of its accuracy, None when it says nothing;
    `system_accuracy_m` by how much the whole line may lie elsewhere because of the reference system it was read in.
    `feature` is its index in the file. Properties are the file's own and must be shown as text only.
    """

    name: str
    lines: Sequence[Positions]
    properties: Mapping[str, object]
    heights_m: NDArray[np.float64] | None = None
    stated_accuracy_m: float | None = None
    feature: int | None = None
    system_accuracy_m: float = 0.0
    again: Sequence[Positions] = ()

    @property
    def line(self) -> shapely.LineString | shapely.MultiLineString:
        """All that counts as one shape, made whenever it is asked for."""
        return line_of(self.lines)

    @property
    def vertices(self) -> int:
        """How many vertices its lines have."""
        return len(self.lines.rows) if isinstance(self.lines, LineRows) else sum(map(len, self.lines))

    @property
    def drawn_parts(self) -> tuple[shapely.LineString, ...]:
        """Its lines, and then what is drawn again: all there is to see of the route."""
        return tuple(map(shapely.LineString, (*self.lines, *self.again)))

    @property
    def repeated_km(self) -> float:
        """The length in km of what is drawn again, which no other length holds."""
        return total_length_km(self.again)

    @property
    def mode(self) -> Mode | None:
        """Whether it is a railway, a road or another kind of route, as the file or its sender says; None if neither."""
        return stated_mode(self.properties)

    def said_to_be(self, mode: Mode) -> "Route":
        """Return the route with the mode its sender says it has, in place of what the file says."""
        return replace(self, properties={**self.properties, "mode": mode})


@dataclass(frozen=True, eq=False)
class Reading:
    """A file as read: what it is, what was noticed, and the routes that could be taken from it.

    `data` are the bytes as given and `sha256` their hash; `crs` is the reference system the coordinates were found in
    ("OGC:CRS84" for RFC 7946; several with commas between), None when it is not known, and `converted` says that routes
    were converted from it. `document` is the GeoJSON text the routes were taken from, before any conversion (what was
    given, or what another format became, with a `crs` member for each system it names; empty when there is none).
    `waypoints` are the points of the file, which are part of no route.
    """

    file: str
    data: bytes
    sha256: str
    format: str
    crs: str | None
    geojson: GeojsonVerdict
    findings: tuple[Finding, ...] = ()
    routes: tuple[Route, ...] = ()
    waypoints: tuple[Waypoint, ...] = ()
    document: bytes = field(default=b"", repr=False)
    converted: bool = False

    @property
    def geojson_text(self) -> bytes:
        """The GeoJSON that mends begin with: the file itself, or what it was converted to, where it was."""
        own = self.geojson is not GeojsonVerdict.NOT_GEOJSON and is_json_like(self.data)
        return self.data if own else self.document or self.data

    @property
    def usable(self) -> bool:
        """Whether at least one route could be taken from the file."""
        return bool(self.routes)

    def said_to_be(self, mode: Mode) -> "Reading":
        """Return the reading with every route of the mode its sender says it has."""
        return replace(self, routes=tuple(route.said_to_be(mode) for route in self.routes))

    @property
    def worst(self) -> Severity | None:
        """The gravest severity among the findings, None without findings."""
        present = {finding.severity for finding in self.findings}
        return next((severity for severity in Severity if severity in present), None)


def read_route(
    data: bytes, name: str, region: Bounds = REGION, limits: Limits = LIMITS, chosen: ChosenSystems = NOTHING_CHOSEN
) -> Reading:
    """Return what a file of a reader holds; never raises for a bad file.

    `name` is what the file is called, shown in messages only. `region` (west, south, east, north in degrees) is where
    routes are expected; it decides what is said of swapped and projected coordinates. `chosen` are the systems
    a reader chose, which go before what the file says.
    """
    digest = hashlib.sha256(data).hexdigest()
    sized = run_checks(SIZE_CHECKS, [Sized(data, limits)])
    if sized:
        return Reading(name, data, digest, "not read", None, GeojsonVerdict.NOT_GEOJSON, placed(sized, None))
    if is_empty(data):
        known = format_by_name(name)
        verdict = GeojsonVerdict.INVALID if known in JSON_FORMATS else GeojsonVerdict.NOT_GEOJSON
        return Reading(
            name, data, digest, known, None, verdict, placed(run_checks(EMPTY_CHECKS, [NamedFile(name, data)]), None)
        )
    if not is_json_like(data):
        return _converted(data, name, digest, convert(data, limits), region, limits, chosen)
    return _read_json(data, name, digest, region, limits, chosen)


def _read_json(data: bytes, name: str, digest: str, region: Bounds, limits: Limits, chosen: ChosenSystems) -> Reading:
    findings = run_checks(TEXT_CHECKS, [data])
    text = utf8_text(data)
    if not _blocked(findings):
        findings += run_checks(JSON_SIZE_CHECKS, [Sized(text, limits)])
    if _blocked(findings):
        return Reading(name, data, digest, "JSON", None, GeojsonVerdict.INVALID, placed(findings, JsonPlaces(text)))
    structure = structure_in_batches(text)
    if structure is None:
        try:
            document = parse_in_batches(text)
        except orjson.JSONDecodeError:
            several = several_texts(text, limits)
            if several is not None:
                return _with_encoding(_converted(data, name, digest, several, region, limits, chosen), findings)
            findings += next(
                (failures for check in (*SIGN_CHECKS, *SYNTAX_CHECKS) if (failures := run_checks([check], [text]))), []
            )
            return Reading(name, data, digest, "JSON", None, GeojsonVerdict.INVALID, placed(findings, JsonPlaces(text)))
        other = other_json(document, limits)
        if other is not None:
            del document
            return _with_encoding(_converted(data, name, digest, other, region, limits, chosen), findings)
        structure = structure_without_numbers(document)
        del document
    findings += check_structure(text, structure)
    taken = taken_from(structure, region, chosen, findings)
    verdict = _verdict([*findings, *not_numbers(taken.findings)])
    reading = Reading(name, data, digest, "GeoJSON", CRS84, verdict, document=text)
    # What was parsed is several times the text: it is let go before routes are made and the text searched for places.
    del structure
    return _finished(reading, taken, placed(taken.findings, JsonPlaces(text)))


def _with_encoding(reading: Reading, findings: FindingsWithSpots) -> Reading:
    """Return the reading of another form of JSON, told how its letters were read; what it became is UTF-8 already."""
    encoding = tuple(replace(finding, mendable=False) for finding, _ in findings if finding.code == "not-utf8")
    return replace(reading, findings=encoding + reading.findings)


def _converted(
    data: bytes,
    name: str,
    digest: str,
    converted: Converted,
    region: Bounds,
    limits: Limits,
    chosen: ChosenSystems,
) -> Reading:
    """Return the reading of a file in another format, which was converted to GeoJSON."""
    aside = placed(converted.findings, None if converted.text is None else JsonPlaces(converted.text))
    reading = Reading(name, data, digest, converted.format, None, GeojsonVerdict.NOT_GEOJSON, aside)
    if converted.geojson is not None:
        inner = _read_json(converted.geojson, name, digest, region, limits, chosen)
        return replace(inner, data=data, findings=reading.findings + inner.findings)
    if converted.document is None:
        return reading
    # That a file has nothing in it was said when it was converted, and is said once.
    holds_features = len(converted.document["features"]) > 0
    text, structure = structure_of_texts(converted.document)
    reading = Reading(name, data, digest, converted.format, CRS84, GeojsonVerdict.NOT_GEOJSON, document=text)
    # The `crs` members of this document are ours, not its sender's.
    findings = [pair for pair in check_structure(text, structure) if pair[0].code != "crs-member"]
    taken = taken_from(structure, region, chosen, findings)
    converted.document.clear()
    del structure
    of_contents = placed(taken.findings, None) if holds_features else ()
    return _finished(reading, taken, taken.with_routes_told(aside) + of_contents)


def _finished(reading: Reading, taken: TakenContents, findings: tuple[Finding, ...]) -> Reading:
    """Return a reading with what was taken from its document."""
    return replace(
        reading,
        routes=_routes(taken),
        waypoints=taken.waypoints,
        crs=taken.crs,
        converted=taken.converted,
        findings=findings,
    )


def _blocked(findings: FindingsWithSpots) -> bool:
    return any(finding.blocks for finding, _ in findings)


def _verdict(findings: FindingsWithSpots) -> GeojsonVerdict:
    severities = {finding.severity for finding, _ in findings}
    if Severity.ERROR in severities:
        return GeojsonVerdict.INVALID
    return GeojsonVerdict.WARNING if Severity.WARNING in severities else GeojsonVerdict.VALID


def _routes(taken: TakenContents) -> tuple[Route, ...]:
    """Return the routes of a document; a feature with a finding that blocks gives none."""
    stopped = {finding.feature for finding, _ in taken.findings if finding.blocks}
    routes = []
    for index, candidate, network in _offered(taken, stopped):
        name = candidate.name or f"Route {index + 1}"
        accuracy_m = taken.accuracies_m.get(index, 0.0)
        covered = [rows for piece in candidate.covered for rows in piece.rows]
        again = [*network.again, *covered] if covered else network.again
        for number, way in enumerate(network.ways):
            called = f"{name}, alternative {number + 1}" if len(network.ways) > 1 else name
            routes.append(_route(candidate, called, way, () if number else again, accuracy_m))
    return tuple(routes)


def _offered(taken: TakenContents, stopped: set[int | None]) -> Iterator[tuple[int, PossibleRoute, LineNetwork]]:
    """Yield what routes can be taken from; where one cannot, what lies on it."""
    for index, candidate, network in taken.networks_in_turn():
        if network is not None and not stopped.issuperset(candidate.features or [candidate.feature]):
            yield index, candidate, network
        else:
            free = (piece for piece in candidate.covered if piece.feature not in stopped and measurable(piece))
            yield from ((index, piece, network_of(piece.rows)) for piece in free)


def _route(
    candidate: PossibleRoute, name: str, way: Way, again: Sequence[Positions], system_accuracy_m: float
) -> Route:
    lines = way.all_lines
    return Route(
        name=name,
        lines=without_heights(lines),
        properties=candidate.properties,
        heights_m=LineRows.together(lines).rows[:, 2].copy() if lines[0].shape[1] > 2 else None,
        stated_accuracy_m=candidate.stated_accuracy_m,
        feature=candidate.feature,
        system_accuracy_m=system_accuracy_m,
        again=without_heights(again),
    )
