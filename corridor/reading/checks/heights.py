"""What is said of the heights of lines: which are read, which cannot be right, and which are none."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from corridor.reading.contents import Contents
from corridor.reading.faults import Check, FaultSpot, Mend, Severity
from corridor.reading.heights import ON_GROUND, RunHeights
from corridor.reading.repairs import heights as mends
from corridor.reading.repairs.positions import keep_two

#: What third numbers are that do not count from sea level, by the altitudeMode that says so.
OVER = "The heights count from the ground, not from the sea (altitudeMode “{mode}”)"
ON = "The line is laid on the ground (altitudeMode “{mode}”), and its third numbers are not heights above sea level"
#: Heights that cannot be right told one by one in a sentence.
MOST_TOLD = 3


def _spot(heights: RunHeights, index: int, **words: object) -> FaultSpot:
    run = heights.run
    lon, lat = (float(value) for value in run.lonlat[index]) if run.lonlat is not None else (None, None)
    return FaultSpot(run.position_path(index), run.feature, lon, lat, words=words)


def _read(contents: Contents) -> Iterator[FaultSpot]:
    usable = (heights for heights in contents.heights.values() if not heights.all_equal)
    read = [heights for heights in usable if np.isfinite(heights.usable).any()]
    if read:
        count = sum(int(np.isfinite(heights.usable).sum()) for heights in read)
        run = read[0].run
        yield FaultSpot(path=run.path, feature=run.feature, words={"count": count})


def _impossible(contents: Contents) -> Iterator[FaultSpot]:
    wrong = [(heights, np.flatnonzero(heights.wrong)) for heights in contents.heights.values()]
    wrong = [(heights, rows) for heights, rows in wrong if len(rows)]
    if wrong:
        first, rows = wrong[0]
        values = dict.fromkeys(f"{metres:,.6g}" for heights, at in wrong for metres in heights.given[at[:MOST_TOLD]])
        values_told = ", ".join(list(values)[:MOST_TOLD]) + (", …" if len(values) > MOST_TOLD else "")
        yield _spot(first, int(rows[0]), count=sum(len(at) for _, at in wrong), values=values_told)


def _all_zero(contents: Contents) -> Iterator[FaultSpot]:
    zero = [heights for heights in contents.heights.values() if heights.all_zero and not heights.mode]
    if zero:
        count = sum(int(np.isfinite(heights.given).sum()) for heights in zero)
        # Before a fourth number the third keeps its place.
        mendable = any(heights.run.width <= mends.WITH_HEIGHT for heights in zero)
        yield replace(_spot(zero[0], 0, count=count), mendable=mendable)


def _all_equal(contents: Contents) -> Iterator[FaultSpot]:
    equal = [heights for heights in contents.heights.values() if heights.all_equal]
    if equal:
        count = sum(int(np.isfinite(heights.usable).sum()) for heights in equal)
        values = dict.fromkeys(f"{np.nanmax(heights.usable):,.6g}" for heights in equal)
        some = ", ".join(list(values)[:MOST_TOLD]) + (", …" if len(values) > MOST_TOLD else "")
        mendable = any(mends.may_drop_equal(heights.given, heights.run.width) for heights in equal)
        yield replace(_spot(equal[0], 0, count=count, values=some), mendable=mendable)


def _not_from_sea_level(contents: Contents) -> Iterator[FaultSpot]:
    seen: set[str] = set()
    for heights in contents.heights.values():
        if heights.mode and heights.mode not in seen and not heights.all_zero:
            seen.add(heights.mode)
            said = ON if heights.mode in ON_GROUND else OVER
            yield _spot(heights, 0, what=said.format(mode=heights.mode))


def _chainage(contents: Contents) -> Iterator[FaultSpot]:
    along = [heights for heights in contents.heights.values() if heights.chainage]
    if along:
        least = min(float(np.nanmin(heights.given)) for heights in along)
        most = max(float(np.nanmax(heights.given)) for heights in along)
        yield _spot(along[0], 0, least=f"{least:,.10g}", most=f"{most:,.10g}")


HEIGHT_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "position-3d",
        Severity.NOTE,
        "{count:position has|positions have} a third number; it is read as height in metres.",
        "Nothing needs to be done if they are; feet would lie far off the ground in the profile.",
        _read,
        Mend("take out the heights", keep_two, by_name=True),
    ),
    Check(
        "heights-impossible",
        Severity.WARNING,
        "{count:height|heights} cannot be right ({values} m): left out, while the line is kept.",
        "Nothing needs to be done for lengths and territories; for a profile, export the heights again.",
        _impossible,
    ),
    Check(
        "heights-all-zero",
        Severity.NOTE,
        "{count:height is|heights are} 0, as programs write “none”: no height is read.",
        "Let the zeros be taken out, so that no other program takes them for heights.",
        _all_zero,
        Mend("take out heights that are 0 all along a line", mends.drop_zero_heights),
    ),
    Check(
        "heights-all-equal",
        Severity.NOTE,
        "{count} heights are the same all along the line ({values} m), as programs fill in what they do not know.",
        "Unless the ground is level there, let them be taken out.",
        _all_equal,
        Mend("take out the heights of lines on which all are the same", mends.drop_equal_heights, by_name=True),
    ),
    Check(
        "heights-are-chainage",
        Severity.NOTE,
        "The third numbers grow evenly along the line, from {least} to {most}: distances (chainage, M), not heights.",
        "Nothing needs to be done: they are not read, and lengths are measured on the map.",
        _chainage,
    ),
    Check(
        "heights-above-ground",
        Severity.NOTE,
        "{what}: no profile is drawn.",
        "For a profile send heights above sea level; KML marks them with the altitudeMode “absolute”.",
        _not_from_sea_level,
    ),
)
