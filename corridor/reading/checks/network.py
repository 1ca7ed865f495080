"""What is unusual about how the lines of a route lie to each other: drawn again, beside, branching, apart."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from corridor.quantities import counted
from corridor.reading.contents import MOST_SEPARATE, Contents
from corridor.reading.counted_once import CLOSE_M, NetworkPlace, PlaceKind
from corridor.reading.faults import Check, FaultSpot, Mend, Severity
from corridor.reading.line_network import LineNetwork, network_of
from corridor.reading.one_way import joins_into_one
from corridor.reading.packed_runs import RunArrays
from corridor.reading.possible_routes import PossibleRoute
from corridor.reading.repairs import network as mends
from corridor.reading.spikes import run_back_from_spikes

#: Places of one kind told one by one for a route; of more only the longest is, with their number and their sum.
MOST_PLACES = 3
#: Gaps of a route told one by one, the largest first.
MOST_GAPS = 5


def _networks(contents: Contents) -> Iterator[tuple[PossibleRoute, LineNetwork]]:
    """The candidates that are not just one line as it is drawn, with what their lines are together."""
    for number, network in contents.networks.items():
        if network is not None:
            yield contents.candidates[number], network


def _unusual(*kinds: PlaceKind) -> Callable[[Contents], Iterator[FaultSpot]]:
    """Return what finds the places of some kinds, each with its length, or the longest of many with their sum."""

    def find(contents: Contents) -> Iterator[FaultSpot]:
        for candidate, network in _networks(contents):
            places = [place for place in network.unusual if place.kind in kinds]
            if any(place.kind is PlaceKind.BACK for place in places):
                courses = contents.courses.of(candidate.lines)
                at_spikes = [place for course in courses for place in run_back_from_spikes(places, course)]
                retraced = any(course.going_back.any() for course in courses)
                places = [p for p in places if p.kind is not PlaceKind.BACK or not (retraced or p in at_spikes)]
            if 0 < len(places) <= MOST_PLACES:
                yield from (_spot(candidate, [place]) for place in places)
            elif places:
                yield _spot(candidate, sorted(places, key=lambda place: -place.km))

    return find


def _spot(candidate: PossibleRoute, places: list[NetworkPlace]) -> FaultSpot:
    first = places[0]
    km = sum(place.km for place in places)
    words = {
        "count": len(places),
        "km": f"{km:,.1f} km" if km >= 1 else f"{km * 1000:,.0f} m",
        "metres": f"{max(place.apart_m for place in places):,.0f}",
    }
    return FaultSpot(path=candidate.path, feature=candidate.feature, lon=first.lon, lat=first.lat, words=words)


def _alternatives(contents: Contents) -> Iterator[FaultSpot]:
    for candidate, network in _networks(contents):
        if len(network.ways) > 1:
            lon, lat = network.ways[1].lines[0][0, :2].tolist()
            words = {"count": len(network.ways)}
            yield FaultSpot(path=candidate.path, feature=candidate.feature, lon=lon, lat=lat, words=words)


def _parts_join(contents: Contents) -> Iterator[FaultSpot]:
    for candidate, network in _networks(contents):
        parts = len(candidate.lines)
        lines = sum(len(way.lines) for way in network.ways)
        if mends.can_be_joined(network) and candidate.one_geometry and lines < parts:
            meeting = sum(bool((part[-1] == following[0]).all()) for part, following in pairwise(candidate.arrays))
            how = "" if meeting == parts - lines else " once some are turned round or put in order"
            words = {"parts": parts, "lines": lines, "how": how}
            yield FaultSpot(path=candidate.path, feature=candidate.feature, words=words)


def _gap(contents: Contents) -> Iterator[FaultSpot]:
    for candidate, network in _networks(contents):
        gaps = network.gaps.some(network.gaps.metres > CLOSE_M)
        for number, gap in enumerate(gaps[:MOST_GAPS], start=1):
            left = len(gaps) - MOST_GAPS if number == MOST_GAPS else 0
            words = {
                "metres": f"{gap.metres:,.0f}",
                "more": f"; {left:,} smaller ones are not listed" if left > 0 else "",
            }
            yield FaultSpot(path=candidate.path, feature=candidate.feature, lon=gap.lon, lat=gap.lat, words=words)


def _small_gap(contents: Contents) -> Iterator[FaultSpot]:
    for candidate, network in _networks(contents):
        gaps = network.gaps.some(network.gaps.metres <= CLOSE_M)
        if gaps and candidate.one_geometry:
            widest = gaps[0]
            words = {"count": len(gaps), "metres": f"{widest.metres:.1f}"}
            yield FaultSpot(path=candidate.path, feature=candidate.feature, lon=widest.lon, lat=widest.lat, words=words)


def _single_lines(contents: Contents) -> RunArrays | None:
    """Return the lines of a file whose routes are one line each, which no other covers; None of another file."""
    candidates = contents.candidates
    plain = not any(candidate.covered for candidate in candidates) and mends.are_single_lines(contents.lines)
    whole = plain and len(candidates) == len(contents.lines) and None not in contents.networks.values()
    return RunArrays(candidate.lines[0] for candidate in candidates) if whole else None


def _routes_join(contents: Contents) -> Iterator[FaultSpot]:
    candidates = contents.candidates
    lines = _single_lines(contents)
    if lines is not None and joins_into_one(lines):
        yield FaultSpot(path=candidates[0].path, feature=candidates[0].feature, words={"count": len(candidates)})


def _routes_follow(contents: Contents) -> Iterator[FaultSpot]:
    candidates = contents.candidates
    lines = _single_lines(contents) if len(candidates) <= MOST_SEPARATE else None
    if lines is None:
        return
    network = network_of(lines)
    if len(network.ways) > 1 or network.again or network.unusual or not network.gaps:
        return
    widest = network.gaps[0]
    if widest.metres <= CLOSE_M:
        words = {"count": len(candidates), "metres": f"{widest.metres:.1f}"}
        yield FaultSpot(candidates[0].path, candidates[0].feature, lon=widest.lon, lat=widest.lat, words=words)


#: What to do of lines that are read as one route: across a gap none are joined.
JOINED = "Let them be joined into one line; send them in files of their own if they are routes apart"
LEFT_APART = "Nothing needs to be done; send them in files of their own if they are routes apart"


def _read_as_one(contents: Contents) -> Iterator[FaultSpot]:
    for number, candidate in enumerate(contents.candidates):
        if len(candidate.features) > 1:
            network = contents.networks.get(number)
            gaps = len(network.gaps.some(network.gaps.metres > CLOSE_M)) if network is not None else 0
            words = {
                "count": len(candidate.features),
                "but": f", but for {counted(gaps, 'gap')}" if gaps else "",
                "advice": LEFT_APART if gaps else JOINED,
            }
            yield FaultSpot(path=candidate.path, feature=candidate.feature, words=words, mendable=not gaps)


WARNING, NOTE = Severity.WARNING, Severity.NOTE

NETWORK_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "drawn-twice",
        WARNING,
        "{km} of this route are drawn twice; they are counted once.",
        "Let the second drawing be taken out, or keep it if it is meant.",
        _unusual(PlaceKind.AGAIN, PlaceKind.BACK),
        Mend("take out what is drawn a second time", mends.take_out_repeats, by_name=True),
    ),
    Check(
        "side-by-side",
        NOTE,
        "{km} run side by side, {metres} m apart, as two carriageways or tracks do; they are counted once.",
        "Nothing needs to be done; send one of the two if the other is not meant.",
        _unusual(PlaceKind.BESIDE),
        Mend("take out the second of two carriageways or tracks", mends.take_out_beside, by_name=True),
    ),
    Check(
        "parallel-legs",
        NOTE,
        "{km} lie beside other parts of this route, {metres} m apart, but not as a second carriageway does; "
        "all is counted.",
        "Take out what does not belong to the route.",
        _unusual(PlaceKind.LEGS),
    ),
    Check(
        "roundabout",
        NOTE,
        "{count:roundabout is|roundabouts are} drawn all round; of each one side is counted ({km} are not).",
        "Nothing needs to be done.",
        _unusual(PlaceKind.ROUNDABOUT),
    ),
    Check(
        "two-ways",
        WARNING,
        "Two ways lead from here to the same place and close a ring; both are counted, {km} of them for the second.",
        "Send each way in a file of its own to have its length alone.",
        _unusual(PlaceKind.TWO_WAYS, PlaceKind.RING),
    ),
    Check(
        "branch",
        WARNING,
        "{count:branch leaves|branches leave} the line, {km} in all; it is counted too.",
        "Take out what does not belong to the route.",
        _unusual(PlaceKind.BRANCH),
    ),
    Check(
        "alternatives",
        WARNING,
        "The {count} lines of this route are alternatives that share an end; each is measured as a route of its own.",
        "Draw each as a line of its own, with a name of its own.",
        _alternatives,
    ),
    Check(
        "parts-join",
        NOTE,
        "The {parts} parts of this route join end to end into {lines:line|lines}{how}.",
        "Let them be joined if they are one line.",
        _parts_join,
        Mend("join parts whose ends meet, turning and ordering them as needed", mends.join_parts, by_name=True),
    ),
    Check(
        "small-gap",
        NOTE,
        "{count:gap interrupts|gaps interrupt} this route, {metres} m wide at most; what is missing is not measured.",
        "Let straight pieces close what has no reason to be open.",
        _small_gap,
        Mend("close gaps of at most 20 m with straight pieces", mends.close_gaps, by_name=True),
    ),
    Check(
        "gap",
        WARNING,
        "There is a gap of {metres} m between two parts of this route{more}.",
        "Draw what is missing; a gap is not measured.",
        _gap,
    ),
    Check(
        "read-as-one",
        NOTE,
        "The {count} lines of this file follow each other{but}; they are read as one route.",
        "{advice}.",
        _read_as_one,
        Mend(
            "join lines whose ends meet into one, with the details of the first",
            mends.join_routes,
            by_name=True,
        ),
    ),
    Check(
        "routes-join",
        NOTE,
        "The {count} routes of this file join end to end.",
        "Let them be joined if they are one route.",
        _routes_join,
        Mend(
            "join routes whose ends meet into one, named from the first to the last",
            mends.join_routes,
            by_name=True,
        ),
    ),
    Check(
        "routes-follow",
        NOTE,
        "The {count} routes of this file follow each other, with gaps of {metres} m at most; each is measured alone.",
        "Draw what is missing, or send them as the parts of one line, if they are one route.",
        _routes_follow,
    ),
)
