"""Which lines are numbers in another form than degrees: minutes in one number, E7, kilometres, with a sign lost."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import CRS84, Positions, metres_outside
from corridor.quantities import metres
from corridor.reading.checks.written import then
from corridor.reading.contents import Contents
from corridor.reading.degree_forms import GON_FOR_DEGREES, IN_GON, KILOMETRES, in_kilometres
from corridor.reading.faults import Check, FaultSpot, Mend, Severity, SystemChoice
from corridor.reading.position_runs import PositionRun
from corridor.reading.reference_systems import label, order_words, share_inside
from corridor.reading.repairs import written as mends
from corridor.reading.system_candidates import sampled, shift_m, small_lines


def _other_form(contents: Contents) -> Iterator[FaultSpot]:
    names = dict.fromkeys(form.name for _, form, _ in contents.other_forms if form is not KILOMETRES)
    for name in names:
        group = [(run, form, lonlat) for run, form, lonlat in contents.other_forms if form.name == name]
        for feature, held in _runs_by_feature(group):
            run, form, lonlat = held[0]
            lon, lat = (float(number) for number in lonlat[0])
            yield FaultSpot(
                path=run.position_path(0),
                feature=feature,
                lon=lon if abs(lon) <= 180 else None,
                lat=lat if abs(lat) <= 90 else None,
                words={
                    "count": sum(run.count for run, _, _ in held),
                    "pair": _pair(run.lonlat),
                    "form": form.says,
                    "place": f"{lon:.5f}, {lat:.5f}",
                    "then": then(contents, [numbers for _, _, numbers in held]),
                },
            )


def _runs_by_feature(group: list[tuple[PositionRun, Any, Any]]) -> Iterable[tuple[int | None, list[Any]]]:
    """Return lines that are told of together: all that are out of range, each feature by itself of those in it."""
    groups: dict[int | None, list[Any]] = {}
    features = {run.feature for run, _, _ in group}
    for entry in group:
        run, form, _ = entry
        groups.setdefault(run.feature if form.in_range or len(features) == 1 else None, []).append(entry)
    return groups.items()


def _pair(lonlat: NDArray[np.float64] | None) -> str:
    return "" if lonlat is None else ", ".join(f"{number:.9g}" for number in lonlat[0])


def _kilometres(contents: Contents) -> Iterator[FaultSpot]:
    runs = [(run, in_metres) for run, form, in_metres in contents.other_forms if form is KILOMETRES]
    if runs:
        run, in_metres = runs[0]
        systems = in_kilometres(in_metres / 1000, contents.region)
        system = label(systems[0].name)
        if systems[0].northing_first:
            system += f" with {order_words(systems[0].name, northing_first=True)}"
        words = {"count": sum(run.count for run, _ in runs), "pair": _pair(run.lonlat), "system": system}
        yield FaultSpot(path=run.position_path(0), feature=run.feature, words=words)


def _mirrored(contents: Contents) -> Iterator[FaultSpot]:
    for feature, held in _runs_by_feature(list(contents.mirrored)):
        run, form, lonlat = held[0]
        lon, lat = (float(number) for number in lonlat[0])
        yield FaultSpot(
            path=run.position_path(0),
            feature=feature,
            words={
                "what": _wrong_sign(form.name, lon, lat),
                "pair": _pair(run.lonlat),
                "place": f"{lon:g}, {lat:g}",
                "then": then(contents, [numbers for _, _, numbers in held]),
            },
        )


def _wrong_sign(which: str, lon: float, lat: float) -> str:
    """Return what is wrong with the signs of numbers that are meant as a place, in degrees."""
    if which == "both":
        return "longitudes and latitudes have the wrong sign"
    minus_lost = (lon if which == "longitude" else lat) < 0
    return f"{which}s {'lack a minus' if minus_lost else 'have a minus too many'}"


def _gon_place(contents: Contents, degrees: NDArray[np.float64]) -> str:
    """Return the first of some degrees, longitude first."""
    first, second = (f"{number:.7g}" for number in degrees[0])
    inside = share_inside(degrees, contents.region) > 0
    return f"{first}, {second}" if inside else f"{second}, {first} with latitude first"


def _gon(contents: Contents) -> Iterator[FaultSpot]:
    for feature, held in _runs_by_feature(list(contents.gon)):
        run, _, degrees = held[0]
        if run.lonlat is None:
            continue
        lon, lat = (float(number) for number in run.lonlat[0])
        words = {
            "away": metres(metres_outside(run.lonlat, contents.region)),
            "pair": f"{lon:.7g}, {lat:.7g}",
            "place": _gon_place(contents, degrees),
            "then": then(contents, [numbers for _, _, numbers in held]).replace("Read so", "Read as gon"),
        }
        systems = _gon_or_degrees(run.lonlat, degrees, contents)
        yield FaultSpot(path=run.position_path(0), feature=feature, lon=lon, lat=lat, words=words, systems=systems)


def _gon_or_degrees(lonlat: Positions, degrees: Positions, contents: Contents) -> tuple[SystemChoice, ...]:
    """Return where a line lies as gon, the likelier answer, and as degrees."""
    as_gon = degrees if share_inside(degrees, contents.region) > 0 else degrees[:, ::-1]
    (lon, lat), (lon_stands, lat_stands) = as_gon[0].tolist(), lonlat[0].tolist()
    away_m = shift_m(sampled(as_gon), sampled(lonlat))
    return (
        SystemChoice(IN_GON, 0.0, lon, lat, lines=small_lines([as_gon])),
        SystemChoice(CRS84, away_m, lon_stands, lat_stands, lines=small_lines([lonlat])),
    )


WARNING = Severity.WARNING

OTHER_FORM_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "degrees-other-form",
        WARNING,
        "{pair} is {form} ({count:position|positions}); in plain degrees it is {place}.",
        "See whether that is the place, and let the positions be written as plain degrees.{then}",
        _other_form,
        Mend("write other forms of degrees as plain degrees", placed=mends.write_form, by_name=True),
        blocks=True,
    ),
    Check(
        "kilometres-for-metres",
        WARNING,
        "{pair} seems to be in kilometres ({count:position|positions}); in metres it lies in the region as {system}.",
        "Let it be written in metres; then the system can be chosen.",
        _kilometres,
        Mend("write kilometres as metres", placed=mends.write_form, by_name=True),
        blocks=True,
    ),
    Check(
        GON_FOR_DEGREES,
        WARNING,
        "As degrees the line lies {away} outside the region; as gon, 400 to a circle, {pair} is {place}, in it.",
        "Choose: gon, as surveyors' instruments have them, or degrees; nothing is measured until then.{then}",
        _gon,
        Mend("write gon as degrees", placed=mends.write_gon, by_name=True),
        blocks=True,
    ),
    Check(
        "sign-lost",
        WARNING,
        "The {what}: the line begins at {pair}, with the sign changed at {place}.",
        "If that is the place, let the sign be changed; until then nothing is measured.{then}",
        _mirrored,
        Mend("change the sign that keeps a line out of the region", placed=mends.change_signs, by_name=True),
        blocks=True,
    ),
)
