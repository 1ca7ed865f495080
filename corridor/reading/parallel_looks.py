"""Which of the places that are looked at along lines lie beside each other, and how many legs lie abreast there."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions, Values

#: Metres apart up to which two parallel stretches are the two carriageways or tracks of one way.
BESIDE_M = 50.0
#: Metres apart up to which they are the same line drawn again; more than the last decimal and the hand differ by.
SAME_M = 5.0
#: Metres across up to which parallel lines are one of the legs that lie abreast, tracks or lanes of one side: two
#: positions of receivers held in the hand lie as far apart (GPS Standard Positioning Service, 2020).
LEG_M = 16.0
#: Metres along one line between two places that are compared; nearer ones are neighbours in a bend.
NEIGHBOURS_M = 200.0
#: Cosine of 30 degrees: directions farther apart cross.
PARALLEL = 0.866
#: Looks of which those beside them are sought together: each has TANGLE times nine at most.
COMPARED_AT_ONCE = 1_000


@dataclass(frozen=True, eq=False, slots=True)
class Looks:
    """Places every `step` metres along lines: the line and metres along it, place and direction in a plane.

    The plane is Mercator's, in which directions are true and lengths are `stretch` times too long.
    """

    line: NDArray[np.intp]
    along: Values
    place: Positions
    direction: Positions
    stretch: Values
    step: float


@dataclass(frozen=True, eq=False, slots=True)
class Partners:
    """Looks that lie beside parallel ones: the numbers of each and of the first that counts before it.

    `apart` is how many metres the two are apart, `abreast` whether three legs or more lie abreast at either.
    """

    later: NDArray[np.intp]
    earlier: NDArray[np.intp]
    apart: Values
    abreast: NDArray[np.bool_]


def partners(looks: Looks, some: NDArray[np.intp]) -> Partners:
    """Return each look that lies beside a parallel one that counts before it, with that one."""
    points = np.asarray(shapely.points(looks.place[some]))
    reach = np.hypot(BESIDE_M, looks.step / 2) * looks.stretch[some]
    tree = shapely.STRtree(points)
    columns = []
    abreast = np.zeros(len(looks.line), bool)
    # Some at a time: of parallel lines a metre apart each look lies beside hundreds.
    for start in range(0, len(some), COMPARED_AT_ONCE):
        these = slice(start, start + COMPARED_AT_ONCE)
        look, other = tree.query(points[these], predicate="dwithin", distance=reach[these])
        look, other, aside = _parallel(looks, some[look + start], some[other])
        abreast[_amid_legs(look, aside)] = True
        columns.append(_first_partners(look, other, np.abs(aside)))
    later, earlier, apart = (np.concatenate(column) for column in zip(*columns, strict=True))
    return Partners(later, earlier, apart, abreast[later] | abreast[earlier])


def _parallel(
    looks: Looks, look: NDArray[np.intp], other: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp], Values]:
    """Return of pairs of looks near each other those that run parallel, with the metres from the first to the other.

    The metres are across the direction of the other, and less than 0 on one side of it. No neighbours in a bend are
    among the pairs.
    """
    apart_along = np.where(
        looks.line[look] == looks.line[other], np.abs(looks.along[look] - looks.along[other]), np.inf
    )
    turn = (looks.direction[look] * looks.direction[other]).sum(axis=1)
    off = looks.place[look] - looks.place[other]
    beside = looks.direction[other]
    aside = (off[:, 0] * beside[:, 1] - off[:, 1] * beside[:, 0]) / looks.stretch[look] * np.sign(turn)
    good = (apart_along > NEIGHBOURS_M) & (np.abs(turn) >= PARALLEL) & (np.abs(aside) <= BESIDE_M)
    return look[good], other[good], aside[good]


def _amid_legs(look: NDArray[np.intp], aside: Values) -> NDArray[np.intp]:
    """Return the looks at which three legs or more lie abreast, from how far aside of each the parallel ones are."""
    own = np.unique(look)
    look, aside = np.concatenate([look, own]), np.concatenate([aside, np.zeros(len(own))])
    _, which = np.unique(look, return_inverse=True)
    left, right = np.zeros(len(own)), np.zeros(len(own))
    np.minimum.at(left, which, aside)
    np.maximum.at(right, which, aside)
    between = (aside - left[which] > LEG_M) & (right[which] - aside > LEG_M)
    return np.unique(look[between])


def _first_partners(
    look: NDArray[np.intp], other: NDArray[np.intp], apart: Values
) -> tuple[NDArray[np.intp], NDArray[np.intp], Values]:
    """Return of pairs of parallel looks for each look the first that counts before it, and how far they are apart."""
    # Looks stand in the order that counts: by line, and along it.
    before = other < look
    look, other, apart = look[before], other[before], apart[before]
    # Of several drawn over each other the first, so that the partner does not change from look to look.
    order = np.lexsort((other, np.floor(apart / SAME_M), look))
    look, other, apart = look[order], other[order], apart[order]
    first = np.concatenate([[True], np.diff(look) != 0])[: len(look)]
    return look[first], other[first], apart[first]
