"""What a reader answered to a question of a file, and how the file reads with it: its order of numbers, its system."""

from dataclasses import replace

from corridor.land.geodesy import CRS84
from corridor.reading.checks.systems import CHOSEN
from corridor.reading.repairs.systems import QUESTIONS
from corridor.reading.route import Reading, read_route
from corridor.reading.standing import ChosenSystems


def as_it_stands(original: Reading, data: bytes) -> Reading:
    """Return a text read with longitude first, as its reader said, wherever its lines come to lie."""
    stands = read_route(data, original.file, chosen=ChosenSystems(clear=CRS84))
    if data != original.geojson_text:
        return stands
    return replace(stands, format=original.format, geojson=original.geojson)


def with_answer(mended: Reading, answered: Reading, converted: bool) -> Reading:
    """Return a reading with what is said of the system its reader chose, which the converted numbers no longer show.

    A choice that was refused is said in place of the question; the question stands beside it as long as none is made.
    """
    said = CHOSEN if converted else "system-contradicted"
    findings = tuple(
        # It is answered where the question was: two answers would contradict each other.
        replace(finding, mendable=False, by_name=False, choices=())
        for finding in answered.findings
        if finding.code == said
    )
    if not findings:
        return mended
    others = (finding for finding in mended.findings if converted or finding.code not in QUESTIONS)
    return replace(mended, findings=(*findings, *others))
