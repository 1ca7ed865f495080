"""What is said of routes of one file that run on the same ground, or beside each other."""

from collections.abc import Iterator

from corridor.quantities import sentence
from corridor.reading.checks.file import called
from corridor.reading.contents import Contents
from corridor.reading.counted_once import total_km
from corridor.reading.faults import Check, FaultSpot, Mend, Severity, shown
from corridor.reading.repairs import file as mends
from corridor.reading.shared_ground import SharedGround

#: Two routes are practically the same line where they share so much of the longer one.
SAME_SHARE = 0.99


def _second_tracks(contents: Contents) -> Iterator[FaultSpot]:
    for index, candidate in enumerate(contents.candidates):
        for piece in candidate.covered:
            if piece.apart_m is not None:
                lon, lat = piece.arrays[0][0, :2].tolist()
                words = {
                    "name": sentence(called(piece)),
                    "other": shown(candidate.name or f"Route {index + 1}"),
                    "metres": f"{piece.apart_m:,.0f}",
                    "km": f"{total_km(piece.arrays):,.1f} km",
                }
                yield FaultSpot(path=piece.path, feature=piece.feature, lon=lon, lat=lat, words=words)


def _shared(contents: Contents) -> Iterator[FaultSpot]:
    """Yield for each route that runs on ground of earlier ones the one it shares most with; one spot for many."""
    most: dict[int, SharedGround] = {}
    for ground in contents.shared_ground:
        known = most.get(ground.number)
        most[ground.number] = ground if known is None or ground.together_m > known.together_m else known
    many = [ground for ground in most.values() if ground.other is None]
    for ground in many[:1] or most.values():
        route = contents.candidates[ground.number]
        if ground.other is None:
            longest = max(ground.together_m for ground in many) / 1000
            what = f"{len(many)} routes run on the ground of others of this file, one for {longest:,.1f} km"
        else:
            other = shown(contents.candidates[ground.other].name or f"Route {ground.other + 1}")
            beside = ground.beside_m > ground.same_m
            how = f"beside “{other}”, {ground.apart_m:,.0f} m away" if beside else f"on the same ground as “{other}”"
            what = f"{ground.together_m / 1000:,.1f} km of {called(route)} run {how}"
            longest = max(total_km(contents.candidates[number].arrays) for number in (ground.number, ground.other))
            if not beside and ground.together_m >= SAME_SHARE * 1000 * longest:
                what = f"{sentence(called(route))} and “{other}” are practically the same line, {longest:,.1f} km long"
        yield FaultSpot(path=route.path, feature=route.feature, lon=ground.lon, lat=ground.lat, words={"what": what})


SHARED_GROUND_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "second-track",
        Severity.NOTE,
        "{name} runs beside “{other}”, {metres} m apart, as a second carriageway or track does; its {km} are "
        "counted once.",
        "Nothing needs to be done; send it in a file of its own to have its length alone.",
        _second_tracks,
        Mend("drop routes that run beside another as a second track", mends.drop_second_tracks, by_name=True),
    ),
    Check(
        "shares-ground",
        Severity.NOTE,
        "{what}. Each keeps its whole length.",
        "Do not add their lengths; set the routes side by side to see where they part.",
        _shared,
    ),
)
