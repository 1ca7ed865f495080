"""The shipped samples by the check each is for, and as they read."""

from functools import cache

from corridor.reading.checks.all_checks import CHECKS
from corridor.reading.route import Reading, read_route
from corridor.reading.samples import Sample, find_sample

CODES = [check.code for check in CHECKS]
SOUND = b"""{"type": "Feature", "properties": {"name": "Sound"}, "geometry": {"type": "LineString",
 "coordinates": [[46.2, 38.9], [46.21, 38.91], [46.22, 38.9]]}}"""


def sample(code: str) -> Sample:
    known = find_sample(code)
    assert known is not None, f"geodata/texts/samples.toml has no sample for {code}"
    return known


@cache
def read(code: str) -> Reading:
    return read_route(sample(code).content(), sample(code).file, limits=sample(code).limits)
