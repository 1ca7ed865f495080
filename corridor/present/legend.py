"""The legend of every map, from what the catalogue says of each layer; nothing is listed that is not drawn."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

from corridor.land.catalogue import Layer
from corridor.land.features import LayerId


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend: a sample carrying `class_name`, its words, and the classes of what it is `shown_for`."""

    symbol: Literal["fill", "hatch", "line", "point"]
    class_name: str
    words: str
    shown_for: frozenset[str]


class LegendSample(TypedDict):
    """One line of the legend as the browser shows it."""

    symbol: Literal["fill", "hatch", "line", "point"]
    className: str
    words: str


class LegendSection(TypedDict):
    """The lines of the legend under one heading."""

    heading: str
    entries: list[LegendSample]


def legend_entries(layers: Mapping[LayerId, Layer]) -> tuple[tuple[str, tuple[LegendEntry, ...]], ...]:
    """Return the headings with all their entries, in the order the catalogue gives them."""
    headed: dict[str, list[LegendEntry]] = {}
    for layer in sorted(layers.values(), key=lambda layer: layer.appearance.legend_rank):
        for line in layer.appearance.legend:
            classes = " ".join(["feature", layer.id, *line.like.split()])
            shown_for = frozenset({layer.id, *line.of.split()})
            entry = LegendEntry(line.symbol, classes, line.words, shown_for)
            headed.setdefault(line.heading or layer.group, []).append(entry)
    return tuple((heading, tuple(entries)) for heading, entries in headed.items())


def legend(drawn: Iterable[str], layers: Mapping[LayerId, Layer]) -> list[LegendSection]:
    """Return the legend for a map on which features with the class strings `drawn` stand; nothing absent is listed."""
    present = {frozenset(names.split()) for names in drawn}
    return [
        {"heading": heading, "entries": shown}
        for heading, entries in legend_entries(layers)
        if (shown := _shown(entries, present))
    ]


def _shown(entries: Iterable[LegendEntry], present: Collection[frozenset[str]]) -> list[LegendSample]:
    return [
        {"symbol": entry.symbol, "className": entry.class_name, "words": entry.words}
        for entry in entries
        if any(entry.shown_for <= names for names in present)
    ]
