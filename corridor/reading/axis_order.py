"""Which whole lines, and the points beside them, have latitude first where longitude is expected first."""

from collections.abc import Callable, Sequence

from corridor.land.geodesy import Bounds, Positions
from corridor.reading.faults import JsonPath
from corridor.reading.many_lines import shares_inside
from corridor.reading.position_runs import PositionRun
from corridor.reading.reference_systems import degrees_like, share_inside

#: The name under which a reader says that latitude comes first: EPSG's own order of the axes of WGS84.
LATITUDE_FIRST = "EPSG:4326"
#: The finding of lines that have latitude first; it is answered by the order of their numbers.
SWAPPED = "lat-lon-swapped"
#: The share of a line, 0 to 1, that has to lie in the region once its numbers are exchanged.
LEAST_EXCHANGED = 0.5


def swapped(lonlat: Positions, region: Bounds) -> bool:
    """Whether (first, second) rows lie outside the region, and most of them inside it once exchanged."""
    return share_inside(lonlat, region) == 0 and share_inside(lonlat[:, ::-1], region) >= LEAST_EXCHANGED


def latitude_first(
    lines: Sequence[Positions], path_of: Callable[[int], JsonPath], region: Bounds
) -> frozenset[JsonPath]:
    """Return which lines of a document have latitude first, by their paths, which `path_of` gives by their numbers.

    Where no line lies in the region as it stands and one does once exchanged, the others go with it: a file has one
    order, and a part of the way may lie outside the region.
    """
    held = [number for number, lonlat in enumerate(lines) if len(lonlat)]
    shares = shares_inside((lines[number] for number in held), region)
    outside = [number for number, share in zip(held, shares, strict=True) if not share]
    exchanged_shares = shares_inside((lines[number][:, ::-1] for number in outside), region)
    turned = {number for number, share in zip(outside, exchanged_shares, strict=True) if share >= LEAST_EXCHANGED}
    if turned and len(outside) == len(held):
        turned |= {number for number in outside if _can_be_turned(lines[number])}
    return frozenset(map(path_of, turned))


def turned_runs(runs: Sequence[PositionRun], region: Bounds) -> frozenset[JsonPath]:
    """Return which lines and points of a document have latitude first, by their paths.

    Where all lines do, points that lie in the region in neither order go with them.
    """
    placed = {run.path: run.lonlat for run in runs if run.lonlat is not None and len(run.lonlat) and run.role != "ring"}
    line_paths = {run.path for run in runs if run.role == "line"} & placed.keys()
    paths = list(line_paths)
    turned = latitude_first([placed[path] for path in paths], paths.__getitem__, region)
    whole = bool(turned) and turned == line_paths
    return turned | {
        path
        for path in placed.keys() - line_paths
        if swapped(placed[path], region)
        or (whole and not share_inside(placed[path], region) and _can_be_turned(placed[path]))
    }


def _can_be_turned(lonlat: Positions) -> bool:
    """Whether (first, second) rows can be latitudes and longitudes in degrees."""
    (south, west), (north, east) = lonlat.min(axis=0), lonlat.max(axis=0)
    return degrees_like((west, south, east, north))
