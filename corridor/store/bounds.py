"""How much a piece of long work may take, and the sentences in which somebody is told that it took more."""

from dataclasses import dataclass
from typing import TypeVar

from corridor.quantities import counted
from corridor.settings import Settings

#: What a task comes to that does not fail.
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class WorkBounds:
    """What work may use, and how much of it may wait.

    `workers` processes work at a time, each with `memory_mb` megabytes of address space (of which about 500 are
    libraries) and `seconds` for one task. Beyond them, `short_tries` more take what would wait: a task that is not
    done there in `short_seconds` makes way for others that wait, and has several times as long when it is tried
    again. So nobody whose task is short waits for others' long ones. Of all visits together at most `waiting` tasks
    wait for their turn, of one visit `waiting_of_one`. A task that nobody asked for during `unasked_seconds` ends: a
    page that waits asks twice a second, one in a browser's background once a minute. One whose page is gone ends
    after `gone_seconds`, in which a connection that broke is made again.
    """

    workers: int = 2
    memory_mb: int = 3_000
    seconds: float = 120.0
    short_tries: int = 1
    short_seconds: float = 2.0
    waiting: int = 60
    waiting_of_one: int = 6
    unasked_seconds: float = 75.0
    gone_seconds: float = 6.0

    @property
    def cpu_seconds(self) -> float:
        """Seconds of a processor after which the system itself ends a task, should nobody else have done so."""
        return self.seconds + 5.0


AS_SHIPPED = WorkBounds()


def bounds_of(settings: Settings) -> WorkBounds:
    """Return the bounds that the settings of this application name."""
    return WorkBounds(memory_mb=round(settings.work_mb), seconds=settings.work_seconds)


@dataclass(frozen=True, slots=True)
class Failed:
    """A task came to nothing; the sentence says why. `cancelled` is true where somebody wanted it so."""

    says: str
    cancelled: bool = False


CANCELLED = Failed("It was cancelled; all that was here before still is.", cancelled=True)
FORGOTTEN = Failed("The file was forgotten in the meantime.")
UNASKED = Failed("Nobody waited for it any more, so it was ended; nothing of yours was lost.", cancelled=True)
GAVE_WAY = Failed("Others waited whose work takes less, and this made room. Nothing was lost; try again in a minute.")
NO_ROOM = Failed("The disk of this machine has no room for the work. Nothing was lost; try again later.")


def too_long(bounds: WorkBounds) -> Failed:
    """Return what is said of a task that took longer than it may."""
    return Failed(
        f"It took longer than the {bounds.seconds:g} seconds it may take, and was stopped. Send a smaller file, or "
        "one with fewer lines and vertices; CORRIDOR_WORK_SECONDS sets another limit."
    )


def too_much(bounds: WorkBounds) -> Failed:
    """Return what is said of a task that needed more memory than it may, or whose process ended."""
    return Failed(
        f"It needed more than the {bounds.memory_mb:,} MB of memory it may take, or its contents stopped the "
        "program that reads them. Send a smaller file, or export the route again as GeoJSON."
    )


def full(bounds: WorkBounds) -> Failed:
    """Return what is said where as much work waits here as may."""
    return Failed(
        f"{counted(bounds.waiting, 'piece')} of work wait here already, which is all that may. Nothing was lost; try "
        "again in a minute."
    )


def full_for_one(bounds: WorkBounds) -> Failed:
    """Return what is said where as much work of one visit waits as may."""
    return Failed(
        f"{counted(bounds.waiting_of_one, 'piece')} of your work wait here already. Nothing was lost; wait for one of "
        "them, or cancel it."
    )
