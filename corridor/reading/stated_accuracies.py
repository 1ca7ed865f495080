"""What the properties of a line say of how exact it is, in metres."""

import re
from collections.abc import Mapping

from corridor.reading.faults import Json, JsonMembers

#: Members that state the accuracy of a line, the first of them first.
ACCURACIES = ("accuracy_m", "horizontal_accuracy_m", "accuracy")
#: What a mend writes beside a line whose reference system was chosen among several: the metres between them.
SYSTEM_ACCURACY = "system_accuracy_m"
#: A number of metres as forms without numbers have it, KML's and GPX's extensions and columns of text.
METRES = re.compile(r"[±~]?\s*(\d{1,9}(?:[.,]\d{1,9})?)\s*(?:m|metres?|meters?|м)?", re.IGNORECASE | re.ASCII)
#: Half way round the Earth, in metres; nothing is less exact.
LARGEST_M = 20_100_000.0


def stated_m(properties: Mapping[str, object]) -> float | None:
    """Return what properties say of the accuracy, in metres; None when they say nothing usable."""
    return next((metres for key in ACCURACIES if (metres := metres_of(properties.get(key)))), None)


def system_m(properties: Mapping[str, object]) -> float:
    """Return by how many metres a line may lie elsewhere because of its reference system, as its properties say."""
    return metres_of(properties.get(SYSTEM_ACCURACY))


def written_beside(document: Json) -> JsonMembers:
    """Return what a mend wrote beside a geometry that stands in no feature, as properties."""
    written = isinstance(document, dict) and SYSTEM_ACCURACY in document
    return {SYSTEM_ACCURACY: document[SYSTEM_ACCURACY]} if written else {}


def metres_of(value: Json) -> float:
    """Return a length in metres as a property gives it, also as text (“12.5”, “12,5 m”); 0 for what is none."""
    if isinstance(value, str):
        written = METRES.fullmatch(value.strip()[:40])
        value = float(written[1].replace(",", ".")) if written else None
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < LARGEST_M
    return float(value) if known else 0.0
