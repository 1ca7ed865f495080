"""A height above sea level as people write it: in quotes, with a decimal comma, with its unit."""

import re

from corridor.reading.faults import Json

#: Metres in what a height is written in; the international foot (exact, 1959).
METRE, FOOT = 1.0, 0.3048
UNITS = {
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), METRE),
    **dict.fromkeys(("м", "метр", "метра", "метров", "մ", "მ", "متر"), METRE),
    **dict.fromkeys(("ft", "foot", "feet", "фут", "фута", "футов", "'", "′", "’"), FOOT),
}  # fmt: skip
#: A unit, and the words after it that say again that it is a height.
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
ABOVE_SEA = r"(?:a\.?s\.?l|a\.?m\.?s\.?l|н\.? ?у\.? ?м)\.?"
WRITTEN = re.compile(
    rf"\s*([+−-]?\d{{1,7}}(?:[.,]\d{{1,9}})?(?:[eE][+-]?\d{{1,2}})?)\s*({UNIT}|)\.?\s*(?:{ABOVE_SEA})?\s*",
    re.IGNORECASE,
)
#: What stands apart from the number of a height on its line.
UNIT_APART = re.compile(
    rf"(?<=\d)[^\S\r\n]+(?:{UNIT})\.?(?:[^\S\r\n]*{ABOVE_SEA})?(?!\w)",
    re.IGNORECASE,
)
#: The longest text that is looked at, and the decimals kept of feet: a millimetre.
LONGEST, DECIMALS = 60, 3


def height_m(value: Json) -> float | None:
    """Return the metres of a height that is written as a text, “600 m”, “2000 ft”, “612,5”; None for all else."""
    match = WRITTEN.fullmatch(value) if isinstance(value, str) and len(value) <= LONGEST else None
    if match is None:
        return None
    number = float(match[1].replace(",", ".").replace("−", "-"))
    metres = UNITS.get(match[2].lower(), METRE)
    return number if metres == METRE else round(number * metres, DECIMALS)


def with_units_at_numbers(text: str) -> str:
    """Return a text in which blanks part positions with no blank between a height and its unit: “600 m” is “600m”."""
    return UNIT_APART.sub(lambda apart: "".join(apart[0].split()), text)
