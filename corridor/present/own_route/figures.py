"""How the numbers of one route of a reader's file become figures: each with unit, accuracy, source and date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from corridor.answering.figures import Figure
from corridor.assessing.measures import Measures
from corridor.assessing.nearness import Share
from corridor.assessing.region import Region
from corridor.land.catalogue import Layer
from corridor.land.features import LayerId
from corridor.land.territory import TerritoryId
from corridor.quantities import bare_kilometres, day, rounded_accuracy
from corridor.sources import Source, SourceId

#: The id under which a reader's own file stands among the sources.
OWN_FILE: SourceId = "own-file"
AS_DRAWN = "measured on the line as drawn"


def own_source(name: str, sha256: str, kept_on: date) -> Source:
    """Return a reader's file as a source among the others; the name is theirs and is shown as text only."""
    return Source(
        publisher="A file checked here",
        title=name,
        reference=f"SHA-256 {sha256}",
        published=f"received {day(kept_on)}",
        read=kept_on.isoformat(),
        seat="other",
        kind="own-work",
        grade="page",
    )


@dataclass(frozen=True)
class RouteFigures:
    """The numbers of one route, and what they rest on: the land they were measured against, layer by layer.

    `line_sources` are those of the line itself.
    """

    name: str
    measures: Measures
    region: Region
    layers: Mapping[LayerId, Layer]
    kept_on: date
    line_sources: tuple[SourceId, ...] = (OWN_FILE,)

    def figure(
        self, what: str, value: float | str, unit: str, accuracy: str, layers: tuple[LayerId, ...] = (), *,
        accuracy_m: float | None = None,
    ) -> Figure:  # fmt: skip
        """Return a number that was measured on the file and on `layers`, whose newest date is the number's own."""
        dated = [self.layers[layer].as_of for layer in layers] or [self.kept_on.isoformat()]
        layer_sources = [source for layer in layers for source in self.layers[layer].sources]
        sources = tuple(dict.fromkeys((*self.line_sources, *layer_sources)))
        return Figure(f"{self.name}: {what}", value, unit, accuracy, max(dated), sources, accuracy_m=accuracy_m)

    def km(
        self, what: str, km: float, accuracy: str, layers: tuple[LayerId, ...] = (), *, accuracy_m: float | None = None
    ) -> Figure:
        """Return a length in km with the decimals the line bears, so that its parts look as exact as the whole.

        What would be written as nothing is “less than 0.1”.
        """
        value = bare_kilometres(km, self.measures.accuracy.metres if accuracy_m is None else accuracy_m)
        exact = None if accuracy_m is None else rounded_accuracy(accuracy_m)
        return self.figure(what, value, "km", accuracy, layers, accuracy_m=exact)

    @property
    def shares(self) -> list[Share]:
        """The km by territory in the order of the alphabet, whichever way the line runs."""
        return sorted(self.measures.shares, key=lambda share: self.label(share.territory))

    def label(self, territory: TerritoryId) -> str:
        """Return the name of a territory."""
        return self.region.label(territory)

    @property
    def length(self) -> Figure:
        """The length of the whole line."""
        return self.km("length", self.measures.length_km, AS_DRAWN, accuracy_m=self.measures.accuracy.metres)


def place(lon: float, lat: float) -> str:
    """Return a place in degrees to four decimals, 11 m: "38.8698° N, 46.5335° E"."""
    return f"{abs(lat):.4f}° {'N' if lat >= 0 else 'S'}, {abs(lon):.4f}° {'E' if lon >= 0 else 'W'}"
