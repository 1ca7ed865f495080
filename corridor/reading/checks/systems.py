"""What is said of the reference systems of a file: what was converted, what is not clear, what contradicts it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corridor.land.geodesy import CRS84
from corridor.quantities import counted, listed, metres
from corridor.reading.contents import Contents, in_degrees
from corridor.reading.declared_systems import older_number, one_digit_apart
from corridor.reading.faults import Check, FaultSpot, Finding, FindingsWithSpots, Mend, Severity, SystemChoice, shown
from corridor.reading.reference_systems import code, label, order_words, system
from corridor.reading.repairs.systems import convert
from corridor.reading.standing import Standing, SystemPart
from corridor.reading.system_candidates import FURTHEST_RIVAL_M

#: Choices named in a sentence; all of them stand in the table beside it.
MOST_NAMED = 3
#: How it begins what the system of a part is, by who named it.
YOU_CHOSE, THE_FILE_SAYS = "You chose", "The file says"
AS_THE_FILE_SAYS = "as the file says"


def _spot(part: SystemPart, **words: object) -> FaultSpot:
    """Return where a part stands: its `crs` member, or the first of its lines."""
    first = part.runs[0]
    path = part.members[0] if part.members else first.path
    feature = first.feature if len({run.feature for run in part.runs}) == 1 else None
    return FaultSpot(path=path, feature=feature, words=words, systems=part.choices)


def _of(contents: Contents, standing: Standing) -> Iterator[SystemPart]:
    return (part for part in contents.systems if part.standing is standing)


def _which(choices: Sequence[SystemChoice]) -> str:
    """Return choices side by side with how far apart they put the line: "EPSG:32638; EPSG:28468, 1.7 km from it"."""
    if not choices:
        return "no system that is known here puts the line in the region"
    named = [_choice(choice) for choice in choices[:MOST_NAMED]]
    more = len(choices) - MOST_NAMED
    return "; ".join(named) + (f"; and {more} more" if more > 0 else "")


def _choice(choice: SystemChoice) -> str:
    words = code(choice.name)
    if choice.northing_first:
        words += f", {order_words(choice.name, northing_first=True)}"
    return f"{words}, {metres(choice.shift_m)} away" if choice.shift_m else words


def _asked(choices: Sequence[SystemChoice]) -> str:
    """Return the advice for a question about the system."""
    if not choices:
        return "Export it again in longitude and latitude on WGS84; nothing was converted."
    return f"Ask the sender, or choose: {_which(choices)}."


def _fits(choices: Sequence[SystemChoice]) -> str:
    order = f", with {order_words(choices[0].name, northing_first=True)}" if choices[0].northing_first else ""
    if len(choices) == 1:
        return f"{code(choices[0].name)} would put them in the region{order}"
    apart = metres(max(choice.shift_m for choice in choices))
    return f"{counted(len(choices), 'system')} would put them in the region, up to {apart} apart{order}"


def _as_the_file_says(contents: Contents, part: SystemPart) -> str:
    """Return that a file names its system, and by which older number of Web Mercator where it is one."""
    if not part.members or code(part.system or "") != "EPSG:3857":
        return AS_THE_FILE_SAYS
    owner, _, member = part.members[0].rpartition("/")
    node = next((node for node in contents.structure.nodes if node.path == owner), None)
    older = older_number(shown(str(node.value.get(member)), 300)) if node is not None else None
    return f"which the file calls {older}" if older else AS_THE_FILE_SAYS


def _converted(contents: Contents) -> Iterator[FaultSpot]:
    for part in _of(contents, Standing.CONVERTED):
        # Of one that was chosen among several more is said below.
        if part.rival_m:
            continue
        order = f" with {order_words(part.system or CRS84, northing_first=True)}" if part.northing_first else ""
        source = "as you chose" if part.chosen else _as_the_file_says(contents, part)
        if part.moved_m and part.moved_m >= 0.05:
            datum = f"The other model of the Earth (datum) moves them by {metres(part.moved_m)}"
        else:
            datum = "The model of the Earth (datum) moves nothing"
        yield _spot(
            part, system=shown(label(part.system or ""), 80), source=source + order, datum=datum,
            accuracy=f"up to {metres(part.accuracy_m)} of error" if part.accuracy_m >= 0.5 else "no error",
        )  # fmt: skip


def _order_unclear(contents: Contents) -> Iterator[FaultSpot]:
    for part in _of(contents, Standing.CONVERTED):
        if len(part.choices) == 2 and not part.chosen:
            first, other = part.choices
            # The choice itself is made where the conversion is told of.
            yield replace(_spot(part, away=metres(other.shift_m), first=code(first.name), other=other.name), systems=())


def _undeclared(contents: Contents) -> Iterator[FaultSpot]:
    for part in _of(contents, Standing.UNDECLARED):
        yield _spot(
            part,
            named=f"though the file says {code(part.declared)}"
            if part.declared
            else "in a system the file does not name",
            fits=_fits(part.choices) if part.choices else "No system known here puts them in the region",
            asked=_asked(part.choices),
        )


def _unknown(contents: Contents) -> Iterator[FaultSpot]:
    for part in _of(contents, Standing.UNKNOWN):
        yield _spot(part, system=shown(_named(part.declared or ""), 80), asked=_asked(part.choices))


def _named(declared: str) -> str:
    """Return what a file calls a system that places nothing by itself."""
    known = system(declared)
    if known is None:
        return declared
    if known.is_engineering:
        return f"“{known.name}”, a grid of its own; the file does not say where on Earth it begins"
    if known.is_projected or known.is_geographic:
        return f"{label(declared)}, on no known datum"
    return label(declared)


def _contradicted(contents: Contents) -> Iterator[FaultSpot]:
    for part in contents.systems:
        if part.standing in (Standing.CONTRADICTED, Standing.REFUSED):
            says = YOU_CHOSE if part.chosen else THE_FILE_SAYS
            so_read = "So read"
            if _only_exchanged(part):
                order = order_words(part.choices[0].name, northing_first=False)
                so_read = f"The system fits, the order of its numbers does not: with {order}"
            yield _spot(
                part,
                says=says,
                system=shown(label(part.system or ""), 60),
                so_read=so_read,
                fate=part.fate,
                better=_better(part),
            )


def _only_exchanged(part: SystemPart) -> bool:
    """Whether the system a file names puts the line in the region once its two numbers are exchanged."""
    if part.system is None or not part.choices or not part.choices[0].northing_first:
        return False
    return code(part.choices[0].name) == code(part.system)


def _better(part: SystemPart) -> str:
    """Return what would put the line in the region instead."""
    if not part.choices:
        return "Nothing was converted; see whether it is the right file and the right zone."
    first = part.choices[0]
    if first.northing_first:
        order = order_words(first.name, northing_first=True)
        if _only_exchanged(part):
            others = " What else fits is less likely: the file does not name it."
            said = f"Choose {code(first.name)} with {order}: the same system, its two numbers exchanged."
            return f"{said}{others if len(part.choices) > 1 else ''}"
        return f"Read with {order}, the two numbers exchanged, it lies in the region: choose {code(first.name)}."
    if part.runs[0].lonlat is not None and in_degrees(part.runs[0].lonlat):
        return f"The numbers are degrees and lie in the region already; choose: {_which(part.choices)}."
    slip = one_digit_apart(code(part.system or ""), code(first.name))
    meant = f" Perhaps {code(first.name)} was meant." if slip else ""
    return f"It lies in the region if read otherwise; choose: {_which(part.choices)}.{meant}"


def _assumed(contents: Contents) -> Iterator[FaultSpot]:
    for part in _of(contents, Standing.ASSUMED):
        other = next((choice for choice in part.choices if choice.shift_m), None)
        known = system(part.declared) if part.declared else None
        # That degrees are in the axes of a drawing, as its writer's program calls what it does not know, says nothing.
        named = f"“{known.name}”" if known is not None and known.is_engineering else _named(part.declared or "")
        names = shown(named, 60) if part.declared else ""
        source = f"The file names {names}, which" if names else "The file"
        elsewhere = f"On {label(other.name)} the line" if other else "On another datum the line"
        yield _spot(part, source=source, elsewhere=elsewhere, shift=metres(part.accuracy_m))


def _several(contents: Contents) -> Iterator[FaultSpot]:
    read = [part for part in contents.systems if part.named and not part.unread]
    names = dict.fromkeys(code(part.system) if part.system else "one that is not stated" for part in contents.systems)
    if read and len(names) > 1:
        yield FaultSpot(
            path=read[0].members[0] if read[0].members else None, words={"systems": shown(listed(list(names)), 100)}
        )


def _mixed(contents: Contents) -> Iterator[FaultSpot]:
    undeclared = [part for part in contents.systems if not part.named and part.standing is Standing.UNDECLARED]
    plain = [part for part in contents.systems if not part.named and part.standing is Standing.PLAIN]
    if undeclared and plain:
        lines = [sum(run.role == "line" for part in parts for run in part.runs) for parts in (plain, undeclared)]
        what = f"{counted(lines[0], 'line is', 'lines are')} in degrees, {lines[1]} not"
        yield _spot(undeclared[0], what=what)


#: Code of what is said of a system that a reader chose among several; it can only be undone where it was chosen.
CHOSEN = "system-chosen"


def said_of_choices(parts: Sequence[SystemPart]) -> FindingsWithSpots:
    """Return a warning for each part whose system was chosen among several that fit: what was chosen stays said."""
    findings: FindingsWithSpots = []
    for part in (part for part in parts if part.rival_m):
        chosen = part.system or CRS84
        spot, fitting = _spot(part), sum(choice.name != chosen for choice in part.choices)
        away = f"would put the line up to {metres(part.rival_m)} away"
        others = f"{counted(part.rivals, 'other system fits', 'other systems fit')} the numbers too and {away}"
        if fitting > part.rivals:
            near = f"{'puts' if part.rivals == 1 else 'put'} the line up to {metres(part.rival_m)} away"
            far = f"{fitting - part.rivals:,} over {FURTHEST_RIVAL_M / 1000:g} km"
            others = f"{fitting:,} others fit: {part.rivals} {near}, {far}"
        says = f"You chose {shown(label(chosen), 60)}; {others}."
        allowed = "“At least” and “at most” allow for the near ones."
        advice = f"{allowed} If the line lies wrong, undo the choice and choose another."
        warning = Finding(
            CHOSEN, Severity.WARNING, says, advice, path=spot.path, feature=spot.feature, systems=part.choices
        )
        findings.append((warning, spot))
    return findings


WARNING, NOTE = Severity.WARNING, Severity.NOTE
CONVERSION = Mend("convert to longitude and latitude on WGS84", placed=convert)
#: The same where a system has to be chosen first.
CHOSEN_CONVERSION = replace(CONVERSION, by_name=True)

SYSTEM_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "other-system",
        NOTE,
        "The numbers are in {system}, {source}, and were converted to longitude and latitude on WGS84.",
        "{datum}; the conversion adds {accuracy}. To undo it, choose “Do not convert” below.",
        _converted,
        CONVERSION,
    ),
    Check(
        "axis-order-unclear",
        WARNING,
        "With northing first, the two numbers exchanged, the line would lie in the region as well, {away} away.",
        "It was read with easting first; see on the map which is right, or choose {other}.",
        _order_unclear,
    ),
    Check(
        "unknown-system",
        WARNING,
        "The file names a reference system for its numbers that is not known: {system}.",
        "{asked}",
        _unknown,
        CHOSEN_CONVERSION,
        blocks=True,
    ),
    Check(
        "projected-coordinates",
        WARNING,
        "The numbers are metres, not degrees, {named}. {fits}.",
        "{asked}",
        _undeclared,
        CHOSEN_CONVERSION,
        blocks=True,
    ),
    Check(
        "system-contradicted",
        WARNING,
        "{says} {system}. {so_read}, the line {fate}.",
        "{better}",
        _contradicted,
        CHOSEN_CONVERSION,
        blocks=True,
    ),
    Check(
        "system-missing",
        WARNING,
        "{source} does not say how its degrees were measured (datum). WGS84, as GPS gives them, is assumed.",
        "{elsewhere} would lie {shift} away, and its accuracy is widened by that. Choose, if you know.",
        _assumed,
        CHOSEN_CONVERSION,
    ),
    Check(
        "layers-mixed-systems",
        NOTE,
        "Parts of the file are in different reference systems: {systems}.",
        "Each was read in its own; see whether the lines lie where they should.",
        _several,
    ),
    Check(
        "mixed-systems",
        WARNING,
        "Several reference systems seem to be mixed: {what}.",
        "Export all routes in longitude and latitude on WGS84.",
        _mixed,
    ),
)
