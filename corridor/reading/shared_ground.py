"""How far routes of a file run on the same ground, and which run beside another as a second track or carriageway."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from corridor.land.geodesy import Positions
from corridor.reading.covered_routes import RouteLines, of_one_kind, repeated_routes, same_line
from corridor.reading.possible_routes import PossibleRoute, RouteArrays
from corridor.reading.repeats import LEAST_BESIDE_M, RepeatedRun, repeated_runs, rough_lengths_m

#: Routes among which shared ground is sought. More are pieces of a network of roads, in which carriageways side by side
#: are nothing to tell. The cost sets no such limit: twelve of 300 km side by side took 0.2 s of a processor (measured).
MOST_ROUTES = 12
#: Routes that run on ground of others up to which it is told of which; all 66 pairs of those twelve took 2.9 s.
MOST_IN_PAIRS = 3
#: Metres of shared ground that are worth a word.
WORTH_A_WORD_M = LEAST_BESIDE_M
#: The share of a second track that lies beside the first, and the least that the shorter of the two has of the longer.
#: Chosen, not measured: tracks part at stations and at tunnels of their own, which are a small part of a line.
MOST_OF_IT = 0.9
#: Words that tell two tracks or carriageways of one way apart; numbers and single letters do so as well.
DIRECTIONS = re.compile(
    r"\b(north|south|east|west)(bound|ern)?\b|\b(up|down|left|right|in|out|inbound|outbound|forward|backward|there|back|"
    r"return|track|carriageway|lane|line|side|direction|to|from|hin|rück|richtung|aller|retour|gidiş|dönüş|sol|sağ|"
    r"путь|пути|чётный|нечётный|четный|нечетный|туда|обратно|левый|правый|прямо)\b|\b\w\b|[\d_\W]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SharedGround:
    """How far the route `number` runs where the earlier route `other` does, in metres of its own length.

    `same_m` run on the same line, `beside_m` beside it, `apart_m` away (the median of the longest such run); `lon` and
    `lat` are where that begins. `other` is None where so many routes share ground that it is not told with which.
    """

    number: int
    other: int | None
    same_m: float
    beside_m: float
    apart_m: float
    lon: float
    lat: float

    @property
    def together_m(self) -> float:
        """The metres on the same line and beside it."""
        return self.same_m + self.beside_m


def shared_ground(routes: Sequence[RouteLines]) -> list[SharedGround]:
    """Return where routes, as their lines in (lon, lat) degrees, run on ground of earlier ones, pair by pair.

    Of more than MOST_ROUTES nothing is said. The cost is that of `repeated_runs` for all, and for each pair where no
    more than MOST_IN_PAIRS run on ground of others.
    """
    if not 1 < len(routes) <= MOST_ROUTES:
        return []
    first = [0, *accumulate(len(lines) for lines in routes)]
    runs = _runs([rows for lines in routes for rows in lines])
    # Three routes or more abreast are no carriageways, and each keeps its length anyway.
    met = sorted({next(n for n, end in enumerate(first[1:]) if run.line < end) for run in runs if not run.own_leg})
    shared = []
    for number in met:
        own_m = sum(map(_length_m, _runs(routes[number])))
        with_others: list[tuple[int | None, int, list[RepeatedRun]]] = [(None, first[number], runs)]
        if len(met) <= MOST_IN_PAIRS:
            pairs = ((other, [*routes[other], *routes[number]]) for other in range(number))
            with_others = [(other, len(routes[other]), _runs(lines)) for other, lines in pairs]
        for other, before, repeats in with_others:
            of_this = [run for run in repeats if 0 <= run.line - before < len(routes[number])]
            same_m, beside_m = (sum(_length_m(run) for run in of_this if run.same is same) for same in (True, False))
            if same_m + beside_m - own_m >= WORTH_A_WORD_M:
                longest = max(of_this, key=_length_m)
                apart_m = max((run for run in of_this if not run.same), key=_length_m, default=longest).apart_m
                lon, lat = _place(routes[number][longest.line - before], longest.from_m)
                shared.append(SharedGround(number, other, same_m, beside_m, apart_m, lon, lat))
    return shared


def _length_m(run: RepeatedRun) -> float:
    return run.to_m - run.from_m


def _runs(lines: RouteLines) -> list[RepeatedRun]:
    return repeated_runs([rows[:, :2] for rows in lines], [rough_lengths_m(rows) for rows in lines])


def _place(rows: Positions, at_m: float) -> tuple[float, float]:
    along = np.concatenate([[0.0], np.cumsum(rough_lengths_m(rows))])
    return float(np.interp(at_m, along, rows[:, 0])), float(np.interp(at_m, along, rows[:, 1]))


def each_once(
    candidates: tuple[PossibleRoute, ...], in_degrees: Sequence[bool]
) -> tuple[tuple[PossibleRoute, ...], tuple[SharedGround, ...]]:
    """Return candidates without those that lie on another or beside it, which holds them, and what the rest share.

    Only of candidates that are all `in_degrees` second tracks are sought.
    """
    if len(candidates) < 2:
        return candidates, ()

    def of_one(number: int, other: int) -> bool:
        return of_one_kind(candidates[number].properties, candidates[other].properties)

    groups = repeated_routes(RouteArrays(candidates), of_one, in_degrees)
    gone = {n for held in groups.values() for n in held}
    left = tuple(
        replace(candidate, covered=tuple(candidates[n] for n in groups[number])) if number in groups else candidate
        for number, candidate in enumerate(candidates)
        if number not in gone
    )
    return _without_second_tracks(left) if all(in_degrees) else (left, ())


def _without_second_tracks(
    candidates: tuple[PossibleRoute, ...],
) -> tuple[tuple[PossibleRoute, ...], tuple[SharedGround, ...]]:
    """Return candidates without second tracks, which those hold beside which they run, and what the others share.

    A second track lies beside an earlier route over MOST_OF_IT of its length, is about as long, of the same kind, and
    called alike but for a number or a direction.
    """
    arrays = RouteArrays(candidates)
    shared = shared_ground(arrays)
    metres = [sum(float(rough_lengths_m(rows).sum()) for rows in lines) for lines in arrays] if shared else []
    holder: dict[int, SharedGround] = {}
    for ground in shared:
        if ground.other is None:
            continue
        first, second = candidates[ground.other], candidates[ground.number]
        first_m, second_m = metres[ground.other], metres[ground.number]
        alike = called_alike(first.name, second.name) and of_one_kind(first.properties, second.properties)
        as_long = MOST_OF_IT <= first_m / second_m <= 1 / MOST_OF_IT
        beside = ground.together_m >= MOST_OF_IT * second_m and ground.beside_m >= second_m / 2
        if alike and as_long and beside and not {ground.number, ground.other} & holder.keys():
            holder[ground.number] = ground
    held = list(candidates)
    for number, ground in holder.items():
        if ground.other is None:
            continue
        second = replace(candidates[number], apart_m=ground.apart_m, covered=())
        of_first = (*held[ground.other].covered, *candidates[number].covered, second)
        held[ground.other] = replace(held[ground.other], covered=of_first)
    left = [number for number in range(len(candidates)) if number not in holder]
    new = {number: index for index, number in enumerate(left)}
    kept = (ground for ground in shared if ground.number in new and ground.other in {*new, None})
    return tuple(held[number] for number in left), tuple(
        replace(ground, number=new[ground.number], other=None if ground.other is None else new[ground.other])
        for ground in kept
    )


def called_alike(name: str | None, other: str | None) -> bool:
    """Whether two names differ by a number, a letter or a direction alone, or are not given."""
    bare, others = (DIRECTIONS.sub("", text or "").casefold() for text in (name, other))
    return bare == others or not (name and other)


def is_on(piece: PossibleRoute, whole: PossibleRoute, *, same: bool) -> bool:
    """Whether a covered route lies on the one that holds it: as the same line, or as a piece of it."""
    return piece.apart_m is None and same_line(piece.arrays, whole.arrays) is same
