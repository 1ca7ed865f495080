"""What a route is called: which of its file's own words is taken for its name, and by which member it was found."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corridor.reading.faults import Json, shown

#: Members that are a name and nothing else, the first of them first; compared without regard to capitals.
NAMES = ("name", "title", "label")
#: The same in the languages of the region and their neighbours, also cut to ten letters as a .dbf has them.
TRANSLATED = (
    "ad", "adı", "adi", "isim", "имя", "название", "наименование", "наименован", "անուն", "անունը", "անվանում", "نام",
    "სახელი", "nom", "nombre", "nazwa", "route_name", "routename", "road_name", "roadname", "line_name", "linename",
    "track_name",
)  # fmt: skip
#: “name:az”, “name_en”; a name in any language, of which one has to be chosen.
IN_LANGUAGE = re.compile(
    r"(?:name|title|label)(?::([a-z]{2,3}(?:[-_]\w{2,8})?)|_(en|az|hy|fa|ru|tr|ka))", re.IGNORECASE
)
#: English as this application is, then the languages of the countries the routes lead through, then any other.
LANGUAGES = ("en", "az", "hy", "fa", "ru", "tr", "ka")
#: Further names of OpenStreetMap (https://wiki.openstreetmap.org/wiki/Names), the commonest use first.
OTHER_NAMES = ("int_name", "official_name", "short_name", "loc_name", "nat_name", "reg_name", "alt_name", "old_name")
#: What a thing is numbered by; a bare number becomes “lot 3”, so that it is seen of what.
NUMBERED = ("lot", "section", "segment", "variant", "alternative", "option", "alignment", "line", "route")
REFERENCES = ("ref", "int_ref", "nat_ref", "road_ref", "route_ref")
DESCRIBED = ("desc", "description", "cmt", "comment")
#: What stands around a feature in its file, under the names by which converters write it into the feature.
AROUND = ("folder", "layer", "metadata_name")
#: The longest description that can stand as a name.
LONGEST_DESCRIPTION = 80
LONGEST_NAME = 200
#: What GDAL calls a layer that nobody named (https://gdal.org/en/stable/drivers/vector/geojson.html).
MADE_UP = frozenset(("ogrgeojson", "ogrgeojsonseq", "sql_statement", "select", "out"))
#: How programs write that there is no name.
NO_NAMES = frozenset(("<null>", "null", "none", "nan", "-", "n/a"))


@dataclass(frozen=True, slots=True)
class ChosenName:
    """A name and the member it was taken from ("name:en", "ref", "id"); `plain` where that is simply a name."""

    name: str
    member: str
    plain: bool


def chosen_name(properties: Mapping[str, object], identifier: Json = None) -> ChosenName | None:
    """Return what a feature is called by its own properties, else by its `id`; None where nothing can be a name.

    Names go before names in one language, those before other names, numbers of roads and short descriptions. Objects
    under “tags”, as OpenStreetMap's converters write them, are looked into.
    """
    tags = properties.get("tags")
    members = {**tags, **properties} if isinstance(tags, dict) else properties
    spelled: dict[str, str] = {}
    for member in members:
        if isinstance(member, str) and written(members[member]):
            spelled.setdefault(member.lower().strip(), member)
    for member, plain in _in_order(spelled):
        name = _name(spelled[member], members[spelled[member]], member)
        if name:
            return ChosenName(shown(name, LONGEST_NAME), spelled[member], plain)
    if isinstance(identifier, str) and identifier.strip():
        return ChosenName(shown(identifier.strip(), LONGEST_NAME), "id", False)
    return None


def name_around(properties: Mapping[str, object]) -> ChosenName | None:
    """Return what stands around a feature, its folder or layer, None where its properties do not tell."""
    for member in AROUND:
        name = written(properties.get(member))
        if name:
            return ChosenName(shown(name, LONGEST_NAME), member, False)
    return None


def collection_name(document: Json) -> ChosenName | None:
    """Return what a whole FeatureCollection is called, as GDAL writes its layers; None for a name that GDAL made up."""
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        return None
    name = written(document.get("name"))
    return ChosenName(shown(name, LONGEST_NAME), "name", False) if name and name.lower() not in MADE_UP else None


def name_in(properties: dict[str, Json], member: str, around: str) -> None:
    """Put what stands around a feature into its properties, where it has no name of its own."""
    if around.strip() and chosen_name(properties) is None:
        properties.setdefault(member, around.strip())


def written(value: object) -> str:
    """Return a text or a number as a name has it, "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split()) if not isinstance(value, int) or abs(value) < 10**18 else ""
    return "" if text.lower() in NO_NAMES else text


def _in_order(spelled: Mapping[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield members that may hold a name, in small letters, the likeliest first, and whether each is a plain one."""
    for member in (*NAMES, *TRANSLATED):
        if member in spelled:
            yield member, True
    languages = {
        member: found.group(1) or found.group(2) for member in spelled if (found := IN_LANGUAGE.fullmatch(member))
    }
    rank = {language: place for place, language in enumerate(LANGUAGES)}
    for member in sorted(languages, key=lambda member: (rank.get(languages[member], len(rank)), member)):
        yield member, False
    for member in (*OTHER_NAMES, *REFERENCES, *NUMBERED, *DESCRIBED):
        if member in spelled:
            yield member, False


def _name(spelled: str, value: object, member: str) -> str:
    # 0 is what tables hold where nobody wrote anything.
    name = "" if value == 0 else written(value)
    if member in NUMBERED and not isinstance(value, str):
        return f"{spelled} {name}" if name else ""
    if member in DESCRIBED and (not isinstance(value, str) or "<" in value or len(name) > LONGEST_DESCRIPTION):
        return ""
    return name
