"""Where routes side by side run together and where they part, as a table and as places of the map."""

from dataclasses import dataclass

from corridor.assessing.comparison import SIDEWAYS, Comparison
from corridor.assessing.parting import PartingRun
from corridor.present.own_route.figures import place
from corridor.present.sheets import Sheet, SheetEntry
from corridor.quantities import metres, within


def legs_sheet(comparison: Comparison) -> Sheet:
    """Return where each other route runs together with the first and apart from it, in the order of its own line."""
    rows: list[tuple[SheetEntry, ...]] = []
    for pairing, known_to_m in zip(comparison.pairings, _known_to_m(comparison), strict=True):
        rough = f", as drawn ({within(known_to_m)})" if known_to_m > pairing.to_base.within_m else ""
        for leg in pairing.other_legs:
            rows.append(
                (
                    pairing.name,
                    f"{'together' if leg.together else 'apart'}{rough}",
                    f"{leg.from_km:,.1f}",
                    f"{leg.to_km:,.1f}",
                    f"{leg.to_km - leg.from_km:,.1f}",
                    place(*leg.start),
                    place(*leg.end),
                    metres(leg.farthest_m),
                )
            )
    nearer = metres(comparison.pairings[0].to_base.within_m)
    return Sheet(
        f"Where they run together, within {nearer} of “{comparison.names[0]}”, and where apart",
        ("Route", "Runs", "From (km)", "To (km)", "Over (km)", "Begins at", "Ends at", "Farthest from the first"),
        tuple(rows),
        numeric=(2, 3, 4),
        heads=2,
    )


@dataclass(frozen=True, slots=True)
class Parting:
    """A place where another route leaves the first or meets it; `lonlat` in degrees, `at_km` along the other.

    `again` says that the two ran together before; `within_m` is how near counts as together, `known_to_m` how far the
    less exact of the two lines may lie to the side.
    """

    route: str
    parts: bool
    again: bool
    at_km: float
    lonlat: tuple[float, float]
    leg: PartingRun
    within_m: float
    known_to_m: float

    @property
    def says(self) -> str:
        """What happens there, in a sentence."""
        begins = (
            "parts from the first route" if self.parts else f"meets the first route{' again' if self.again else ''}"
        )
        return f"“{self.route}” {begins} at km {self.at_km:,.1f} of its own line."

    @property
    def advice(self) -> str:
        """What follows from there."""
        over = f"{self.leg.to_km - self.leg.from_km:,.1f} km"
        if self.parts:
            said = f"Apart for {over}, up to {metres(self.leg.farthest_m)} away."
        else:
            said = f"Together for {over}, within {metres(self.within_m)}."
        return f"{said}{_as_drawn(self.known_to_m, self.within_m)}"


def _as_drawn(known_to_m: float, within_m: float) -> str:
    """Return the sentence that what two lines do is only as they are drawn, "" where they are exact enough to tell."""
    return f" As drawn: a line is known to {within(known_to_m)} only." if known_to_m > within_m else ""


def _known_to_m(comparison: Comparison) -> list[float]:
    """Return for each other route how far it or the first may lie to the side, in metres, whichever is more."""
    first, *others = next(row.values for row in comparison.rows if row.label == SIDEWAYS)
    return [max(first or 0.0, other or 0.0) for other in others]


def partings(comparison: Comparison) -> list[Parting]:
    """Return the places where the other routes leave the first and meet it again, in the order of each line.

    An end of a line is left out: there nothing changes but that a line begins or ends.
    """
    return [
        Parting(
            pairing.name,
            not leg.together,
            leg.together and (number > 1 or pairing.other_legs[0].together),
            leg.from_km,
            leg.start,
            leg,
            pairing.to_base.within_m,
            known_to_m,
        )
        for pairing, known_to_m in zip(comparison.pairings, _known_to_m(comparison), strict=True)
        for number, leg in enumerate(pairing.other_legs[1:], start=1)
    ]
