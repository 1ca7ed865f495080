"""Positions as standards write them in a text: +38.94164+046.63067/ (ISO 6709) and geo:38.94164,46.63067 (RFC 5870).

Both give latitude first, so that nothing has to be guessed.
"""

import re

#: Ways of writing, as a sentence names them.
ISO_6709 = "signs and slashes, as ISO 6709 has them"
GEO_ADDRESS = "geo: addresses"

#: Degrees, degrees and minutes, or degrees, minutes and seconds without anything between; then the height.
ISO_POSITION = re.compile(
    r"([+-])(\d\d)(\d\d)?(\d\d)?(\.\d{1,20})?([+-])(\d{3})(\d\d)?(\d\d)?(\.\d{1,20})?"
    r"([+-]\d{1,6}(?:\.\d{1,20})?)?(?:CRS\w{1,20})?/\s*"
)
GEO_POSITION = re.compile(
    r"geo:([+-]?\d{1,3}(?:\.\d{1,20})?),([+-]?\d{1,3}(?:\.\d{1,20})?)(?:,([+-]?\d{1,6}(?:\.\d{1,20})?))?"
    r"(?:;[\w.=%-]{0,40})*+\s*",
    re.IGNORECASE,
)


def read_standard(text: str) -> tuple[list[list[float]], str] | None:
    """Return (longitude, latitude[, height]) positions of a text in one of the standards, and which; else None."""
    plain = text.strip()
    if plain[:1] in ("+", "-") and plain.endswith("/"):
        matches = _all_of(ISO_POSITION, plain)
        read = [position for match in matches if (position := _iso_position(match)) is not None]
        return (read, ISO_6709) if read and len(read) == len(matches) else None
    if plain[:4].lower() == "geo:":
        positions = [
            [float(number) for number in (match[2], match[1], match[3]) if number]
            for match in _all_of(GEO_POSITION, plain)
        ]
        return (positions, GEO_ADDRESS) if positions else None
    return None


def _all_of(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return the matches that a text consists of, none where anything else stands in it."""
    matches: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        match = pattern.match(text, at)
        if match is None:
            return []
        matches.append(match)
        at = match.end()
    return matches


def _iso_position(match: re.Match[str]) -> list[float] | None:
    lat, lon = _iso_angle(match.groups()[:5]), _iso_angle(match.groups()[5:10])
    if lat is None or lon is None:
        return None
    return [lon, lat] if match[11] is None else [lon, lat, float(match[11])]


def _iso_angle(parts: tuple[str | None, ...]) -> float | None:
    """Return degrees of a sign, degrees, minutes, seconds, and the decimals of the last of them."""
    sign, whole, minutes, seconds, decimals = parts
    numbers = [float(part) for part in (whole, minutes, seconds) if part is not None]
    numbers[-1] += float(f"0{decimals or ''}")
    if max(numbers[1:], default=0.0) > 60:
        return None
    degrees = sum(number / 60.0**power for power, number in enumerate(numbers))
    return -degrees if sign == "-" else degrees
