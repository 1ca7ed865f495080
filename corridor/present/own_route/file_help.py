"""What is said of the kinds of file that are read, and what may be taken to begin with."""

import json

from markupsafe import Markup

from corridor.present.exports import zipped
from corridor.present.tables import html_table, stacked
from corridor.reading.samples import read_samples
from corridor.texts.file_help import read_exporting_programs, read_formats

#: A line of three vertices between Zangilan and Ordubad; its properties show what a route may say of itself.
TEMPLATE_LINE = ((46.63, 38.94), (46.3, 38.91), (46.02, 38.88))


def formats_table() -> Markup:
    """Return the kinds of file that are read."""
    rows = [(read.format, read.endings, read.note) for read in read_formats()]
    return html_table("Which files are read", ("Format", "Names end in", "To know"), rows, look="stack")


def programs_table() -> Markup:
    """Return how a route is taken out of each program."""
    rows = [(exporting.program, stacked(exporting.steps)) for exporting in read_exporting_programs()]
    return html_table("How to export a route", ("Program", "Steps"), rows, look="stack")


def template_geojson() -> bytes:
    """Return a small route to be drawn over: the name, mode and accuracy a route may state, and three vertices."""
    properties = {"name": "Name of your route", "mode": "rail", "accuracy_m": 100}
    line = {"type": "LineString", "coordinates": TEMPLATE_LINE}
    feature = {"type": "Feature", "properties": properties, "geometry": line}
    document = {"type": "FeatureCollection", "features": [feature]}
    return (json.dumps(document, indent=2) + "\n").encode()


def samples_zip() -> bytes:
    """Return every shipped sample with a list that says what is found in each; the same bytes each time."""
    samples = [sample for group in read_samples().values() for sample in group]
    listing = "".join(f"{sample.file}\n  {sample.title}. {sample.says}\n" for sample in samples)
    return zipped({"samples.txt": listing} | {sample.file: sample.content() for sample in samples})
