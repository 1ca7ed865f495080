"""What a GeoPackage may not hold if it is to be read, and which of its layers could not be: said by name."""

from collections.abc import Iterator
from dataclasses import dataclass

from corridor.reading.faults import Check, FaultSpot, Severity, shown
from corridor.reading.limits import LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Held:
    """What was found in a GeoPackage beside its layers; `unread` are layers with the reason why."""

    virtual: tuple[tuple[str, str], ...] = ()
    triggers: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    layers: int = 0
    log_missing: bool = False
    limits: Limits = LIMITS


def _virtual(held: Held) -> Iterator[FaultSpot]:
    for name, module in held.virtual:
        yield FaultSpot(words={"name": shown(name), "module": shown(module)})


def _triggers(held: Held) -> Iterator[FaultSpot]:
    if held.triggers:
        yield FaultSpot(words={"count": len(held.triggers), "names": shown(", ".join(held.triggers), 100)})


def _unread(held: Held) -> Iterator[FaultSpot]:
    for name, reason in held.unread:
        yield FaultSpot(words={"name": shown(name), "reason": shown(reason, 120)})


def _too_many(held: Held) -> Iterator[FaultSpot]:
    if held.layers > held.limits.layers:
        yield FaultSpot(words={"layers": f"{held.layers:,}", "cap": f"{held.limits.layers:,}"})


def _log_missing(held: Held) -> Iterator[FaultSpot]:
    if held.log_missing:
        yield FaultSpot()


ERROR = Severity.ERROR

DATABASE_CHECKS: tuple[Check[Held], ...] = (
    Check(
        "database-virtual-table",
        ERROR,
        "The table “{name}” is not in the file: “{module}” would make its rows, perhaps from other files. "
        "Nothing was read.",
        "Export the route's layer alone into a new GeoPackage, or ask the owner of the file to.",
        _virtual,
        blocks=True,
    ),
    Check(
        "database-trigger",
        ERROR,
        "{count:command (trigger)|commands (triggers)} no GeoPackage needs would run inside the file: “{names}”. "
        "Nothing was read.",
        "Export the route's layer alone into a new GeoPackage, or ask the owner of the file to.",
        _triggers,
        blocks=True,
    ),
    Check(
        "layers-too-many",
        ERROR,
        "The GeoPackage lists {layers} layers; at most {cap} are read.",
        "Export the route's layer alone into a new GeoPackage.",
        _too_many,
        blocks=True,
    ),
    Check(
        "layer-unread",
        ERROR,
        "The layer “{name}” was not read: {reason}.",
        "Export this layer again, as a table of its own in a new GeoPackage.",
        _unread,
    ),
    Check(
        "database-log-missing",
        Severity.WARNING,
        "The file may be incomplete: it keeps its latest changes in a second file (-wal), and none came with it.",
        "Ask the sender before you use its lengths, or have both files sent in one archive.",
        _log_missing,
    ),
)
