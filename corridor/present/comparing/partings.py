"""Where routes side by side run together and where they part, as a table and as places of the map."""

from dataclasses import dataclass

from corridor.assessing.comparison import Comparison, Pairing
from corridor.assessing.offsets import TOGETHER_M
from corridor.assessing.parting import PARTED, PartingRun
from corridor.land.geodesy import WGS84
from corridor.present.own_route.figures import place
from corridor.present.sheets import Sheet, SheetEntry
from corridor.quantities import metres, within


def runs_sheet(comparison: Comparison) -> Sheet:
    """Return where each other route runs together with the first and apart from it, in the order of its own line."""
    rows: list[tuple[SheetEntry, ...]] = []
    for pairing in comparison.pairings:
        rough = f", as drawn ({within(pairing.known_to_m)})" if pairing.only_as_drawn else ""
        for run in pairing.other_runs:
            rows.append(
                (
                    pairing.name,
                    f"{'together' if run.together else 'apart'}{rough}",
                    f"{run.from_km:,.1f}",
                    f"{run.to_km:,.1f}",
                    f"{run.to_km - run.from_km:,.1f}",
                    place(*run.start),
                    place(*run.end),
                    metres(run.farthest_m),
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
    """A place where another route leaves the first or meets it: where a run of its own line begins.

    `again` says that the two ran together before, `goes_on` that the first ends there: the other continues.
    """

    pairing: Pairing
    run: PartingRun
    again: bool
    goes_on: bool = False

    @property
    def lonlat(self) -> tuple[float, float]:
        """Where it is, in degrees."""
        return self.run.start

    @property
    def says(self) -> str:
        """What happens there, in a sentence."""
        meets = f"meets the first route{' again' if self.again else ''}"
        if self.goes_on:
            return f"“{self.pairing.name}” goes on from the end of the first route, as a next stage does."
        begins = meets if self.run.together else "parts from the first route"
        return f"“{self.pairing.name}” {begins} at km {self.run.from_km:,.1f} of its own line."

    @property
    def advice(self) -> str:
        """What follows from there, and that it is only so as the lines are drawn where they are too rough to tell."""
        over = f"{self.run.to_km - self.run.from_km:,.1f} km"
        if self.run.together:
            said = f"Together for {over} of its own line, within {metres(self.pairing.to_base.within_m)}."
        else:
            said = f"Apart for {over} of its own line, up to {metres(self.run.farthest_m)} away."
        known = f" As drawn: a line is known to {within(self.pairing.known_to_m)} only."
        return f"{said}{known if self.pairing.only_as_drawn else ''}"


def partings(comparison: Comparison) -> list[Parting]:
    """Return the places where the other routes leave the first and meet it again, in the order of each line.

    An end of a line is left out: there nothing changes but that a line begins or ends.
    """
    return [
        Parting(
            pairing,
            run,
            again=run.together and (number > 1 or pairing.other_runs[0].together),
            goes_on=not run.together and _at_an_end(run, pairing) and number == len(pairing.other_runs) - 1,
        )
        for pairing in comparison.pairings
        for number, run in enumerate(pairing.other_runs[1:], start=1)
    ]


def _at_an_end(run: PartingRun, pairing: Pairing) -> bool:
    """Whether a run begins about where the first route begins or ends, nearer than the two count as apart."""
    ends = (pairing.base_runs[0].start, pairing.base_runs[-1].end)
    return any(WGS84.inv(*run.start, *end)[2] <= PARTED * TOGETHER_M for end in ends)
