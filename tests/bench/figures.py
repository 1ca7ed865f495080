"""Repeated measurements reduced to the figures that are printed and written to bench.json."""

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity: how often it was taken, its median and 95th percentile, and its bar if it has one."""

    what: str
    who: str
    unit: str
    repeats: int
    median: float
    p95: float
    bar: str = ""
    held: bool | None = None


def percentile_95(values: Sequence[float]) -> float:
    """Return the 95th percentile, inclusive of the extremes; the value itself when there is only one."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def figure(
    what: str, who: str, unit: str, values: Sequence[float], *, bar: str = "", at_most: float | None = None
) -> Figure:
    """Return the figure of `values`; it holds its bar when the 95th percentile is at most `at_most`.

    `bar` says the bar in other words than "at most" with the unit.
    """
    p95 = percentile_95(values)
    held = None if at_most is None else p95 <= at_most
    if at_most is not None and not bar:
        bar = f"at most {at_most:,g} {unit}"
    return Figure(what, who, unit, len(values), statistics.median(values), p95, bar, held)


def comparison(what: str, ours: Figure, peer: Figure, *, at_least: float) -> Figure:
    """Return how many times our median is smaller than the peer's; it holds when that is at least `at_least`."""
    times = peer.median / ours.median
    bar = f"at least {at_least:g} times"
    return Figure(what, f"{peer.who} / {ours.who}", "times", ours.repeats, times, times, bar, times >= at_least)


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as aligned text."""
    rows = [("what", "who", "n", "median", "p95", "unit", "bar", "")]
    words = {None: "", True: "held", False: "NOT HELD"}
    rows += [
        (f.what, f.who, str(f.repeats), f"{f.median:,.1f}", f"{f.p95:,.1f}", f.unit, f.bar, words[f.held])
        for f in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures and the machine they were taken on as JSON."""
    machine = {"system": platform.platform(), "python": platform.python_version(), "processor": platform.machine()}
    content = {"machine": machine, "figures": [asdict(f) for f in figures]}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
