"""The reference systems a file may be in, side by side: where each puts the line, and how far apart they are."""

from corridor.present.sheets import Sheet
from corridor.quantities import metres
from corridor.reading.faults import Finding
from corridor.reading.reference_systems import code, label

NORTHING_FIRST, EASTING_FIRST = "northing first", "easting first"


def systems_sheet(finding: Finding) -> Sheet:
    """Return a row for each system a finding leaves to choose from."""
    rows = [
        (
            label(choice.name),
            NORTHING_FIRST if choice.northing_first else EASTING_FIRST,
            f"{choice.lon:.5f}, {choice.lat:.5f}",
            metres(choice.shift_m) if choice.shift_m else "—",
        )
        for choice in finding.systems
    ]
    columns = ("Read in", "Order of the numbers", "The line begins at (lon, lat)", "Away from the first row")
    return Sheet("Where the line would lie", columns, tuple(rows))


def choice_words(name: str, finding: Finding) -> str:
    """Return a choice in words; the empty one leaves the file as it is read without an answer."""
    if name:
        order = next((choice.northing_first for choice in finding.systems if choice.name == name), False)
        return f"{label(name)}, {NORTHING_FIRST}" if order else label(name)
    if finding.blocks:
        return "Not chosen: nothing is converted"
    return "As the file says" if not finding.systems else f"Not chosen: taken as {code('OGC:CRS84')}"
