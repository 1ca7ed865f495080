"""The reference systems a file may be in, side by side: where each puts the line, and how far apart they are."""

from corridor.land.geodesy import CRS84
from corridor.present.sheets import Sheet
from corridor.quantities import metres, sentence
from corridor.reading.axis_order import LATITUDE_FIRST, SWAPPED
from corridor.reading.faults import Finding
from corridor.reading.reference_systems import code, label, order_words

#: What a choice of the order of the two numbers is called.
ORDERS = {LATITUDE_FIRST: "Latitude first: exchange the two numbers", CRS84: "Longitude first: right as they stand"}


def systems_sheet(finding: Finding) -> Sheet:
    """Return a row for each reading a finding leaves to choose from, numbered as on the map of them."""
    rows = [
        (
            str(number),
            label(choice.name) if finding.code != SWAPPED else ORDERS[choice.name].partition(":")[0],
            sentence(order_words(choice.name, northing_first=choice.northing_first)),
            f"{choice.lon:.5f}, {choice.lat:.5f}",
            metres(choice.shift_m) if choice.shift_m else "—",
        )
        for number, choice in enumerate(finding.systems, start=1)
    ]
    columns = ("Number", "Read in", "Order of the numbers", "The line begins at (lon, lat)", "Up to so far from 1")
    return Sheet("Where the line would lie", columns, tuple(rows))


def choice_words(name: str, finding: Finding) -> str:
    """Return a choice in words; the empty one leaves the file as it is read without an answer."""
    if finding.code == SWAPPED:
        return ORDERS.get(name, "Not chosen: nothing is measured")
    if name:
        turned = next((choice.northing_first for choice in finding.systems if choice.name == name), False)
        return f"{label(name)}, {order_words(name, northing_first=True)}" if turned else label(name)
    if finding.blocks:
        return "Not chosen: nothing is converted"
    return "As the file says" if not finding.systems else f"Not chosen: taken as {code(CRS84)}"
