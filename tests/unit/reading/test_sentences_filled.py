"""Every sentence of a finding stays short with the longest words that real files give it, not a sample's alone."""

import re
from string import Formatter

import pytest

from corridor.reading.checks.all_checks import CHECKS
from corridor.reading.checks.systems import _asked
from corridor.reading.faults import Check, Count, SystemChoice
from tests.support.samples import CODES, read
from tests.support.sentences import LONGEST, sentences

SYSTEM = "EPSG:28408 (Pulkovo 1942 / Gauss-Kruger zone 8)"
OTHER_SYSTEM = "EPSG:32638 (WGS 84 / UTM zone 38N)"
NAME = "Horadiz – Aghband – Meghri – Ordubad, variant 2 of the study of 2026"
FILES = "day-1.gpx (12 lines, 3 points), day-2.gpx (12 lines, 3 points), c.geojson (2 lines, 9 points) and 1,231 more"
READ_SO = " Read so, the line is 1,234.5 km, partly inside the mapped region."
#: Words of spots as they are at their longest in files of people, by the name under which a sentence takes them.
LONG = {
    "count": Count(1_234_567),
    "system": SYSTEM,
    "systems": f"{SYSTEM} and {OTHER_SYSTEM}",
    "name": NAME,
    "other": NAME,
    "names": FILES,
    "were_read": "“Horadiz – Aghband, variant 2.geojson” was",
    "away": "12,345 km",
    "fate": "lies 5,213 km outside the region (128.27 W, 53.09 N)",
    "says": "The file says",
    "km": "12,345.6 km",
    "metres": "12,345",
    "pair": "-46.4351412, 38.8978412",
    "place": "-46.43514, 38.89784 in EPSG:28408",
    "form": "degrees and minutes run together, as GPS receivers write them",
    "styles": "UTM zone, easting and northing and degrees and minutes",
    "then": READ_SO,
    "text": "46°26.108'E, 38°53.870'N",
    "region": "42.8 to 50.7 E and 38 to 42.2 N",
    "box": "46.2784123, 38.8928123, 46.4351123, 38.9194123",
    "bounds": "46.2784123, 38.8928123, 46.4351123, 38.9194123",
    "title": f" (“{NAME}”)",
    "named": f", the first “{NAME}”",
    "so": "12,345.6 km from 138.50 S, 120.20 W",
    "otherwise": "12,345.6 km from 138.50 S, 120.20 W",
    "shift": "12.3 km",
    "fits": "6 systems would put them in the region, up to 260.6 km apart",
    "across": ", over 12,345 m",
    "seen": ", such as “Demiryolu güzergâhı”",
    "what": "OpenStreetMap data as Overpass gives it",
    "read": "Windows-1252 by its Western European letters: a guess",
}
PLAIN = "stage-1.gpx, Reconstruction 2026.geojson, stage-3.gpx and 1,231 more"
LINKS = f"“{NAME}”, “files/part.kml”, “https://example.org/all.kml” and 1,231 more"
#: What stands in quotation marks is the file's own, and one word to whoever reads the sentence.
QUOTED = re.compile(r"“[^”]*”")
#: Words that say something else of these checks than of others.
OF_ONE = {
    ("name-inherited", "names"): f"“{NAME}”, “{NAME}”, “{NAME}” and 1,231 more",
    ("projected-coordinates", "named"): f"in {SYSTEM}",
    ("file-empty", "named"): "GeoJSON ",
    ("type-misplaced", "place"): "feature",
    ("not-an-object", "place"): "feature",
    ("archive-too-many-members", "what"): "files and folders",
    ("xml-too-large", "what"): "positions",
    ("format-too-many", "what"): "waypoints and points with names",
    ("encoding-guessed", "names"): "names windows-1251, which does not fit",
    ("encoding-other", "names"): "names windows-1251, which does not fit",
    ("axis-order-unclear", "other"): "EPSG:3857,northing-first",
    ("decimals-of-packed-line", "other"): "6",
    ("files-together", "names"): PLAIN,
    ("files-without-line", "names"): PLAIN,
    ("linked-files-read", "names"): LINKS,
    ("linked-files-missing", "names"): LINKS,
    ("network-link", "names"): LINKS,
    ("xml-names-other", "names"): "“Latitude” for “lat”, “Longitude” for “lon”, “Trkpt” for “trkpt” and 5 more",
    ("piece-of-route", "names"): f"“{NAME}”, “{NAME}”, “{NAME}” and 12 more",
    ("piece-of-route", "lie"): "lie",
    ("second-track", "name"): f"“{NAME}”",
}


def filled(check: Check, template: str) -> str:
    """Return a sentence of a check with long words, the others as its sample gives them."""
    words = next(finding.words for finding in read(check.code).findings if finding.code == check.code)
    names = {name for _, name, _, _ in Formatter().parse(template) if name}
    given = {name: OF_ONE.get((check.code, name), LONG.get(name, words.get(name))) for name in names}
    numbers = {name: Count(1_234_567) for name in names if type(words.get(name)) is int}
    return template.format(**{**given, **numbers})


def test_systems_to_choose_from_make_no_long_sentence():
    names = ("EPSG:28408", "EPSG:32638", "EPSG:2846", "EPSG:3857", "EPSG:4284")
    systems = [SystemChoice(name, 12_345.0 * n, 46.4, 38.9, northing_first=True) for n, name in enumerate(names)]
    for count in range(len(names) + 1):
        for sentence in sentences(_asked(systems[:count])):
            assert len(sentence.split()) <= LONGEST, sentence


@pytest.mark.parametrize("check", CHECKS, ids=CODES)
def test_a_sentence_filled_with_long_words_stays_short(check: Check):
    for template in (check.says, check.advice):
        for sentence in sentences(filled(check, template)):
            assert len(QUOTED.sub("X", sentence).split()) <= LONGEST, sentence
