"""The ground along a route that has been assessed, and along a shipped candidate in the countries of its segments."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np

from corridor.assessing.assessment import Assessment
from corridor.assessing.candidate_lines import counted_parts, drawn_parts
from corridor.assessing.ground_profile import GroundMark, GroundProfile, border_marks, ground_profile
from corridor.assessing.region import Region
from corridor.assessing.sampling import Samples, sample, vertices
from corridor.candidates import Candidate
from corridor.land.elevation import Elevation
from corridor.land.features import Feature, FeatureId
from corridor.land.line_rows import LineRows
from corridor.land.territory import Stretch, TerritoryId
from corridor.sources import GEODATA


def ground_along(assessment: Assessment, region: Region, elevation: Elevation, root: Path = GEODATA) -> GroundProfile:
    """Return the ground along a route, by km from its start, with the territories and borders on its way.

    Those of a reader's line are where it is drawn; of a shipped candidate they are facts of the table.
    """
    measures, countries = assessment.measures, assessment.attributes.part_countries
    if countries:
        return _by_table(measures.samples, countries, region.label, elevation, root)
    borders = border_marks(measures.crossings, region)
    return ground_profile(measures.samples, measures.stretches, borders, elevation, root)


def candidate_ground(
    candidate: Candidate,
    features: Mapping[FeatureId, Feature],
    label: Callable[[TerritoryId], str],
    elevation: Elevation,
    root: Path = GEODATA,
) -> GroundProfile | None:
    """Return the ground along the drawn line of a candidate, which nothing else is measured on; None without any.

    `features` are those of the route layer.
    """
    if not drawn_parts(candidate, features):
        return None
    counted, countries = counted_parts(candidate, features)
    samples = sample(vertices(LineRows.together([piece.rows[:, :2] for piece in counted])))
    return _by_table(samples, countries, label, elevation, root)


def _by_table(
    samples: Samples,
    countries: Sequence[TerritoryId],
    label: Callable[[TerritoryId], str],
    elevation: Elevation,
    root: Path,
) -> GroundProfile:
    """Return the ground along a line whose parts lie in `countries`."""
    stretches = _by_part(samples, countries)
    borders = [
        GroundMark(after.from_km, "border", "", f"{label(before.territory)} to {label(after.territory)}")
        for before, after in pairwise(stretches)
    ]
    return ground_profile(samples, stretches, borders, elevation, root)


def _by_part(samples: Samples, countries: Sequence[TerritoryId]) -> list[Stretch]:
    """Return the stretches of a line whose parts lie in `countries`, those that follow in one country as one."""
    lengths = np.bincount(samples.part, weights=samples.share_km, minlength=len(countries))
    ends = np.concatenate([[0.0], np.cumsum(lengths)]).tolist()
    stretches = []
    for country, run in groupby(enumerate(countries), key=lambda part: part[1]):
        numbers = [number for number, _ in run]
        stretches.append(Stretch(country, ends[numbers[0]], ends[numbers[-1] + 1]))
    return stretches
