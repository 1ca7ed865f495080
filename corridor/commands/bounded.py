"""A command's work, done in a process of its own within the bounds that a page's work has; what it says of it."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from corridor.reading.limits import LIMITS, MEGABYTE, of_bytes
from corridor.settings import read_settings
from corridor.store.bounds import Failed, WorkBounds, bounds_of
from corridor.store.freed_memory import suit_freed_memory_to
from corridor.store.separate_process import done_in_own_process
from corridor.whole_file import write_whole

#: Bytes of a file beyond which not even its hash is told: it would not fit into the memory that work may take.
LARGEST_LOOKED_AT = 1_000 * MEGABYTE
FINE, ERROR_FOUND, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class CommandOutput:
    """What a command says of one piece of its work: exit status, lines for both outputs.

    Where it is to write a file, `to` is its path and `data` what it is to hold.
    """

    status: int
    out: str = ""
    err: str = ""
    data: bytes | None = None
    to: str = ""


def bounds() -> WorkBounds | None:
    """Return what the work of a command may use; None, said on standard error, where a setting cannot be used."""
    try:
        return bounds_of(read_settings())
    except ValueError as error:
        print(f"corridor: {error}", file=sys.stderr)
        return None


def say(output: CommandOutput) -> int:
    """Print what a piece of work says, and return its exit status."""
    if output.err:
        print(output.err, file=sys.stderr)
    if output.out:
        print(output.out, flush=True)
    return output.status


def in_bounds(work: Callable[..., CommandOutput], arguments: argparse.Namespace, *more: object, pieces: int = 1) -> int:
    """Have `work(arguments, *more)` done in a process of its own, write the file it makes, and say what it says.

    The time it may take is that of one file for each of its `pieces`.
    """
    within = bounds()
    if within is None:
        return WRONG_USE
    output = done_in_own_process(work, arguments, *more, bounds=replace(within, seconds=within.seconds * pieces))
    if isinstance(output, Failed):
        return say(CommandOutput(ERROR_FOUND, err=f"corridor: {output.says}"))
    if output.data is not None:
        try:
            write_whole(Path(output.to), output.data)
        except OSError as error:
            return say(CommandOutput(WRONG_USE, err=f"corridor: {output.to}: {error.strerror or error}."))
    return say(output)


def given_by_hand(file: str) -> bytes | None:
    """Return what comes through a pipe or standard input, as far as it is read at all; None for a regular file.

    A process of its own reads files by name; it has no part in the standard input of this one.
    """
    path = Path(file)
    try:
        if not path.exists() or path.is_file() or path.is_dir():
            return None
        with path.open("rb") as stream:
            return stream.read(LIMITS.file_bytes + 1)
    except OSError:
        return None


def bytes_of(file: str, given: bytes | None) -> bytes | CommandOutput:
    """Return a file's bytes, or what is said where there is no such file to read.

    What work on them frees from now on is kept or given back as suits their number.
    """
    data = _bytes_of(file) if given is None else given
    if isinstance(data, bytes):
        suit_freed_memory_to(len(data))
    return data


def _bytes_of(file: str) -> bytes | CommandOutput:
    try:
        size = Path(file).stat().st_size
        if size > LARGEST_LOOKED_AT:
            says = f"it has {of_bytes(size)}; at most {of_bytes(LIMITS.file_bytes)} are read. Export only the route."
            return CommandOutput(ERROR_FOUND, err=f"corridor: {file}: {says}")
        return Path(file).read_bytes()
    except OSError as error:
        return CommandOutput(WRONG_USE, err=f"corridor: {file}: {error.strerror or error}.")
