"""The reference systems a file may be in, side by side: where each puts the line, and how far apart they are."""

from corridor.land.geodesy import CRS84
from corridor.present.own_route.figures import place
from corridor.present.sheets import Sheet
from corridor.quantities import metres, sentence
from corridor.reading.axis_order import LATITUDE_FIRST, SWAPPED
from corridor.reading.degree_forms import GON_FOR_DEGREES, IN_GON
from corridor.reading.faults import Finding, SystemChoice
from corridor.reading.reference_systems import code, label, order_words
from corridor.reading.repairs.systems import CLEAR

#: What the names of systems mean to somebody who is no surveyor.
KINDS = {
    "UTM": "UTM is a worldwide grid in metres.",
    "Gauss-Kruger": "Gauss-Kruger is the grid in metres of Soviet and Russian maps.",
    "Pulkovo": "Pulkovo 1942 is the model of the Earth under Soviet maps, Pulkovo 1995 a later one.",
    "Pseudo-Mercator": "Pseudo-Mercator is the grid of maps on the web.",
    "ED50": "ED50 is an older European model of the Earth.",
    "TUREF": "TUREF is the model of the Earth of maps of Türkiye; TM42 is one of its grids in metres.",
    "EPSG:": "EPSG numbers name systems in a public register.",
}
#: Stands after a system that fits, where the file names another one that fits too.
LESS_LIKELY = " (less likely: the file names number 1)"
#: Which way a number of metres counts, by what surveyors call it.
AXES = {"easting": "Easting (metres to the east)", "northing": "Northing (metres to the north)"}
#: What a choice of the order or the unit of the numbers is called, whatever the format says of it, and how each reads.
ANSWERS = {
    SWAPPED: {LATITUDE_FIRST: "Exchange them", CRS84: "Leave them as they stand"},
    GON_FOR_DEGREES: {IN_GON: "Gon, 400 to a circle", CRS84: "Degrees, 360 to a circle"},
}
HOW_READ = {
    SWAPPED: {LATITUDE_FIRST: "Exchanged", CRS84: "As they stand in the file"},
    GON_FOR_DEGREES: {IN_GON: "As gon", CRS84: "As degrees"},
}


def systems_sheet(finding: Finding) -> Sheet:
    """Return a row for each reading a finding leaves to choose from, numbered as on the map of them."""
    readings = HOW_READ.get(finding.code)
    rows = [
        (
            str(number),
            *(_system(choice) if readings is None else (readings[choice.name],)),
            place(choice.lon, choice.lat),
            metres(choice.shift_m) if choice.shift_m else "—",
        )
        for number, choice in enumerate(finding.systems, start=1)
    ]
    read = ("System of the numbers", "First number") if readings is None else ("Longitude and latitude",)
    columns = ("Number", *read, "The line begins at", "How far from number 1, at most")
    return Sheet("Where the line would lie", columns, tuple(rows))


def _system(choice: SystemChoice) -> tuple[str, str]:
    """Return the system of a choice, and which of its two numbers it reads first."""
    first = order_words(choice.name, northing_first=choice.northing_first).removesuffix(" first")
    return f"{label(choice.name)}{LESS_LIKELY if choice.less_likely else ''}", AXES.get(first, sentence(first))


def explained(finding: Finding) -> str:
    """Return in plain words what the kinds of system are that a finding leaves to choose from, each once."""
    labels = [label(choice.name) for choice in finding.systems] if finding.code not in HOW_READ else []
    return " ".join(words for name, words in KINDS.items() if any(name.lower() in known.lower() for known in labels))


def choice_words(name: str, finding: Finding) -> str:
    """Return a choice in words; the empty one leaves the file as it is read without an answer."""
    if finding.code in ANSWERS:
        return ANSWERS[finding.code].get(name, "Not chosen: nothing is measured")
    if name == CRS84 and finding.code == CLEAR:
        return "Do not convert"
    if name:
        number, choice = next(
            ((number, choice) for number, choice in enumerate(finding.systems, start=1) if choice.name == name),
            (0, None),
        )
        # The number is the one that the table and the map of the readings give it.
        called = f"{number}. {label(name)}" if len(finding.systems) > 1 and number else label(name)
        order = f", {order_words(name, northing_first=True)}" if choice and choice.northing_first else ""
        return f"{called}{order}{LESS_LIKELY if choice and choice.less_likely else ''}"
    if finding.blocks:
        return "Not chosen: nothing is converted"
    return "As the file says" if not finding.systems or finding.code == CLEAR else f"Not chosen: taken as {code(CRS84)}"
