"""How numbers that cannot be degrees of this region may be degrees all the same: a full turn more, minutes, units.

Each form takes (n, 2) arrays of (first, second) numbers as a file gives them and returns (longitude, latitude) in
degrees, or None where it cannot be meant. Which one is meant shows by where the line comes to lie.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from corridor.land.geodesy import Bounds, Positions
from corridor.reading.faults import SystemChoice
from corridor.reading.reference_systems import share_inside
from corridor.reading.system_candidates import fitting_systems

#: Of all positions so many have to lie in the region for a form to be meant.
MOST = 0.9
#: Seconds or minutes as written: 59.996 may be rounded to 60.00.
MOST_SECONDS = 60 + 1e-6
#: Different thousandths of degrees among which a third decimal of 0 to 5 alone is no chance.
LEAST_PACKED = 30
#: Positions looked at together.
AT_ONCE = 50_000
#: No projected coordinate in kilometres is larger: a false easting of zone 60 in Gauss-Kruger.
FURTHEST_KM = 61_000


@dataclass(frozen=True, slots=True)
class DegreeForm:
    """A form: what a sentence calls it, and how it is read. `anywhere` forms are plain wherever the line lies."""

    name: str
    says: str
    read: Callable[[Positions], Positions | None]
    anywhere: bool = False
    in_range: bool = False


def _turned(numbers: Positions) -> Positions | None:
    """Longitudes from 0 to 360, or a full turn too many or too few."""
    lon, lat = numbers[:, 0], numbers[:, 1]
    if np.abs(lat).max() > 90 or np.abs(lon).max() <= 180 or np.abs(lon).max() > 540:
        return None
    return np.column_stack([np.where(np.abs(lon) > 180, lon - 360 * np.sign(lon), lon), lat])


def _minutes(numbers: Positions) -> Positions | None:
    """Degrees and minutes in one number, ddmm.mmm (NMEA 0183)."""
    whole: Positions = np.trunc(numbers / 100)
    rest = np.abs(numbers - whole * 100)
    if rest.max() > MOST_SECONDS or np.abs(whole).max() > 180:
        return None
    return whole + np.sign(numbers) * rest / 60


def _seconds(numbers: Positions) -> Positions | None:
    """Degrees, minutes and seconds in one number, ddmmss.s."""
    size, sign = np.abs(numbers), np.sign(numbers)
    degrees, rest = np.divmod(size, 10_000)
    minutes, seconds = np.divmod(rest, 100)
    if degrees.max() > 180 or minutes.max() > 60 or seconds.max() > MOST_SECONDS:
        return None
    return sign * (degrees + minutes / 60 + seconds / 3600)


def _packed(numbers: Positions) -> Positions | None:
    """Degrees, minutes and seconds behind one point, d.mmss, as calculators of surveyors show them.

    None where a minute or a second would be 60 or more, and where that may be chance: a number of degrees has one of
    the digits 0 to 5 as its third decimal in six of ten cases, 30 of them all in two of ten million.
    """
    # A line of thousands of vertices is seldom read to its end: one of the first is no such number.
    for start, end in pairwise([0, LEAST_PACKED, *range(AT_ONCE, len(numbers), AT_ONCE), len(numbers)]):
        minutes, seconds = _minutes_and_seconds(np.abs(numbers[start:end]))
        if minutes.max(initial=0.0) > 59 or seconds.max(initial=0.0) > MOST_SECONDS:
            return None
    size = np.abs(numbers)
    minutes, seconds = _minutes_and_seconds(size)
    different = [np.unique(np.floor(column * 1000 + 1e-6)) for column in size.T]
    if sum(map(len, different)) < LEAST_PACKED or len(np.unique(np.concatenate(different) % 10)) < 6:
        return None
    return np.asarray(np.sign(numbers) * (np.floor(size + 1e-9) + minutes / 60 + seconds / 3600))


def _minutes_and_seconds(size: Positions) -> tuple[Positions, Positions]:
    """Return the minutes and seconds of numbers d.mmss."""
    minutes = np.floor(size % 1 * 100 + 1e-7)
    return minutes, np.maximum(0.0, size % 1 * 100 - minutes) * 100


def _scaled(numbers: Positions, unit: float) -> Positions | None:
    degrees = numbers / unit
    return degrees if np.abs(degrees[:, 0]).max() <= 180 and np.abs(degrees[:, 1]).max() <= 90 else None


def _radians(numbers: Positions) -> Positions | None:
    degrees: Positions = np.degrees(numbers)
    return degrees if np.abs(numbers).max() <= np.pi else None


def _mirrored(numbers: Positions, signs: tuple[int, int]) -> Positions | None:
    return numbers * signs


FORMS = (
    DegreeForm("full turn", "longitude with 360 degrees added or taken away", _turned, anywhere=True),
    DegreeForm("NMEA", "degrees and minutes run together, as GPS receivers write them", _minutes),
    DegreeForm("ddmmss", "degrees, minutes and seconds in one number, ddmmss", _seconds),
    DegreeForm("E7", "degrees times 10,000,000, as E7 has them", partial(_scaled, unit=1e7)),
    DegreeForm("E6", "degrees times 1,000,000, as E6 has them", partial(_scaled, unit=1e6)),
    DegreeForm("E5", "degrees times 100,000, as E5 has them", partial(_scaled, unit=1e5)),
    DegreeForm(
        "semicircles",
        "semicircles, 2,147,483,648 to 180 degrees, as Garmin has them",
        partial(_scaled, unit=2**31 / 180),
    ),
    DegreeForm("milliseconds", "thousandths of seconds of arc", partial(_scaled, unit=3.6e6)),
    DegreeForm("seconds", "seconds of arc, 3,600 to a degree", partial(_scaled, unit=3600)),
    DegreeForm("minutes", "minutes of arc, 60 to a degree", partial(_scaled, unit=60)),
    DegreeForm("radians", "radians", _radians, in_range=True),
)
#: The one form that lies in the region before it is read as well.
PACKED = DegreeForm("d.mmss", "degrees, minutes and seconds as d.mmss", _packed, in_range=True)
#: Angles of which 400 are a circle, as surveyors' instruments have them; places far from here are as likely.
GON = DegreeForm("gon", "gon, 400 to a circle", partial(_scaled, unit=10 / 9), in_range=True)
#: The finding of lines that may be in gon, and the answer that they are; that they are degrees is OGC:CRS84.
GON_FOR_DEGREES, IN_GON = "gon-for-degrees", "gon"
#: What is in kilometres is written in metres, which is looked at as any other projected coordinates are.
KILOMETRES = DegreeForm("kilometres", "kilometres", lambda numbers: numbers * 1000)
#: The place stands in the second and third numbers.
COLUMNS = DegreeForm("columns", "a running number or height with the place after it", lambda numbers: numbers)
#: Signs of (longitude, latitude) that were lost or added, and how a sentence names that.
MIRRORS = (
    DegreeForm("longitude", "as far west as the region lies east", partial(_mirrored, signs=(-1, 1)), in_range=True),
    DegreeForm("latitude", "as far south as the region lies north", partial(_mirrored, signs=(1, -1)), in_range=True),
    DegreeForm(
        "both", "on the other side of the globe from the region", partial(_mirrored, signs=(-1, -1)), in_range=True
    ),
)


def form_of(
    numbers: Positions, region: Bounds, in_range: bool, inside: bool = False, beyond: Positions | None = None
) -> tuple[DegreeForm, Positions] | None:
    """Return the form that numbers are meant in, and the degrees; None where none puts them into the region.

    `in_range` says that the numbers could be degrees as they stand: only other forms are asked for those. Latitude may
    come first; the order stays as it is, for that is another fault. Of numbers that lie `inside` the region, some or
    all of them, only those are asked for that do so twice. `beyond` are the third numbers, (n, 1), where there are any.
    """
    if not inside and beyond is not None and (later := _in_later_columns(numbers, beyond, region)) is not None:
        return COLUMNS, later
    for form in ((PACKED,) if inside else (PACKED, *FORMS)) if in_range else FORMS:
        if form.in_range != in_range:
            continue
        for swapped in (False, True):
            read = form.read(numbers[:, ::-1] if swapped else numbers)
            if read is not None and (share_inside(read, region) >= MOST or (form.anywhere and not swapped)):
                return form, read[:, ::-1] if swapped else read
    return None


def mirror_of(lonlat: Positions, region: Bounds) -> tuple[DegreeForm, Positions] | None:
    """Return which signs are wrong of a line all outside the region, and the line with them right; else None."""
    for swapped in (False, True):
        for form in MIRRORS:
            read = form.read(lonlat[:, ::-1] if swapped else lonlat)
            if read is not None and share_inside(read, region) >= MOST:
                return form, read[:, ::-1] if swapped else read
    return None


def in_gon(lonlat: Positions, region: Bounds) -> Positions | None:
    """Return the degrees of a line all outside the region that lies in it if its numbers are gon, else None."""
    for swapped in (False, True):
        read = GON.read(lonlat[:, ::-1] if swapped else lonlat)
        if read is not None and share_inside(read, region) >= MOST:
            return read[:, ::-1] if swapped else read
    return None


def _in_later_columns(numbers: Positions, third: Positions, region: Bounds) -> Positions | None:
    """Return the (longitude, latitude) rows in the second and third numbers of a line none of which lies in the region.

    None where these lie in it by chance: a longitude is seldom whole at every vertex, a running number always is, and
    what is more than half a circle is no longitude. So a line along the 45th parallel at 40 m stays where it is.
    """
    first = numbers[:, 0]
    if third.shape != (len(numbers), 1) or np.isnan(third).any():
        return None
    if not (np.abs(first).min() > 180 or (first == np.round(first)).all()):
        return None
    rows = np.column_stack([numbers[:, 1], third])
    return next((read for read in (rows, rows[:, ::-1]) if share_inside(read, region) >= MOST), None)


def in_kilometres(numbers: Positions, region: Bounds) -> tuple[SystemChoice, ...]:
    """Return the projected systems in which numbers are kilometres inside the region, the likeliest first."""
    if np.abs(numbers).max() > FURTHEST_KM or np.abs(numbers).max(axis=0).min() < 100:
        return ()
    return fitting_systems(numbers * 1000, region)
