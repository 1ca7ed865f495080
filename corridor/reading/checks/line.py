"""What is unusual about the course of a line: repeats, spikes, crossings, jumps and long straight chords."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import segment_lengths_m
from corridor.reading.checks.positions import spot
from corridor.reading.contents import Contents, in_degrees
from corridor.reading.faults import Check, FaultSpot, Mend, Severity
from corridor.reading.limits import LONGEST_ROUTE_KM
from corridor.reading.line_shape import LineShape, repeats, retraced
from corridor.reading.position_runs import PositionRun
from corridor.reading.repairs import line as mends
from corridor.reading.spikes import run_back_from_spikes

#: No railway or road of this region runs straight for longer; a longer segment joins waypoints over unseen ground.
LONG_CHORD_M = 5_000.0
#: Segments whose lengths are told that are measured together.
MEASURED_AT_ONCE = 1_000
#: Places of one kind told one by one for a line.
MOST_PLACES = 20

#: A segment of a line by its number.
LineSegment = tuple[PositionRun, LineShape, int]


def _in_degrees(
    courses: Iterable[tuple[PositionRun, LineShape]],
) -> Iterator[tuple[PositionRun, LineShape]]:
    """The courses in degrees, which alone can be measured."""
    return ((run, course) for run, course in courses if in_degrees(course.whole))


def _too_long(contents: Contents) -> Iterator[FaultSpot]:
    for candidate in contents.too_long:
        # A line that is long by positions given otherwise is told of with these.
        if not any(contents.misplaced(run).any() for run in candidate.lines):
            words = {"km": f"{candidate.rough_km:,.0f}", "limit": f"{LONGEST_ROUTE_KM:,}"}
            yield FaultSpot(path=candidate.path, feature=candidate.feature, words=words)


def _repeated(contents: Contents) -> Iterator[FaultSpot]:
    for run, course in contents.courses.eventful:
        count = len(course.whole) - len(course.original)
        if 0 < count < len(course.whole) - 1:
            yield spot(run, repeats(course.whole)[0], count=count)


def _zero_length(contents: Contents) -> Iterator[FaultSpot]:
    for run, course in contents.courses.eventful:
        if len(course.original) == 1 and run.path not in contents.parts_without_length:
            yield spot(run, 0, count=len(course.whole))


def _part_without_length(contents: Contents) -> Iterator[FaultSpot]:
    parts = [run for run, _ in contents.courses.eventful if run.path in contents.parts_without_length]
    if parts:
        yield spot(parts[0], 0, count=len(parts))


def _spikes(contents: Contents) -> Iterator[FaultSpot]:
    asked = {run.path for run, _ in contents.courses.eventful}
    measured = ((net, contents.candidates[n].lines) for n, net in contents.networks.items() if net and asked)
    of = {run.path: net for net, lines in measured for run in lines if run.path in asked}
    for run, course in contents.courses.eventful:
        spikes = course.turns[~course.going_back]
        misplaced = contents.misplaced(run)[course.original]
        spikes = spikes[~(misplaced[spikes - 1] | misplaced[spikes] | misplaced[spikes + 1])]
        if len(spikes):
            mendable = mends.can_drop_turns(course.whole, going_back=False)
            network = of.get(run.path)
            km = sum(place.km for place in run_back_from_spikes(network.unusual, course)) if network else 0.0
            once = f"; these {f'{km:,.1f} km' if km >= 1 else f'{km * 1000:,.0f} m'} are counted once" if km else ""
            words = {"count": len(spikes), "once": once, "out": _way_out("the spike", mendable)}
            yield replace(spot(run, course.original[spikes[0]], **words), mendable=mendable)


def _back_tracking(contents: Contents) -> Iterator[FaultSpot]:
    for run, course in contents.courses.eventful:
        turns = course.turns[course.going_back][:MOST_PLACES].tolist()
        mendable = bool(turns) and mends.can_drop_turns(course.whole, going_back=True)
        for turn in turns:
            words = {"segments": retraced(course.line, turn), "out": _way_out("it", mendable)}
            yield replace(spot(run, course.original[turn], **words), mendable=mendable)


def _way_out(what: str, mendable: bool) -> str:
    """Return how something is taken out: by a mend, where there is one, or by whoever drew it."""
    return f"let {what} be taken out" if mendable else f"take {what} out of the file"


def _self_crossing(contents: Contents) -> Iterator[FaultSpot]:
    for run, course in contents.courses.eventful:
        crossings = course.crossings[0]
        # On the way to a misplaced position a line crosses what it likes.
        if crossings and not contents.misplaced(run).any():
            segment, lon, lat = crossings[0]
            path = run.position_path(int(course.original[segment]))
            yield FaultSpot(path=path, feature=run.feature, lon=lon, lat=lat, words={"count": len(crossings)})


def _unsearched(contents: Contents) -> Iterator[FaultSpot]:
    for run, course in contents.courses.eventful:
        if not course.crossings[1]:
            yield spot(run)


def _without_misplaced(segments: NDArray[np.int64], misplaced: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return segments without those at a vertex that is given otherwise than the others."""
    return segments[~(misplaced[segments] | misplaced[segments + 1])]


def _jump(contents: Contents) -> Iterator[FaultSpot]:
    jumping: list[LineSegment] = []
    for run, course in _in_degrees(contents.courses.with_long_segments):
        closed_by = course.closed_by
        closed_by = None if closed_by is None or run.path not in contents.lines_alone else closed_by
        jumps = _without_misplaced(course.long_segments[0], contents.misplaced(run)).tolist()
        jumping += [(run, course, segment) for segment in jumps if segment != closed_by][:MOST_PLACES]
    for (run, _, index), km in zip(jumping, _lengths_km(jumping), strict=True):
        yield spot(run, index, km=f"{km:.1f}")


def _long_chord(contents: Contents) -> Iterator[FaultSpot]:
    chords = _long_chords(contents)
    # Some at a time: thousands of lines may have nothing but such segments.
    while some := list(islice(chords, MEASURED_AT_ONCE)):
        for (count, (run, _, index)), km in zip(some, _lengths_km([longest for _, longest in some]), strict=True):
            yield spot(run, index, count=count, km=f"{km:.1f}", limit=f"{LONG_CHORD_M / 1000:g}")


def _long_chords(contents: Contents) -> Iterator[tuple[int, LineSegment]]:
    """Yield of each line with long chords how many it has, and the longest."""
    for run, course in _in_degrees(contents.courses.with_long_segments):
        long = course.long_segments[1]
        chords = _without_misplaced(long[course.rough_m[long] > LONG_CHORD_M], contents.misplaced(run)).tolist()
        if chords:
            yield len(chords), (run, course, chords[0])


def _lengths_km(segments: Sequence[LineSegment]) -> list[float]:
    """Return the geodesic lengths in km of segments, all at once: one by one each costs as much as a hundred."""
    if not segments:
        return []
    ends = np.concatenate([course.whole[index : index + 2, :2] for _, course, index in segments])
    lengths: list[float] = (segment_lengths_m(ends)[::2] / 1000).tolist()
    return lengths


def _closed(contents: Contents) -> Iterator[FaultSpot]:
    drawn_once: set[str] | None = None
    for run, course in _in_degrees(contents.courses.eventful):
        closed = course.closed_by is not None or course.strip_m is not None
        if not closed or run.path not in contents.lines_alone:
            continue
        drawn_once = _drawn_once(contents) if drawn_once is None else drawn_once
        if course.closed_by is not None:
            (km,) = _lengths_km([(run, course, course.closed_by)])
            how = f"a straight piece of {km:.1f} km leads back to its beginning"
            advice = "See whether a program closed it; if so, let that last piece be taken out."
            yield spot(run, course.closed_by, how=how, advice=advice)
        elif course.strip_m is not None and run.path in drawn_once:
            half_km = float(course.rough_m.sum()) / 2000
            how = f"it runs round a strip {course.strip_m:,.0f} m wide and {half_km:,.1f} km long"
            advice = "If it is an outline, send the line in its middle; as drawn, the whole way round is measured."
            yield replace(spot(run, 0, how=how, advice=advice), mendable=False)


def _drawn_once(contents: Contents) -> set[str]:
    """Return the lines of routes of which nothing is drawn over or beside the rest, by their paths."""
    again = {number for number, network in contents.networks.items() if network is not None and network.again}
    others = (candidate for number, candidate in enumerate(contents.candidates) if number not in again)
    return {run.path for candidate in others for run in candidate.lines}


WARNING, NOTE = Severity.WARNING, Severity.NOTE

LINE_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "zero-length",
        WARNING,
        "A line of {count} points has no length: all are the same.",
        "Let it be dropped.",
        _zero_length,
        Mend("drop lines without length", mends.drop_zero_length),
        blocks=True,
    ),
    Check(
        "route-too-long",
        Severity.ERROR,
        "{km} km are drawn in one route; up to {limit} km, over twice round the Earth, are measured.",
        "Take out the points that jump away from the route, or send several routes as several lines.",
        _too_long,
        blocks=True,
    ),
    Check(
        "part-without-length",
        WARNING,
        "{count:part of a line has|parts of a line have} no length, all points being the same; the others were read.",
        "Let what has no length be dropped.",
        _part_without_length,
        Mend("drop parts without length", mends.drop_zero_length),
    ),
    Check(
        "duplicate-vertices",
        WARNING,
        "{count:point of the line repeats|points of the line repeat} the one before.",
        "Let the repeats be taken out.",
        _repeated,
        Mend("take out points equal to the one before", mends.drop_repeats),
    ),
    Check(
        "spike",
        WARNING,
        "The line runs out to a point and straight back ({count:time|times}){once}.",
        "See whether the point is real; if not, {out}.",
        _spikes,
        Mend("take out the tip of every spike", mends.drop_spikes, by_name=True),
    ),
    Check(
        "back-tracking",
        WARNING,
        "The line goes back over its last {segments:straight piece|straight pieces}, point for point.",
        "If it is a branch there and back, keep it: it is counted once. If not, {out}.",
        _back_tracking,
        Mend("take out stretches that are run out and back", mends.drop_back_tracking, by_name=True),
    ),
    Check(
        "self-crossing",
        WARNING,
        "The line crosses or touches itself (in {count:place|places} at least; the first is given).",
        "See whether there really is a loop; if not, correct the points around it.",
        _self_crossing,
    ),
    Check(
        "crossings-not-sought",
        NOTE,
        "The line is too tangled to look for all places where it crosses itself.",
        "Simplify it if crossings matter.",
        _unsearched,
    ),
    Check(
        "line-closed",
        WARNING,
        "The line is closed, as the outline of an area (polygon) is: {how}.",
        "{advice}",
        _closed,
        Mend("take out the straight piece that closes a line", mends.open_lines, by_name=True),
    ),
    Check(
        "jump",
        WARNING,
        "One straight piece is {km} km long, far longer than those of the rest of the line.",
        "Points may be missing here, or two lines were joined by mistake.",
        _jump,
    ),
    Check(
        "long-chord",
        WARNING,
        "{count:piece is|pieces are} straight for more than {limit} km, the longest for {km} km: no road or railway "
        "runs so straight here.",
        "Use a line drawn along the ground; until then lengths and crossings are those of the straight pieces.",
        _long_chord,
    ),
)
