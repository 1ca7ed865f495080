"""Two lines in every form of a sequence of JSON texts, by what is between them."""

import json

from tests.support.route_files import LINE, OTHER, collection, feature, text

ONE, TWO = feature(LINE, "One"), feature(OTHER, "Two")
GEOMETRY = {"type": "LineString", "coordinates": OTHER}
RS = b"\x1e"


def pretty(value: object) -> bytes:
    """Return a value as JSON over several lines."""
    return json.dumps(value, indent=1).encode()


SEQUENCES = {
    "one on each line": text(ONE) + b"\n" + text(TWO) + b"\n",
    "lines of Windows": text(ONE) + b"\r\n" + text(TWO),
    "blank lines": b"\n\n" + text(ONE) + b"\n\n\n" + text(TWO) + b"\n\n",
    "a comma after each": text(ONE) + b",\n" + text(TWO) + b",",
    "a byte-order mark": b"\xef\xbb\xbf" + text(ONE) + b"\n" + text(TWO),
    "separators": RS + text(ONE) + b"\n" + RS + text(TWO) + b"\n",
    "separators, no line ends": RS + text(ONE) + RS + text(TWO),
    "separators, indented": RS + pretty(ONE) + b"\n" + RS + pretty(TWO) + b"\n",
    "indented": pretty(ONE) + b"\n" + pretty(TWO),
    "indented, commas": pretty(ONE) + b",\n" + pretty(TWO),
    "on one line": text(ONE) + text(TWO),
    "on one line, blanks": text(ONE) + b" " + text(TWO),
    "collections": text(collection(ONE)) + b"\n" + text(collection(TWO)),
    "a collection and a feature": text(collection(ONE)) + b"\n" + text(TWO),
    "an empty collection first": text(collection()) + b"\n\n" + text(ONE) + b"\n" + text(TWO),
}
