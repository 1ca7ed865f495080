"""What is unusual about a file as a source of routes: where its coordinates lie, and what it lacks."""

from collections.abc import Iterator

from corridor.land.geodesy import CRS84, Positions, metres_outside, segment_lengths_m
from corridor.quantities import counted, first_listed, listed, metres, sentence
from corridor.reading.axis_order import LATITUDE_FIRST, SWAPPED
from corridor.reading.contents import Contents, in_degrees
from corridor.reading.counted_once import total_km
from corridor.reading.faults import Check, FaultSpot, JsonPath, Mend, Severity, SystemChoice, shown
from corridor.reading.position_runs import PositionRun
from corridor.reading.possible_routes import PossibleRoute
from corridor.reading.repairs import file as mends
from corridor.reading.shared_ground import is_on
from corridor.reading.standing import SystemPart
from corridor.reading.structure import LINES, meant_type
from corridor.reading.system_candidates import sampled, shift_m, small_lines

#: What is offered where the points of a file follow one another like those of a line.
JOIN = ". Or let its points be joined in their order, if they follow the route"
#: Codes of files in which something else stands where a line should.
NO_LINE, POLYGON_FOR_LINE = "no-line", "polygon-for-line"
POLYGONS = ("Polygon", "MultiPolygon")


def _spot(run: PositionRun, **words: object) -> FaultSpot:
    x, y = (float(v) for v in run.lonlat[0]) if run.lonlat is not None else (None, None)
    lon, lat = (x, y) if run.lonlat is not None and in_degrees(run.lonlat) else (None, None)
    return FaultSpot(path=run.path, feature=run.feature, lon=lon, lat=lat, words=words)


def _swapped(contents: Contents) -> Iterator[FaultSpot]:
    for run, share in zip(contents.lines, contents.shares.tolist(), strict=True):
        if not share and run.lonlat is not None and run.path in contents.latitude_first:
            x, y = run.lonlat[0]
            km = float(segment_lengths_m(run.lonlat[:, ::-1]).sum()) / 1000
            yield FaultSpot(
                path=run.position_path(0), feature=run.feature, lon=float(y), lat=float(x),
                words={"x": f"{x:g}", "y": f"{y:g}", "km": f"{km:,.1f}"}, systems=_orders(run.lonlat),
            )  # fmt: skip


def _orders(lonlat: Positions) -> tuple[SystemChoice, ...]:
    """Return both orders a line can be read in, with latitude first and as it stands, where that is possible."""
    turned = lonlat[:, ::-1]
    lon, lat = (float(degrees) for degrees in turned[0])
    first = SystemChoice(LATITUDE_FIRST, 0.0, lon, lat, northing_first=True, lines=small_lines([turned]))
    if not in_degrees(lonlat):
        return (first,)
    return first, SystemChoice(CRS84, shift_m(sampled(turned), sampled(lonlat)), lat, lon, lines=small_lines([lonlat]))


def _outside(contents: Contents) -> Iterator[FaultSpot]:
    accounted = {run.path for run, _, _ in (*contents.other_forms, *contents.mirrored, *contents.gon)}
    parts: dict[JsonPath, SystemPart] | None = None
    for run, share in zip(contents.lines, contents.shares.tolist(), strict=True):
        if share or run.lonlat is None or not in_degrees(run.lonlat) or run.path in accounted:
            continue
        if run.path not in contents.latitude_first:
            west, south, east, north = contents.region
            box = f"{west:g} to {east:g} E and {south:g} to {north:g} N"
            away = metres(metres_outside(run.lonlat, contents.region))
            # Asked for only here: of thousands of lines that lie where they should their paths would be most of all.
            parts = {run.path: part for part in contents.systems for run in part.runs} if parts is None else parts
            yield _spot(run, region=box, away=away, way_back=_way_back(parts.get(run.path)))


def _way_back(part: SystemPart | None) -> str:
    """Return what there is to do about a line that should lie in the region, by how its numbers were read."""
    if part is not None and part.lonlat is not None:
        return "undo the conversion, or choose another system"
    if part is not None and part.chosen:
        return "undo your choice of how its numbers are read"
    return "see whether it is the right file, in degrees, and which of the two numbers comes first"


def _partly_outside(contents: Contents) -> Iterator[FaultSpot]:
    accounted = {run.path for run, _, _ in contents.other_forms}
    for run, share in zip(contents.lines, contents.shares.tolist(), strict=True):
        if 0 < share < 1 and run.path not in accounted:
            # Those that only have their numbers in the other order are told as that.
            outside = run.count - round(share * run.count) - int(contents.misplaced(run).sum())
            if outside > 0:
                yield _spot(run, count=outside)


def _no_line(contents: Contents) -> Iterator[FaultSpot]:
    kinds = contents.structure.kinds
    # Of what is no GeoJSON at all that is said.
    if not kinds:
        return
    in_words = [place for place in contents.written if place.text is not None]
    if any(place.lines for place in in_words):
        return
    # Of a line whose type is misspelt that is said.
    untyped = (node.value for node in contents.structure.nodes if node.type is None and isinstance(node.value, dict))
    if any(meant_type(value.get("type")) in LINES for value in untyped):
        return
    if not contents.lines and kinds.keys().isdisjoint((*LINES, *POLYGONS)):
        around = ("FeatureCollection", "Feature")
        held = listed([_counted_kind(kind, count) for kind, count in kinds.items() if kind not in around])
        held = held or (counted(len(in_words), "place", "places") + " in words" if in_words else "")
        joined = mends.may_be_joined(contents.structure)
        yield FaultSpot(
            path="",
            words={"held": f"{held} and no line" if held else "no geometry", "joined": JOIN if joined else ""},
            mendable=joined,
        )


def _counted_kind(kind: str, count: int) -> str:
    return counted(count, "place") if kind == "Point" else f"{count:,} {kind}"


def _polygons(contents: Contents) -> Iterator[FaultSpot]:
    if contents.structure.kinds.keys().isdisjoint(POLYGONS):
        return
    areas = [node for node in contents.structure.nodes if node.type in POLYGONS]
    if contents.lines and areas:
        # Buildings and buffers beside a route are no question each.
        these = (
            "1 area (polygon) beside the line is"
            if len(areas) == 1
            else f"{len(areas):,} areas (polygons) beside the line are"
        )
        words = {
            "what": f"{these} no route and not measured",
            "advice": "Nothing needs to be done unless an outline is the route; then it can be taken as a line",
        }
        yield FaultSpot(
            path=areas[0].path, feature=areas[0].feature, words=words, mendable=any(map(mends.rings_of, areas))
        )
        return
    for node in areas:
        words = {
            "what": f"An area ({node.type}) stands where a route has to be a line",
            "advice": "Its outline can be taken as a line; better send the line itself",
        }
        yield FaultSpot(path=node.path, feature=node.feature, words=words, mendable=bool(mends.rings_of(node)))


def _covered(contents: Contents, *, same: bool) -> Iterator[tuple[str, list[PossibleRoute]]]:
    """Yield what routes are called on which others lie wholly, with those that are the same line, or the pieces."""
    for index, candidate in enumerate(contents.candidates):
        pieces = [piece for piece in candidate.covered if is_on(piece, candidate, same=same)]
        if pieces:
            yield shown(candidate.name or f"Route {index + 1}"), pieces


def called(piece: PossibleRoute) -> str:
    """Return what a route of a file is called in a sentence: its name in quotation marks, or its entry."""
    return f"“{shown(piece.name)}”" if piece.name else f"entry {(piece.feature or 0) + 1:,}"


def _same_line(contents: Contents) -> Iterator[FaultSpot]:
    for other, pieces in _covered(contents, same=True):
        for piece in pieces:
            words = {"name": sentence(called(piece)), "other": other}
            yield FaultSpot(path=piece.path, feature=piece.feature, words=words)


def _piece_of_route(contents: Contents) -> Iterator[FaultSpot]:
    for other, pieces in _covered(contents, same=False):
        names = [called(piece) for piece in pieces]
        km = sum(total_km(piece.arrays) for piece in pieces)
        words = {
            "names": sentence(first_listed(names)),
            "lie": "lies" if len(pieces) == 1 else "lie",
            "km": f"{km:,.1f} km" if km >= 1 else f"{km * 1000:,.0f} m",
            "other": other,
        }
        lon, lat = pieces[0].arrays[0][0].tolist()
        yield FaultSpot(path=pieces[0].path, feature=pieces[0].feature, lon=lon, lat=lat, words=words)


WARNING, NOTE = Severity.WARNING, Severity.NOTE

FILE_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        SWAPPED,
        WARNING,
        "Longitude {x}, latitude {y} lies far from the mapped region; with the two exchanged it lies in it. They seem "
        "swapped.",
        "Exchanged, the line is {km} km long. Nothing is measured until you exchange them, or say that they stand.",
        _swapped,
        Mend("exchange the first two numbers of every position of these lines", placed=mends.swap),
        blocks=True,
    ),
    Check(
        "outside-region",
        WARNING,
        "The whole line lies {away} outside the mapped region ({region}).",
        "If it should lie in it, {way_back}. Lengths are given; territories are “outside”.",
        _outside,
    ),
    Check(
        "partly-outside-region",
        NOTE,
        "{count:point of the line lies|points of the line lie} outside the mapped region.",
        "The length there is counted as “outside”.",
        _partly_outside,
    ),
    Check(
        NO_LINE,
        WARNING,
        "The file holds {held}.",
        "Ask for the route drawn as a line, a track or a path{joined}.",
        _no_line,
        Mend("join the points in the order of the file to one line", mends.join_points, by_name=True),
        blocks=True,
    ),
    Check(
        POLYGON_FOR_LINE,
        WARNING,
        "{what}.",
        "{advice}.",
        _polygons,
        Mend("take the outlines of areas as lines", mends.outlines, by_name=True),
    ),
    Check(
        "same-route",
        WARNING,
        "{name} is the same line as “{other}”; it is counted once.",
        "Let the later one be dropped.",
        _same_line,
        Mend("drop routes whose line is the same as an earlier one's", mends.drop_same_routes, by_name=True),
    ),
    Check(
        "piece-of-route",
        WARNING,
        "{names} {lie} wholly on “{other}”: these {km} are drawn twice and counted once.",
        "Let what is drawn a second time be dropped; a piece in a file of its own has its own length.",
        _piece_of_route,
        Mend("drop routes that lie wholly on another one", mends.drop_pieces, by_name=True),
    ),
)
