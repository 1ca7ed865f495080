"""What a scene refers to, looked up in what is shipped; what is not there becomes a sentence and the scene stays."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from shapely.errors import ShapelyError

from corridor.answering.figures import Evidence, Figure, fetched
from corridor.answering.questions import REFERENCES, Question, resolved_text
from corridor.assessing.comparison import AT_MOST
from corridor.candidates import Candidate, CandidateId
from corridor.errors import DocumentError
from corridor.reading.faults import Severity
from corridor.reading.route import Route
from corridor.storyboard.embedding import TakenOut, taken_out
from corridor.storyboard.story import TABLES, OwnRoute, Problem, Scene, Story, TomlTable, kind_of
from corridor.texts.documents import Anchor, Clause, Document

Pieces = tuple[str | Figure, ...]
#: Figures that are measured when they are fetched; each may take a second, so a story has only so many.
MEASURED = frozenset({"near", "moved"})
MOST_MEASURED = 10
#: Comparisons of one story; each may take seconds.
MOST_COMPARISONS = 12
#: Farther apart than this, "near" says nothing of a corridor, and takes long (metres).
FARTHEST_NEAR_M = 5_000
#: Characters of what is said of one fault; a key may hold a text of any length.
LONGEST_SENTENCE = 300
#: Fewest and most routes of a comparison.
COMPARED = (2, AT_MOST)


@dataclass(frozen=True)
class ReferenceTargets:
    """What a story may refer to: figures from `evidence`, ids of features and registers, layer switches, questions."""

    evidence: Evidence
    document: Document
    ids: Collection[str]
    layers: Collection[str]
    questions: Mapping[str, Question] = field(default_factory=dict)


@dataclass(frozen=True)
class ResolvedScene:
    """A scene with what it refers to; what was not found is left out and told in `problems`.

    Texts are pieces: words, or a figure with all that belongs to it. `routes` are the own routes that can be drawn.
    """

    scene: Scene
    problems: tuple[Problem, ...] = ()
    message: Pieces = ()
    points: tuple[Pieces, ...] = ()
    for_armenia: tuple[Pieces, ...] = ()
    for_azerbaijan: tuple[Pieces, ...] = ()
    notes: Pieces = ()
    figures: tuple[Figure, ...] = ()
    clause: Clause | None = None
    anchor: Anchor | None = None
    features: tuple[str, ...] = ()
    layers: tuple[str, ...] | None = None
    candidates: tuple[Candidate, ...] = ()
    routes: tuple[tuple[OwnRoute, Route], ...] = ()
    question: Question | None = None

    @property
    def broken(self) -> bool:
        """Whether something the scene was made to show is not there."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def resolve(
    story: Story, known: ReferenceTargets, routes: Mapping[str, TakenOut] | None = None
) -> tuple[ResolvedScene, ...]:
    """Return every scene of a story, hidden ones too, in order, with what it refers to.

    `routes` are its own routes as lines where they were taken out before.
    """
    if routes is None:
        routes = {own.id: taken_out(own) for own in story.routes}
    measured = comparisons = 0
    scenes = []
    for scene in story.scenes:
        measured += sum(_is_text(way := entry.get("get")) and way in MEASURED for entry in scene.figures.values())
        comparisons += scene.kind == "comparison"
        resolving = _Resolving(scene, known, routes, measured > MOST_MEASURED, comparisons > MOST_COMPARISONS)
        scenes.append(resolving.resolved())
    return tuple(scenes)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


class _Resolving:
    """One scene on its way: what is found is returned, what is not is noted."""

    def __init__(
        self,
        scene: Scene,
        known: ReferenceTargets,
        routes: Mapping[str, TakenOut],
        all_measured: bool,
        all_compared: bool,
    ) -> None:
        self.scene, self.known, self.routes = scene, known, routes
        self.all_measured = all_measured
        self.all_compared = all_compared and scene.kind == "comparison"
        self.problems: list[Problem] = []

    def tell(self, key: str, says: str, severity: Severity = Severity.ERROR) -> None:
        short = says if len(says) <= LONGEST_SENTENCE else f"{says[:LONGEST_SENTENCE]}…"
        sentence = f"Scene {self.scene.id!r}, {key}: {short}."
        self.problems.append(Problem(severity, self.scene.id, key, sentence))

    def resolved(self) -> ResolvedScene:
        scene = self.scene
        self.check_kind()
        figures = self.figures()
        anchor, clause = self.anchor(), self.clause()
        return ResolvedScene(
            scene=scene,
            message=self.filled("message", scene.message, figures),
            points=tuple(self.filled("points", point, figures) for point in scene.points),
            for_armenia=tuple(self.filled("for_armenia", point, figures) for point in scene.for_armenia),
            for_azerbaijan=tuple(self.filled("for_azerbaijan", point, figures) for point in scene.for_azerbaijan),
            notes=self.filled("notes", scene.notes, figures),
            figures=tuple(figures.values()),
            clause=clause,
            anchor=anchor,
            features=self.among(
                "features", scene.features, self.known.ids, "no feature, document or event of this name"
            ),
            layers=None
            if scene.layers is None
            else self.among("layers", scene.layers, self.known.layers, "no layer of this name"),
            candidates=() if self.all_compared else self.candidates(),
            routes=() if self.all_compared else self.own_routes(),
            question=self.question(),
            problems=tuple(self.problems),
        )

    def check_kind(self) -> None:
        scene, kind = self.scene, kind_of(self.scene)
        if kind is None:
            self.tell("kind", f"{scene.kind or 'nothing'!r} is no kind of scene this version knows")
            return
        if kind.needs and not any(getattr(scene, key) for key in kind.needs):
            self.tell(
                kind.needs[0], f"a scene of the kind {kind.id!r} names {' or '.join(kind.needs)}, and this one does not"
            )
        if scene.table and scene.table not in {table.id for table in TABLES}:
            self.tell("table", f"{scene.table!r} is no table this version knows")
        about = next((table.about for table in TABLES if table.id == scene.table), "")
        if about in {"candidates", "routes"} and not getattr(scene, about):
            self.tell(about, f"the table {scene.table!r} is one of {about}, and the scene names none")
        several = len(scene.candidates) + len(scene.routes)
        if scene.kind == "comparison" and several and not COMPARED[0] <= several <= COMPARED[1]:
            self.tell("candidates", f"between {COMPARED[0]} and {COMPARED[1]} routes are compared, not {several}")
        if self.all_compared:
            self.tell("kind", f"at most {MOST_COMPARISONS} comparisons of a story are made when it is opened")
        if scene.kind == "options" and several > 1:
            self.tell("candidates", f"a scene of the kind 'options' shows one candidate or own route, not {several}")

    def figures(self) -> dict[str, Figure]:
        fetched_figures: dict[str, Figure] = {}
        for name, entry in self.scene.figures.items():
            try:
                fetched_figures[name] = self.figure(entry, fetched_figures)
            except DocumentError as error:
                self.tell(f"figure {name!r}", str(error))
        return fetched_figures

    def figure(self, entry: TomlTable, figures: Mapping[str, Figure]) -> Figure:
        """Return one figure; raise DocumentError with the rest of a sentence for any that cannot be fetched."""
        what, way = entry.get("what"), entry.get("get")
        if not _is_text(what) or not what:
            raise DocumentError("it lacks 'what', which says in words what the figure is")
        if not _is_text(way):
            raise DocumentError("it lacks 'get', which says how it is fetched")
        if way in MEASURED and self.all_measured:
            raise DocumentError(f"at most {MOST_MEASURED} figures of a story are measured on the map when it is opened")
        metres = entry.get("metres", 0)
        if not isinstance(metres, (int, float)) or not 0 <= metres <= FARTHEST_NEAR_M:
            raise DocumentError(f"its metres are {metres!r}; 0 to {FARTHEST_NEAR_M:,} were expected")
        try:
            return fetched(str(what), entry, self.known.evidence, figures, REFERENCES)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, ShapelyError) as error:
            # The keys come from anywhere; a number where a name should be, a name where a list should be, and so on.
            raise DocumentError("it cannot be computed from the keys that stand there") from error

    def filled(self, key: str, template: str, figures: Mapping[str, Figure]) -> Pieces:
        """Return a text with its figures; as it was typed where a placeholder has none."""
        try:
            return resolved_text(template, figures, "it")
        except DocumentError as error:
            self.tell(key, str(error).rstrip("."))
            return (template,)

    def clause(self) -> Clause | None:
        wanted = self.scene.clause
        if not wanted and self.scene.phrase:
            wanted = self.scene.phrase.partition("#")[0]
        if not wanted:
            return None
        clause = self.known.document.clause(wanted)
        if clause is None and self.scene.clause:
            self.tell("clause", f"{wanted!r} is no clause of the {self.known.document.heading.label}")
        return clause

    def anchor(self) -> Anchor | None:
        wanted = self.scene.phrase
        anchor = next((known for known in self.known.document.anchors if known.id == wanted), None)
        if wanted and anchor is None:
            self.tell("phrase", f"{wanted!r} is no linked phrase of the {self.known.document.heading.label}")
        if anchor is not None and self.scene.clause and anchor.clause != self.scene.clause:
            self.tell("phrase", f"{wanted!r} does not stand in the clause {self.scene.clause!r}")
            return None
        return anchor

    def among(self, key: str, wanted: Iterable[str], there: Collection[str], none: str) -> tuple[str, ...]:
        identities = []
        for identity in dict.fromkeys(wanted):
            if identity in there:
                identities.append(identity)
            else:
                self.tell(key, f"{identity!r} is {none}")
        return tuple(identities)

    def candidates(self) -> tuple[Candidate, ...]:
        there: Mapping[CandidateId, Candidate] = self.known.evidence.candidates
        named = self.among("candidates", self.scene.candidates, there, "no candidate of this name")
        chosen = tuple(there[identity] for identity in named)
        if self.scene.kind == "chart" and len({candidate.mode for candidate in chosen}) > 1:
            self.tell("candidates", "a chart has the colour of one mode, and these candidates differ in mode")
        elif (
            self.scene.kind == "chart" and len({(candidate.origin, candidate.destination) for candidate in chosen}) > 1
        ):
            says = "these candidates have other ends, so that their kilometres are not alike"
            self.tell("candidates", says, Severity.WARNING)
        return chosen

    def own_routes(self) -> tuple[tuple[OwnRoute, Route], ...]:
        routes = []
        for identity in self.among("routes", self.scene.routes, self.routes, "no own route of this story"):
            taken = self.routes[identity]
            if taken.says:
                severity = Severity.ERROR if taken.route is None else Severity.WARNING
                self.tell("routes", f"{identity!r} {taken.says}", severity)
            if taken.route is not None:
                own = replace(taken.own, open_findings=taken.own.open_findings or taken.open_findings)
                routes.append((own, taken.route))
        return tuple(routes)

    def question(self) -> Question | None:
        wanted = self.scene.question
        if wanted and wanted not in self.known.questions:
            self.tell("question", f"{wanted!r} is none of the briefing questions")
        return self.known.questions.get(wanted)
