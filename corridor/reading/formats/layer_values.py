"""What the shapes of a layer hold beside courses on the ground: M values, heights of 0, arcs; all of it is counted."""

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import MEAN_RADIUS_M
from corridor.reading.formats.arcs import ArcTally
from corridor.reading.formats.beside import Beside
from corridor.reading.reference_systems import system

Shapes = NDArray[np.object_]


def plain_shapes(shapes: Shapes, beside: Beside) -> Shapes:
    """Return the geometries of a layer with longitude, latitude and heights alone; an absent geometry stays None.

    M values are counted and left out: after a pair of numbers they would be taken for heights. Heights that are 0 all
    through a geometry stand for none, as GDAL and others write them, and are counted and left out too.
    """
    measured = shapely.has_m(shapes)
    if measured.any():
        measures = shapely.get_coordinates(shapes[measured], include_m=True)[:, 2]
        count_measures(measures, beside)
        shapes = shapes.copy()
        flat, high = measured & ~shapely.has_z(shapes), measured & shapely.has_z(shapes)
        shapes[flat] = shapely.force_2d(shapes[flat])
        with np.errstate(invalid="ignore"):
            shapes[high] = shapely.from_wkb(shapely.to_wkb(shapes[high], output_dimension=3))
    return _without_zero_heights(shapes, beside)


def count_measures(measures: NDArray[np.float64], beside: Beside) -> None:
    """Add M values to what was noticed; NaN, and what a Shapefile writes for none, are no values."""
    # ESRI Shapefile Technical Description (1998), page 2: any number smaller than -1e38 is “no data”.
    known = measures[np.isfinite(measures) & (measures > -1e38)]
    if len(known):
        beside.measured(len(known), float(known.min()), float(known.max()))


def _without_zero_heights(shapes: Shapes, beside: Beside) -> Shapes:
    high = np.flatnonzero(shapely.has_z(shapes))
    if not len(high):
        return shapes
    coordinates, owner = shapely.get_coordinates(shapes[high], include_z=True, return_index=True)
    some = np.zeros(len(high), dtype=bool)
    np.logical_or.at(some, owner, np.isfinite(coordinates[:, 2]) & (coordinates[:, 2] != 0))
    if some.all():
        return shapes
    shapes = shapes.copy()
    shapes[high[~some]] = shapely.force_2d(shapes[high[~some]])
    beside.zero_heights += int((~some[owner] & (coordinates[:, 2] == 0)).sum())
    return shapes


def count_arcs(tally: ArcTally, name: str | None, beside: Beside) -> None:
    """Add the arcs of a layer in a reference system, None for an unknown one, to what was noticed."""
    if not tally.count:
        return
    beside.arcs += tally.count
    metres = metres_per_unit(name) if name else None
    if metres is None or beside.arcs_off_m is None:
        beside.arcs_off_m = None
    else:
        beside.arcs_off_m = max(beside.arcs_off_m, tally.off * metres)


def metres_per_unit(name: str) -> float | None:
    """Return how many metres the unit of a reference system is at most on the ground; None for an unknown system."""
    known = system(name)
    if known is None or not known.axis_info:
        return None
    factor = known.axis_info[0].unit_conversion_factor
    return factor * MEAN_RADIUS_M if known.is_geographic else factor
