"""A height above sea level as people write it: in quotes, with a decimal comma, with its unit."""

import re

#: Metres in what a height is written in; the international foot (exact, 1959).
METRE, FOOT = 1.0, 0.3048
UNITS = {
    **dict.fromkeys(("", "m", "metre", "metres", "meter", "meters"), METRE),
    **dict.fromkeys(("м", "метр", "метра", "метров", "մ", "მ", "متر"), METRE),
    **dict.fromkeys(("ft", "foot", "feet", "фут", "фута", "футов", "'", "′", "’"), FOOT),
}  # fmt: skip
#: Words that say again that it is one.
ABOVE_SEA = r"(?:a\.?s\.?l|a\.?m\.?s\.?l|н\.? ?у\.? ?м)"
WRITTEN = re.compile(
    r"\s*([+−-]?\d{1,7}(?:[.,]\d{1,9})?(?:[eE][+-]?\d{1,2})?)\s*([^\W\d_]{0,6}|['′’])\.?"
    rf"\s*(?:{ABOVE_SEA}\.?)?\s*",
    re.IGNORECASE,
)
#: The longest text that is looked at, and the decimals kept of feet: a millimetre.
LONGEST, DECIMALS = 60, 3


def height_m(text: str) -> float | None:
    """Return the metres of a height that is written as a text, “600 m”, “2000 ft”, “612,5”; None for any other text."""
    match = WRITTEN.fullmatch(text) if len(text) <= LONGEST else None
    metres = UNITS.get(match[2].lower()) if match else None
    if match is None or metres is None:
        return None
    number = float(match[1].replace(",", ".").replace("−", "-"))
    return number if metres == METRE else round(number * metres, DECIMALS)
