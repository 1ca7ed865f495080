"""What a route is called: which of its file's own words is taken for its name, and by which member it was found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

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
    r"(?:name|title|label|adı|adi|ad|название)(?::([a-z]{2,3}(?:[-_]\w{2,8})?)|_(en|az|hy|fa|ru|tr|ka))", re.IGNORECASE
)
#: English as this application is, then the languages of the countries the routes lead through, then any other.
LANGUAGES = ("en", "az", "hy", "fa", "ru", "tr", "ka")
#: Further names of OpenStreetMap (https://wiki.openstreetmap.org/wiki/Names), the commonest use first.
OTHER_NAMES = ("int_name", "official_name", "short_name", "loc_name", "nat_name", "reg_name", "alt_name", "old_name")
#: “Road name”, “PROJ_NAME”: any name but one of somebody or something else than the feature.
OF_OTHERS = re.compile(
    r"user|file|author|owner|soyad|creator|editor|company|organi|country|state|region|district|prov|layer"
)
#: What a thing is numbered by; a bare number becomes “lot 3”, so that it is seen of what.
NUMBERED = ("lot", "section", "segment", "variant", "alternative", "option", "alignment", "line", "route")
REFERENCES = ("ref", "int_ref", "nat_ref", "road_ref", "route_ref")
DESCRIBED = ("desc", "description", "cmt", "comment")
#: What stands around a feature in its file, under the names by which converters write it into the feature.
AROUND = ("folder", "layer", "metadata_name")
#: The longest description that can stand as a name.
LONGEST_DESCRIPTION = 80
LONGEST_NAME = 200
#: Tags of HTML by which programs set letters; anything else between angle brackets is the sender's own words.
TAG = re.compile(
    r"""</?(?:b|i|u|s|p|a|br|hr|em|strong|font|span|div|small|big|sub|sup|center|h[1-6]|ul|ol|li|table|tr|td|th|tbody)"""
    r"""(?:\s{1,9}[\w:-]{1,40}=(?:"[^"<>]{0,200}"|'[^'<>]{0,200}'|[^\s"'<>]{1,200})){0,9}\s{0,9}/?>""",
    re.IGNORECASE,
)
#: How members begin and end that are a name of something: “Название линии”, “Layihənin adı”, “Ճանապարհի անվանումը”.
BEGIN_AS_NAMES = ("название", "наименование", "наименован", "назв_")
END_AS_NAMES = ("name", " adı", "_adı", " adi", "_adi", "անուն", "անունը", "անվանում", "անվանումը")
#: The longest name of a member that can be one of those above.
LONGEST_MEMBER = 40
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
    ranked = [(*rank, place, member) for place, member in enumerate(members) if (rank := _rank(member)) is not None]
    for group, _, _, spelled in sorted(ranked):
        name = _name(spelled, members[spelled])
        if name:
            return ChosenName(shown(name, LONGEST_NAME), spelled, group == PLAIN)
    if isinstance(identifier, str) and identifier.strip():
        return ChosenName(shown(identifier.strip(), LONGEST_NAME), "id", False)
    return None


def name_around(properties: Mapping[str, object]) -> ChosenName | None:
    """Return what stands around a feature, its folder or layer, None where its properties do not tell."""
    for member in AROUND:
        name = without_markup(written(properties.get(member)))
        if name:
            return ChosenName(shown(name, LONGEST_NAME), member, False)
    return None


def collection_name(document: Json) -> ChosenName | None:
    """Return what a whole FeatureCollection is called, as GDAL writes its layers; None for a name that GDAL made up."""
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        return None
    name = written(document.get("name"))
    return ChosenName(shown(name, LONGEST_NAME), "name", False) if name and name.lower() not in MADE_UP else None


def name_in(properties: dict[str, Json], member: str, around: str, *, always: bool = False) -> None:
    """Put what stands around a feature into its properties, where it has no name of its own or `always`."""
    if around.strip() and (always or chosen_name(properties) is None):
        properties.setdefault(member, around.strip())


def written(value: object) -> str:
    """Return a text or a number as a name has it, "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split()) if not isinstance(value, int) or abs(value) < 10**18 else ""
    if text.lower() in NO_NAMES:
        return ""
    # The file's own text, not a copy of it for each of thousands.
    return value if value == text and isinstance(value, str) else text


def without_markup(name: str) -> str:
    """Return a name as people read it, where a program wrote it as HTML: without tags, “&amp;” as “&”."""
    if "<" not in name and "&" not in name:
        return name
    plain = " ".join(unescape(TAG.sub(" ", name)).split())
    # Escaped twice, as some programs do.
    return (unescape(plain) if "&" in plain else plain) or name


#: How likely a member holds a name: its group, the plain names first, and its place there.
PLAIN, OF_A_LANGUAGE, OTHER = range(3)
RANKS: dict[str, tuple[int, int]] = {
    **{member: (PLAIN, place) for place, member in enumerate((*NAMES, *TRANSLATED))},
    **{member: (OTHER, place) for place, member in enumerate(OTHER_NAMES)},
    # “Road name” and the like stand between.
    **{
        member: (OTHER, len(OTHER_NAMES) + place)
        for place, member in enumerate((*REFERENCES, *NUMBERED, *DESCRIBED), start=1)
    },
}


def _rank(member: object) -> tuple[int, int] | None:
    """Return how likely a member is to hold a name, the least number first; None for one that holds none."""
    if not isinstance(member, str) or len(member) > LONGEST_MEMBER:
        return None
    plain = member.strip().lower()
    if plain in RANKS:
        return RANKS[plain]
    match = IN_LANGUAGE.fullmatch(plain)
    if match is None:
        of_something = (
            (plain.endswith(END_AS_NAMES) or plain.startswith(BEGIN_AS_NAMES))
            and plain not in AROUND
            and not OF_OTHERS.search(plain)
        )
        return (OTHER, len(OTHER_NAMES)) if of_something else None
    language = match.group(1) or match.group(2)
    return OF_A_LANGUAGE, LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)


def _name(spelled: str, value: object) -> str:
    # 0 is what tables hold where nobody wrote anything.
    name = "" if value == 0 else without_markup(written(value))
    member = spelled.strip().lower()
    if member in NUMBERED and not isinstance(value, str):
        return f"{spelled} {name}" if name else ""
    if member in DESCRIBED and (not isinstance(value, str) or "<" in value or len(name) > LONGEST_DESCRIPTION):
        return ""
    return name
