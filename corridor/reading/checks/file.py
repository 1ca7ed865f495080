"""What is unusual about a file as a source of routes: where its coordinates lie, in which system, and what it lacks."""

from collections import Counter
from collections.abc import Iterator

from corridor.quantities import counted
from corridor.reading.contents import Contents, in_degrees
from corridor.reading.faults import Check, FaultSpot, Mend, Severity, shown
from corridor.reading.reference_systems import label, plausible_systems, share_inside, system
from corridor.reading.repairs import file as mends
from corridor.reading.structure import PositionRun


def _spot(run: PositionRun, choices: tuple[str, ...] = (), **words: object) -> FaultSpot:
    x, y = (float(v) for v in run.lonlat[0]) if run.lonlat is not None else (None, None)
    lon, lat = (x, y) if run.lonlat is not None and in_degrees(run.lonlat) else (None, None)
    return FaultSpot(path=run.path, feature=run.feature, lon=lon, lat=lat, words=words, choices=choices)


def _declared(contents: Contents) -> Iterator[FaultSpot]:
    if contents.system and system(contents.system) is not None:
        path = next((path for path, _ in contents.declared_systems), None)
        yield FaultSpot(path=path, words={"system": shown(label(contents.system), 80)})


def _unknown_system(contents: Contents) -> Iterator[FaultSpot]:
    if contents.system and system(contents.system) is None:
        path = next((path for path, _ in contents.declared_systems), None)
        yield FaultSpot(path=path, words={"system": shown(contents.system, 80)})


def _projected(contents: Contents) -> Iterator[FaultSpot]:
    if contents.system:
        return
    accounted = {run.path for run, _, _ in contents.other_forms}
    for run in contents.lines:
        if run.lonlat is not None and not in_degrees(run.lonlat) and run.path not in accounted:
            systems = plausible_systems(run.lonlat, contents.region)
            if systems:
                others = ", ".join(label(name) for name in systems[1:])
                more = f"; also possible: {others}" if others else ""
                yield _spot(run, choices=systems, system=label(systems[0]), others=more)


def _mixed(contents: Contents) -> Iterator[FaultSpot]:
    names = sorted({name for _, name in contents.declared_systems})
    if len(names) > 1:
        yield FaultSpot(path=contents.declared_systems[-1][0], words={"what": "the file names " + " and ".join(names)})
    degrees = [in_degrees(run.lonlat) for run in contents.lines if run.lonlat is not None]
    if True in degrees and False in degrees:
        run = contents.lines[degrees.index(not degrees[0])]
        inside = counted(sum(degrees), "line is", "lines are")
        what = f"{inside} in degrees, {len(degrees) - sum(degrees)} not"
        yield FaultSpot(path=run.path, feature=run.feature, words={"what": what})


def _swapped(contents: Contents) -> Iterator[FaultSpot]:
    for run in contents.lines:
        if run.lonlat is not None and not contents.system and mends.swapped(run.lonlat, contents.region):
            x, y = run.lonlat[0]
            yield FaultSpot(
                path=run.position_path(0), feature=run.feature, lon=float(y), lat=float(x),
                words={"x": f"{x:g}", "y": f"{y:g}"},
            )  # fmt: skip


def _outside(contents: Contents) -> Iterator[FaultSpot]:
    accounted = {run.path for run, _, _ in (*contents.other_forms, *contents.mirrored)}
    for run in contents.lines:
        if run.lonlat is None or contents.system or not in_degrees(run.lonlat) or run.path in accounted:
            continue
        if share_inside(run.lonlat, contents.region) == 0 and not mends.swapped(run.lonlat, contents.region):
            west, south, east, north = contents.region
            yield _spot(run, region=f"{west:g} to {east:g} E and {south:g} to {north:g} N")


def _partly_outside(contents: Contents) -> Iterator[FaultSpot]:
    for run in contents.lines:
        if run.lonlat is not None and not contents.system:
            share = share_inside(run.lonlat, contents.region)
            if 0 < share < 1:
                outside = len(run.lonlat) - round(share * len(run.lonlat))
                yield _spot(run, count=outside)


def _kinds(contents: Contents) -> Counter[str]:
    return Counter(node.type for node in contents.structure.nodes if node.type and node.type not in ("Feature",))


def _no_line(contents: Contents) -> Iterator[FaultSpot]:
    kinds = _kinds(contents)
    lines = {"LineString", "MultiLineString", "Polygon", "MultiPolygon"} & set(kinds)
    if not contents.lines and not lines:
        held = ", ".join(f"{kind} ({count})" for kind, count in kinds.items() if kind != "FeatureCollection")
        yield FaultSpot(path="", words={"held": f"it holds {held}" if held else "it holds no geometry"})


def _polygons(contents: Contents) -> Iterator[FaultSpot]:
    for node in contents.structure.nodes:
        if node.type in ("Polygon", "MultiPolygon"):
            mendable = bool(mends.rings_of(node))
            yield FaultSpot(path=node.path, feature=node.feature, words={"type": node.type}, mendable=mendable)


def _same_line(contents: Contents) -> Iterator[FaultSpot]:
    seen: dict[bytes, str] = {}
    for index, candidate in enumerate(contents.candidates if len(contents.candidates) > 1 else ()):
        key, name = mends.line_key(candidate.lines), shown(candidate.name or f"Route {index + 1}")
        if key in seen:
            yield FaultSpot(path=candidate.path, feature=candidate.feature, words={"name": name, "other": seen[key]})
        seen.setdefault(key, name)


WARNING, NOTE = Severity.WARNING, Severity.NOTE

FILE_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "other-system",
        WARNING,
        "The coordinates are in {system}, not longitude and latitude on WGS84.",
        "Let them be converted; nothing is measured before.",
        _declared,
        Mend("convert from the declared system to longitude and latitude on WGS84", placed=mends.reproject),
        blocks=True,
    ),
    Check(
        "unknown-system",
        WARNING,
        "The file names a reference system that is not known: {system}.",
        "Export the file again in longitude and latitude on WGS84.",
        _unknown_system,
        blocks=True,
    ),
    Check(
        "projected-coordinates",
        WARNING,
        "The coordinates are not degrees; read as {system} they lie in the region{others}.",
        "Let them be converted if that is the system; ask the sender if you are not sure.",
        _projected,
        Mend(
            "convert from the likeliest projected system to longitude and latitude",
            placed=mends.reproject_guessed,
            by_name=True,
        ),
        blocks=True,
    ),
    Check(
        "mixed-systems",
        WARNING,
        "Several reference systems seem to be mixed: {what}.",
        "Export all routes in longitude and latitude on WGS84.",
        _mixed,
    ),
    Check(
        "lat-lon-swapped",
        WARNING,
        "{x}, {y} lies far from the region; read as latitude, longitude it lies in it. The two are swapped.",
        "Let longitude come first, as GeoJSON has it.",
        _swapped,
        Mend("exchange the first two numbers of every position of these lines", placed=mends.swap),
    ),
    Check(
        "outside-region",
        WARNING,
        "The whole line lies outside the mapped region ({region}).",
        "See whether it is the right file; lengths are given, territories are “outside”.",
        _outside,
    ),
    Check(
        "partly-outside-region",
        NOTE,
        "{count:vertex lies|vertices lie} outside the mapped region.",
        "Their length is counted as “outside”.",
        _partly_outside,
    ),
    Check(
        "no-line",
        WARNING,
        "The file holds no line: {held}.",
        "Send the route as a LineString.",
        _no_line,
        blocks=True,
    ),
    Check(
        "polygon-for-line",
        WARNING,
        "A {type} stands where a route has to be a line.",
        "Its outline can be taken as a line; better send the line itself.",
        _polygons,
        Mend("take the rings of polygons as lines", mends.outlines, by_name=True),
    ),
    Check(
        "same-route",
        WARNING,
        "“{name}” is the same line as “{other}”.",
        "Let the later one be dropped.",
        _same_line,
        Mend("drop features whose line is the same as an earlier one's", mends.drop_same_routes, by_name=True),
    ),
)
