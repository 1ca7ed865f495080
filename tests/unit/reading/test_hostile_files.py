"""Every kind of file made to occupy the machine, small: it is read or refused in sentences, and never raises."""

import pytest

from corridor.assessing.assessment import assess
from corridor.reading.mend import mend
from corridor.reading.route import read_route
from corridor.store.bounds import Failed, WorkBounds
from corridor.store.separate_process import done_in_own_process
from corridor.store.work import region
from tests.support.hostile_files import HOSTILE

#: How many of what a small one is made of; the rest are small, or quick, as they are.
SMALL = {
    "random-vertices": 300,
    "zigzag": 300,
    "far-scatter": 100,
    "many-layers": 12,
    "wide-kml": 12,
    "nested-kml": 40,
    "routes-of-parts": 5,
    "arc-bomb": 40,
}


def checked(data: bytes, name: str) -> tuple[bool, int]:
    reading = read_route(data, name)
    for route in reading.routes[:20]:
        assess(route, region())
    mend(reading, {finding.code for finding in reading.findings if finding.mendable})
    return reading.usable, len(reading.findings)


@pytest.mark.parametrize(("name", "suffix", "build"), HOSTILE, ids=lambda one: one if isinstance(one, str) else "")
def test_a_hostile_file_is_read_or_told(name, suffix, build):
    data = build(SMALL.get(name, 200))
    outcome = done_in_own_process(checked, data, f"{name}.{suffix}", bounds=WorkBounds(seconds=60.0))
    if isinstance(outcome, Failed):
        assert outcome.says.count(".") >= 2
    else:
        usable, findings = outcome
        assert usable or findings
