"""How a file says which reference system its numbers are in: the ways people write it, brought to one name.

Nothing is fetched: of an address, only the number that stands in it is read.
"""

import re
from collections.abc import Iterator, Mapping

from corridor.land.geodesy import CRS84, WEB_MERCATOR
from corridor.reading.faults import Json, JsonPath
from corridor.reading.reference_systems import LONGEST, WELL_KNOWN, conversion, is_plain, system

#: The longest name that is no definition, and the most names in one file.
LONGEST_NAME, MOST_SYSTEMS = 200, 50
#: Numbers by which Web Mercator went before it was EPSG:3857, whichever authority is named (“900913” spells Google).
WEB_MERCATOR_NUMBERS = {"900913", "3785", "102100", "102113", "41001", "3587"}
#: “EPSG:6.18.3:3857”, “EPSG::28408”, “epsg.xml#28408”, “/def/crs/EPSG/0/28408”, “ref/epsg/28408/proj4/”, “srid=28408”.
NUMBERED = re.compile(
    r"(?<![a-z])(epsg|esri|srid|srs_id|wkid)(?:\.io|\.xml|\.org)?[\s:/#_=.\-]*(?:[\d.]+[:/]+(?=\d))?(\d{4,6})(?!\d)",
    re.IGNORECASE,
)
ALONE = re.compile(r"\d{4,6}")
A_NUMBER = re.compile(r"(?<!\d)\d{4,6}(?!\d)", re.ASCII)
#: “OGC:CRS84”, “urn:ogc:def:crs:OGC:1.3:CRS84”, “CRS:84”, “CRS84h” with heights.
OGC = re.compile(r"(?<![a-z])crs:?(84|83|27)h?(?![\da-z])", re.IGNORECASE)
WGS84_DEGREES = re.compile(
    r"(gcs[ _]?)?(wgs|world geodetic system)[ _-]*(19)?84( *(2d|3d|lat[ /-]?lon\w*|geographic|geodetic))?"
)
WGS84_UTM = re.compile(r"wgs[ _-]*(?:19)?84[ _/,-]*utm[ _-]*(?:zone)?[ _-]*(\d{1,2})[ _-]*([ns])?(?:orth|outh)?")
#: “СК-42 зона 8”, “SK-42, zone 8”, “Pulkovo 1942 GK 8”: six-degree zones with their number in the easting.
PULKOVO_ZONE = re.compile(
    r"(?:pulkovo|ск|sk|пулково)[ _-]*(?:19)?(42|95)(?:[ _/,-]|г\.?|gauss|kr[uü]ger|gk|гк)*"
    r"(?:zone|зона)?[ _-]*(\d{1,2})(n)?"
)
WEB_NAMES = re.compile(r"(web|google|pseudo|spherical)[ _-]*mercator|wgs[ _]?(19)?84[ _]web[ _]mercator.*")


def older_number(written: str) -> str | None:
    """Return the number by which Web Mercator went before it was 3857, where that alone stands in some text."""
    numbers = A_NUMBER.findall(written)
    older = next((number for number in numbers if number in WEB_MERCATOR_NUMBERS), None)
    return None if "3857" in numbers else older


def one_digit_apart(some: str, other: str) -> bool:
    """Whether two numbers of a register differ in one digit, as a zone mistaken for the next one does."""
    return len(some) == len(other) and sum(a != b for a, b in zip(some, other, strict=True)) == 1


def declared_names(members: Mapping[JsonPath, Json]) -> dict[JsonPath, str | None]:
    """Return the systems that `crs` members mean, by their paths; where there are very many, all as one unknown one.

    Each name costs PROJ a search of its register, so that somebody could make a file that takes minutes.
    """
    spoken = {path: next(_spoken(member), None) for path, member in members.items()}
    if len(set(spoken.values())) > MOST_SYSTEMS:
        return dict.fromkeys(members, f"more than {MOST_SYSTEMS} names of reference systems")
    known = {spoken[path]: declared_name(member) for path, member in members.items()}
    return {path: known[text] for path, text in spoken.items()}


def declared_name(member: Json) -> str | None:
    """Return the system that a `crs` member means, None where it names none (`null`, an empty object).

    Read are the forms of GeoJSON 2008 (a name, a link), the older one with type “EPSG”, a text or number alone, Esri's
    `wkid`, and the `id` of PROJJSON. What is not understood comes back as it stands, shortened.
    """
    for text in _spoken(member):
        name = canonical(text)
        if name:
            return name
    return None


def _spoken(member: Json, depth: int = 0) -> Iterator[str]:
    """Yield the texts in a `crs` member that can name a system, the most telling first."""
    if isinstance(member, bool) or member is None or depth > 2:
        return
    if isinstance(member, int):
        yield str(member)
    elif isinstance(member, str):
        yield member[: LONGEST + 1]
    elif isinstance(member, dict):
        authority = member.get("authority")
        for key in ("code", "latestWkid", "wkid", "epsg", "EPSG", "srid"):
            number = member.get(key)
            if isinstance(number, int | str) and not isinstance(number, bool):
                yield f"{authority}:{number}" if isinstance(authority, str) else str(number)
        for key in ("id", "properties", "name", "href", "urn", "url", "wkt", "proj4", "type"):
            # A type says in which form the others stand; alone it may be the name (“type”: “EPSG:4326”).
            if key != "type" or (isinstance(member.get("type"), str) and ":" in member["type"]):
                yield from _spoken(member.get(key), depth + 1)


def canonical(text: str) -> str:
    """Return one name for the many ways of writing it: "EPSG:28408"; well-known text and unknown names as they are."""
    text = text[: LONGEST + 1].strip().strip("\0").strip()
    if WELL_KNOWN.match(text) or text.startswith("+") or len(text) > LONGEST_NAME:
        return text
    if numbered := NUMBERED.search(text):
        return _of_number(numbered[2], "ESRI" if numbered[1].lower() == "esri" else "EPSG")
    if ALONE.fullmatch(text):
        return _of_number(text, "EPSG")
    if ogc := OGC.search(text):
        return f"OGC:CRS{ogc[1]}"
    return _of_words(text) or text


def defined_name(definition: bytes | str) -> str | None:
    """Return the system that a .prj or a definition means: its number if it has one, else its text; None for none."""
    text = definition[: 4 * LONGEST].decode("utf-8", "replace") if isinstance(definition, bytes) else definition
    text = text.removeprefix("\ufeff").strip("\0 \r\n\t")
    if len(text) > LONGEST:
        return text[:LONGEST_NAME]
    # Esri writes the system of the heights behind that of the positions.
    behind = text.upper().find("VERTCS[")
    text = text[:behind].rstrip(", \r\n\t") if behind > 0 else text
    if text.lower() in ("", "undefined"):
        return None
    known = system(text)
    if known is None:
        return canonical(text)
    if is_plain(text):
        return CRS84
    # The number that stands in the text goes before one that PROJ would look up.
    stated = known.to_json_dict().get("id")
    if stated:
        return canonical(f"{stated['authority']}:{stated['code']}")
    # Without a datum, or with parameters of its own, it is not the system of the register that looks like it.
    if known.is_bound or conversion(text, None) is None:
        return text
    authority = known.to_authority(min_confidence=70)
    return canonical(":".join(authority)) if authority else text


def _of_number(number: str, authority: str) -> str:
    if number in WEB_MERCATOR_NUMBERS:
        return WEB_MERCATOR
    name = f"{authority}:{number}"
    # Esri's own numbers are often written as EPSG's.
    return f"ESRI:{number}" if system(name) is None and system(f"ESRI:{number}") is not None else name


def _of_words(text: str) -> str | None:
    words = text.strip().lower()
    if WGS84_DEGREES.fullmatch(words):
        return CRS84
    if WEB_NAMES.fullmatch(words):
        return WEB_MERCATOR
    if (utm := WGS84_UTM.fullmatch(words)) and 1 <= int(utm[1]) <= 60:
        return f"EPSG:32{7 if utm[2] == 's' else 6}{int(utm[1]):02d}"
    if (zone := PULKOVO_ZONE.fullmatch(words)) and 4 <= int(zone[2]) <= 32:
        # Esri adds “N” where the easting does not begin with the number of the zone.
        return f"EPSG:{'284' if zone[1] == '42' else '200'}{int(zone[2]) + (60 if zone[3] else 0):02d}"
    known = system(text) if len(text) < LONGEST_NAME else None
    authority = known.to_authority() if known is not None else None
    return ":".join(authority) if authority else None
