"""Whether a line runs along another all the way, as a second track, a siding or a carriageway does, and how far off."""

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions
from corridor.reading.parallel_looks import BESIDE_M
from corridor.reading.repeats import LEAST_BESIDE_M, plane, rough_lengths_m

#: Vertices of a line at which it is asked how far another is.
ASKED = 50
#: A line so many times longer than it is far from another runs along it: their directions lie within 15 degrees.
LONGER = 4.0
#: Distances in metres that are told apart: two tracks lie 4 to 5 m apart, two carriageways up to BESIDE_M.
WITHIN_M = (5.0, 10.0, 15.0, 20.0, 30.0, 40.0, BESIDE_M)


def apart_m(rows: Positions, others: Positions) -> float:
    """Return how far a line lies from another at most, asked at its vertices and in the middle between them."""
    return float(shapely.distance(_asked(rows), shapely.LineString(plane(others))).max()) / _stretch(rows)


class LineCourse:
    """The course of a line, of which it is asked again and again what runs along it; each question costs little."""

    def __init__(self, rows: Positions) -> None:
        """Take the (lon, lat) rows of a line of two positions or more."""
        self._line = shapely.LineString(plane(rows))
        shapely.prepare(self._line)

    def along_m(self, rows: Positions) -> float | None:
        """Return within how many metres a short line lies beside the course from end to end.

        None of one that leads away, and of one of LEAST_BESIDE_M or more, for which `repeated_runs` has answered that.
        """
        length = float(rough_lengths_m(rows).sum())
        if length >= LEAST_BESIDE_M:
            return None
        places, stretch = _asked(rows), _stretch(rows)
        nearer = (metres for metres in WITHIN_M if shapely.dwithin(self._line, places, metres * stretch).all())
        apart = next(nearer, None)
        return apart if apart is not None and length >= LONGER * apart else None


def _asked(rows: Positions) -> NDArray[np.object_]:
    flat = plane(rows)
    between = np.vstack([flat, (flat[:-1] + flat[1:]) / 2])
    return np.asarray(shapely.points(between[:: 1 + len(between) // ASKED]))


def _stretch(rows: Positions) -> float:
    """Return how many times too long the plane shows what lies here."""
    return 1 / float(np.cos(np.radians(np.clip(rows[:, 1].mean(), -85, 85))))
