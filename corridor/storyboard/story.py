"""What a story is: an ordered list of scenes with the routes of a reader that stand in them, and nothing looked up.

A scene names what it shows by id, so that the same file shows the same thing elsewhere; its numbers are references to
data. Nothing here knows whether an id exists: a scene that names something missing is a scene like any other.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from corridor.land.geodesy import Bounds
from corridor.reading.faults import Severity

#: The version of the form of a story file that this application writes and fully understands.
SCHEMA = 1
SceneId = str
#: Keys and values as the TOML file has them.
TomlTable = Mapping[str, object]


#: What lines are called that nobody named.
_ANY_LINE = re.compile(r"\b(?:route|track|line|path|untitled)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell about a story: `scene` is the id of the scene it is in, "" for the story as a whole."""

    severity: Severity
    scene: SceneId
    key: str
    says: str


@dataclass(frozen=True, slots=True)
class SceneKind:
    """One kind of scene; `needs` are the keys of which at least one has to be there, () for none.

    `mapped` is true where the scene always has a map; others have one as soon as they name a view.
    """

    id: str
    sentence: str
    needs: tuple[str, ...] = ()
    mapped: bool = False


KINDS = (
    SceneKind("start", "The opening: title and purpose of the story."),
    SceneKind("map", "Land and lines with one sentence.", mapped=True),
    SceneKind(
        "clause", "A clause of the Declaration word for word beside the land it names.", ("clause", "phrase"), True
    ),
    SceneKind("table", "A table of the shipped data.", ("table", "question")),
    SceneKind("chart", "Kilometres by country and status as bars, with their table.", ("candidates",)),
    SceneKind(
        "comparison", "Two to six candidates or own routes measured side by side.", ("candidates", "routes"), True
    ),
    SceneKind(
        "options",
        "One candidate or own route in two columns: for Armenia, for Azerbaijan.",
        ("candidates", "routes"),
        True,
    ),
    SceneKind("text", "Statements, or the answer to one of the questions.", ("message", "points", "question")),
    SceneKind("closing", "The end: what remains to be said, and where everything comes from."),
)


@dataclass(frozen=True, slots=True)
class TableKind:
    """One table a scene can show; `about` is the key that says what of, "" where there is only one such table."""

    id: str
    title: str
    sentence: str
    about: str = ""


TABLES = (
    TableKind(
        "kilometres", "Kilometres by country and status", "Of candidates, as drawn and as published.", "candidates"
    ),
    TableKind("published", "Published lengths", "Every one of the segments of candidates.", "candidates"),
    TableKind("connects", "What each connects", "Candidates in two columns, Armenia and Azerbaijan.", "candidates"),
    TableKind("said", "Who proposed, who answered", "Candidates with dates and sources.", "candidates"),
    TableKind("missing", "Missing parts, and what is not known", "Of candidates.", "candidates"),
    TableKind("unknown", "What is not known", "Of candidates, each gap once.", "candidates"),
    TableKind("crossings", "Borders on the way", "Of candidates, in the order of travel.", "candidates"),
    TableKind("segments", "Segments in the order of travel", "Of candidates.", "candidates"),
    TableKind("facts", "Gauge, operation and cost", "Of the segments of candidates.", "candidates"),
    TableKind("dates", "Dates promised and delivered", "Of candidates.", "candidates"),
    TableKind("numbers", "Kilometres by territory", "Of own routes.", "routes"),
    TableKind("readings", "Geometry against one reading of paragraph 3", "Of own routes.", "routes"),
    TableKind("phrases", "Phrases of the text", "What each points to and why; of one clause, or of all.", "clause"),
    TableKind("unmapped", "Words the map shows nothing for", "And why; of all clauses."),
    TableKind("areas", "Areas under delimitation", "In whose OpenStreetMap polygon each lies."),
    TableKind("texts", "What four texts say on the same points", "In their own words."),
    TableKind("register", "Documents by date", "With parties and status; those named, or all."),
    TableKind("timeline", "What happened when", "Events by date; those named, or all."),
    TableKind("disagreements", "Where sources disagree", "In their own words."),
    TableKind("people", "Who is who", "People named by the documents."),
    TableKind("acronyms", "Short forms", "And what they stand for."),
    TableKind("boundary", "What the two governments have said about the border", "In their own words."),
    TableKind("layers", "Layers of the map", "With accuracy, date and licence."),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene; what each field is for stands in corridor.storyboard.fields, where the file's keys are listed.

    `kept` are keys and values of the file that this application does not understand or cannot use; they are written
    back as they came.
    """

    id: SceneId
    kind: str
    title: str = ""
    message: str = ""
    points: tuple[str, ...] = ()
    figures: Mapping[str, TomlTable] = field(default_factory=dict)
    clause: str = ""
    phrase: str = ""
    features: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    for_armenia: tuple[str, ...] = ()
    for_azerbaijan: tuple[str, ...] = ()
    table: str = ""
    question: str = ""
    view: Bounds | None = None
    layers: tuple[str, ...] | None = None
    inset: bool = False
    caption: str = ""
    notes: str = ""
    hidden: bool = False
    kept: TomlTable = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnRoute:
    """A route of a reader, carried inside the story so that the story opens elsewhere.

    `geojson` is its line as RFC 7946 GeoJSON text and `sha256` the hash of that text; `origin` says in words where it
    comes from, `file` and `file_sha256` name the file it was taken from, and `open_findings` says what checking that
    file found and was not mended, "" for nothing. All texts are the reader's own.
    """

    id: str
    name: str = ""
    mode: str = ""
    origin: str = ""
    file: str = ""
    file_sha256: str = ""
    open_findings: str = ""
    sha256: str = ""
    geojson: str = ""
    kept: TomlTable = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What a scene about it is called: its name, with that of its file where the name alone tells nothing."""
        return telling_name(self.name, self.file) or self.id


def telling_name(name: str, file: str) -> str:
    """Return the name of a line, with its file behind it where it is a letter, a number or nothing: "A (a.gpx)"."""
    if not file or sum(sign.isalpha() for sign in _ANY_LINE.sub("", name)) > 1:
        return name
    return f"{name} ({file})" if name.strip() else file


@dataclass(frozen=True, slots=True)
class Story:
    """A story; `made` and `changed` are ISO days given by whoever made it, "" when they are not."""

    id: str
    title: str
    subtitle: str = ""
    language: str = "en"
    author: str = ""
    handling: str = ""
    made: str = ""
    changed: str = ""
    scenes: tuple[Scene, ...] = ()
    routes: tuple[OwnRoute, ...] = ()
    schema: int = SCHEMA
    kept: TomlTable = field(default_factory=dict)

    def scene(self, identity: SceneId) -> Scene | None:
        """Return the scene with this id, or None."""
        return next((scene for scene in self.scenes if scene.id == identity), None)

    def route(self, identity: str) -> OwnRoute | None:
        """Return the own route with this id, or None."""
        return next((route for route in self.routes if route.id == identity), None)


def kind_of(scene: Scene) -> SceneKind | None:
    """Return what kind of scene it is; None for a kind this application does not know."""
    return next((kind for kind in KINDS if kind.id == scene.kind), None)
