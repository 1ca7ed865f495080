"""Which keys a story file has, what each of them is for, and the form of its value; reading and writing walk these.

schema = 1                      the version of this form
id, title, ...                  the keys of STORY_FIELDS
[[scene]]                       one table for each scene, in order: SCENE_FIELDS
[scene.figures.NAME]            how a figure of the scene is fetched, as in geodata/texts/questions.toml
[[route]]                       one table for each own route that stands in a scene: ROUTE_FIELDS
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corridor.reading.faults import Severity
from corridor.storyboard import forms
from corridor.storyboard.forms import Form, FormError
from corridor.storyboard.story import KINDS, TABLES, TomlTable


@dataclass(frozen=True, slots=True)
class Field:
    """One key: its name, which is also the attribute, what it is for, its form and its value where it is left out."""

    key: str
    sentence: str
    form: Form
    default: Any = ""


_PLACEHOLDERS = "{name} stands for the figure of that name"

STORY_FIELDS = (
    Field("id", "Tells the story from others.", forms.NAME),
    Field("title", "Title, on the first scene and in every file made of it.", forms.line()),
    Field("subtitle", "Purpose in one sentence.", forms.line(forms.LONGEST_MESSAGE)),
    Field("language", "Language of its texts.", forms.LANGUAGE, "en"),
    Field("author", "Who made it.", forms.line()),
    Field("handling", "Handling line, on every page.", forms.line()),
    Field("made", "Day it was made, given by its author.", forms.DAY),
    Field("changed", "Day it was last changed, given by its author.", forms.DAY),
)

SCENE_FIELDS = (
    Field("id", "Tells the scene from others of the story.", forms.NAME),
    Field("kind", f"One of {', '.join(kind.id for kind in KINDS)}.", forms.ID),
    Field("title", "Title of the scene.", forms.line()),
    Field("message", f"One sentence; {_PLACEHOLDERS}.", forms.prose(forms.LONGEST_MESSAGE)),
    Field("points", f"Statements under the message; {_PLACEHOLDERS}.", forms.STATEMENTS, ()),
    Field("clause", "Clause that is quoted, as joint-declaration/3.", forms.ID),
    Field("phrase", "Phrase that is lit, by its id, as joint-declaration/3#main-part.", forms.ID),
    Field("features", "Features that are lit, or documents and events that are named.", forms.IDS, ()),
    Field("candidates", "Candidate routes, by their ids.", forms.IDS, ()),
    Field("routes", "Own routes of this file, by their ids.", forms.IDS, ()),
    Field("for_armenia", f"Own statements for the first column of options; {_PLACEHOLDERS}.", forms.STATEMENTS, ()),
    Field("for_azerbaijan", f"Own statements for the second column; {_PLACEHOLDERS}.", forms.STATEMENTS, ()),
    Field("table", f"Table that is shown: one of {', '.join(table.id for table in TABLES)}.", forms.ID),
    Field("question", "Briefing question that is answered, by its id.", forms.ID),
    Field("view", "Part of the map that is shown; what is lit is framed where it is left out.", forms.BOUNDS, None),
    Field("layers", "Layer switches that are on; a small choice where it is left out.", forms.IDS, None),
    Field("inset", "Whether the section by Meghri stands beside the map at a larger scale.", forms.FLAG, False),
    Field(
        "caption",
        "Words under the map; those of the lit phrase, or how a course is known, where it is left out.",
        forms.line(),
    ),
    Field("notes", f"Speaker notes; {_PLACEHOLDERS}.", forms.prose(forms.LONGEST_NOTES)),
    Field("hidden", "Whether the scene is left out when the story is presented or exported.", forms.FLAG, False),
    Field("figures", "How each figure is fetched from the data.", forms.FIGURES, {}),
)

ROUTE_FIELDS = (
    Field("id", "Names the route in scenes.", forms.NAME),
    Field("name", "Name of the route, as its file has it.", forms.line()),
    Field("mode", "Mode of the route; left out when it is not stated.", forms.MODE),
    Field("origin", "Where the line comes from, in words.", forms.line(forms.LONGEST_MESSAGE)),
    Field("file", "Name of the file it was taken from.", forms.line()),
    Field("file_sha256", "SHA-256 of that file.", forms.DIGEST),
    Field("open_findings", "What checking that file found and was not mended.", forms.line(forms.LONGEST_MESSAGE)),
    Field("sha256", "SHA-256 of the text under geojson.", forms.DIGEST),
    Field("geojson", "The line, as a feature or a geometry.", forms.GEOJSON),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from a table: usable values by key, all else as it came, and what is to be said of it."""

    values: dict[str, Any]
    kept: dict[str, object]
    problems: tuple[tuple[Severity, str, str], ...]


def take(fields: Sequence[Field], table: TomlTable) -> Taken:
    """Return what the keys of a table say; a value of another form and an unknown key are kept and told."""
    values: dict[str, Any] = {}
    kept: dict[str, object] = {}
    problems = []
    known = {field.key: field for field in fields}
    for key, value in table.items():
        if key not in known:
            kept[key] = value
            problems.append((Severity.WARNING, key, "is not known to this version; it is kept as it is"))
            continue
        try:
            values[key] = known[key].form.take(value)
        except FormError as error:
            kept[key] = value
            problems.append((Severity.ERROR, key, f"{error}; it is kept as it is and not shown"))
            continue
        if _was_cleaned(value, values[key]):
            problems.append((Severity.WARNING, key, "held characters that cannot be shown; they were taken out"))
    return Taken(values, kept, tuple(problems))


def _was_cleaned(value: object, taken: object) -> bool:
    if isinstance(value, str) and isinstance(taken, str):
        return "".join(value.split()) != "".join(taken.split())
    if isinstance(value, list) and isinstance(taken, tuple):
        return any(_was_cleaned(member, other) for member, other in zip(value, taken, strict=True))
    return False


def as_table(fields: Sequence[Field], record: object, kept: TomlTable) -> dict[str, object]:
    """Return the values of a record that differ from their defaults, in the order of the fields, then what was kept."""
    table: dict[str, object] = {}
    for field in fields:
        value = getattr(record, field.key)
        if value != field.default:
            table[field.key] = list(value) if isinstance(value, tuple) else value
        elif field.key in kept:
            table[field.key] = kept[field.key]
    return table | {
        key: value for key, value in kept.items() if key not in table and key not in {f.key for f in fields}
    }
