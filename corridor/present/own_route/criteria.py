"""How the answers about one route stand on a page: three that test words of the text, apart from what only informs."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from corridor.answering.figures import Figure
from corridor.assessing.accuracy import Tolerance
from corridor.assessing.judging import Judgement, Verdict
from corridor.assessing.thresholds import ASKED_AT_M, Span
from corridor.assessing.unjudged import UNJUDGED
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.tables import element
from corridor.present.verdicts import SYMBOLS, answer_words, verdict_words
from corridor.present.words import known_to
from corridor.quantities import bare_kilometres, metres, plus_minus
from corridor.texts.documents import clause_name
from corridor.texts.edition import facts_as_of

#: Metres of border accuracy that are written along a strip.
TICKS_M = (0, 100, 250, 500, 1_000, 2_000)
BELONGS_TO_NONE = "no clause"
#: Stands before the accuracies of the border at which an answer turns.
TURNING = "By how exactly the border is known:"

INTRODUCTION = (
    "Three questions compare the line with words of paragraph 3, whichever way it is drawn. Each answer names the "
    "number that decided it. All else is for information: the text sets no measure for it. No scores, no "
    "ranking, and nothing here says what is lawful."
)


def tested(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that compare a line with words of the text."""
    return tuple(verdict for verdict in verdicts if verdict.criterion.tests_text)


def answers_html(verdicts: Sequence[Verdict], spans: Mapping[str, Sequence[Span]], set_by_reader: Tolerance) -> Markup:
    """Return the answers to the three questions, each with its reason, its margin and a strip that shows its turns."""
    return Markup().join(_answer(verdict, spans[verdict.criterion.id], set_by_reader) for verdict in tested(verdicts))


def _answer(verdict: Verdict, spans: Sequence[Span], set_by_reader: Tolerance) -> Markup:
    judgement, criterion = verdict.judgement, verdict.criterion
    words = verdict_words(judgement)
    head = element(
        "h3",
        element("span", SYMBOLS[judgement.answer], class_="answer-sign", aria_hidden="true"),
        element("span", words, class_="answer-words"),
    )
    return element(
        "article",
        element("p", f"{criterion.id} · {clause_name(criterion.clause or '')}", class_="answer-of"),
        element("p", criterion.question, class_="answer-question"),
        head,
        element("p", judgement.because),
        _numbers(judgement),
        _strip(spans, set_by_reader),
        class_="verdict",
    )


def _numbers(judgement: Judgement) -> Markup:
    rows = []
    if (drawn := _as_drawn(judgement)) is not None:
        rows.append(("As drawn", drawn))
    if judgement.margin_m is not None:
        rows.append(("Margin", metres(judgement.margin_m)))
    if judgement.tolerance_m is not None:
        rows.append(("Border and line there", known_to(judgement.tolerance_m)))
    return element("dl", *(element("div", element("dt", label), element("dd", value)) for label, value in rows))


def _as_drawn(judgement: Judgement) -> str | None:
    """Return the value of an answer with its unit, as its reason has it; None for an answer without one."""
    if judgement.value is None:
        return None
    in_km = judgement.unit == "km"
    said = bare_kilometres(judgement.value, judgement.line_m) if in_km else f"{round(judgement.value, 2):,g}"
    return f"{said} {judgement.unit or ''}".strip()


def _strip(spans: Sequence[Span], set_by_reader: Tolerance) -> Markup:
    """Return how the answer depends on the accuracy of the border: a drawing, and the same in a sentence."""
    parts = [
        element(
            "span",
            element("i", SYMBOLS[span.judgement.answer], class_="answer-sign"),
            f" {verdict_words(span.judgement)}" if _along(span.to_m) - _along(span.from_m) > 22 else "",
            class_=f"span span-{span.judgement.answer}",
            style=f"width:{_along(span.to_m) - _along(span.from_m):.2f}%",
            title=verdict_words(span.judgement),
        )
        for span in spans
    ]
    ticks = [element("span", f"{tick:,}", class_="tick", style=f"left:{_along(tick):.2f}%") for tick in TICKS_M]
    here = set_by_reader.border_m
    mark = (
        "" if here is None else element("span", class_="here", style=f"left:{_along(min(here, ASKED_AT_M[-1])):.2f}%")
    )
    drawing = element(
        "div",
        element("div", *parts, mark, class_="spans"),
        element("div", *ticks, class_="ticks"),
        class_="strip",
        aria_hidden="true",
    )
    return element("div", drawing, element("p", turning_words(spans), class_="soft"), class_="turning")


def _along(border_m: float) -> float:
    """Return where an accuracy lies along a strip, in per cent; the square root gives small ones the room they need."""
    return float((border_m / ASKED_AT_M[-1]) ** 0.5 * 100)


def turning_words(spans: Sequence[Span]) -> str:
    """Return in a sentence at which accuracy of the border an answer turns, the line staying as exact as it is."""
    first, *others = spans
    last = known_to(ASKED_AT_M[-1])
    said = answer_words(first.judgement).within
    if not others:
        return f"{TURNING} {said} at any accuracy up to {last}."
    turns = [f"{said} up to {_exact(first.to_m)}."]
    turns += [f"Then {answer_words(span.judgement).within} up to {_exact(span.to_m)}." for span in others]
    return f"{TURNING} {' '.join(turns)}"


def _exact(border_m: float) -> str:
    return plus_minus(float(round(border_m)))


def information_sheet(verdicts: Sequence[Verdict]) -> Sheet:
    """Return what only informs, question by question, with its details and sources."""
    rows: list[tuple[SheetEntry, ...]] = []
    for verdict in verdicts:
        judgement, criterion = verdict.judgement, verdict.criterion
        if not criterion.tests_text:
            said = Figure(
                criterion.question, judgement.because, "", criterion.rule, facts_as_of().isoformat(), judgement.sources
            )
            where = clause_name(criterion.clause) if criterion.clause else BELONGS_TO_NONE
            words = verdict_words(judgement)
            rows.append((f"{criterion.id} {criterion.question}", where, words, (said, *judgement.details)))
    return Sheet(
        "For information: counts and lengths", ("Question", "Beside", "Answer", "What is counted"), tuple(rows)
    )


def all_answers_sheet(verdicts: Sequence[Verdict]) -> Sheet:
    """Return every answer as a table to take away, with value, margin and reason."""
    rows: list[tuple[SheetEntry, ...]] = []
    for verdict in verdicts:
        judgement = verdict.judgement
        rows.append(
            (
                f"{verdict.criterion.id} {verdict.criterion.question}",
                clause_name(verdict.criterion.clause) if verdict.criterion.clause else BELONGS_TO_NONE,
                verdict_words(judgement),
                _as_drawn(judgement),
                None if judgement.margin_m is None else metres(judgement.margin_m),
                None if judgement.tolerance_m is None else known_to(judgement.tolerance_m),
                judgement.because,
            )
        )
    columns = ("Question", "Clause", "Answer", "Value", "Margin", "Border and line there", "Because")
    return Sheet("Geometry against one reading of paragraph 3", columns, tuple(rows))


def meanings_html(verdicts: Sequence[Verdict]) -> Markup:
    """Return what the words of the answers mean, those that occur, in the order of their first use."""
    signs = {answer_words(v.judgement): SYMBOLS[v.judgement.answer] for v in verdicts}
    entries = [
        element(
            "li",
            element("span", sign, class_="answer-sign", aria_hidden="true"),
            element("strong", words.alone),
            f" {words.explained}",
        )
        for words, sign in signs.items()
    ]
    return element("ul", *entries, class_="meanings", aria_label="What the answers mean")


def unjudged_html() -> Markup:
    """Return what no geometry can judge, and what would be needed to."""
    entries = []
    for matter in UNJUDGED:
        where = clause_name(matter.clause) if matter.clause else BELONGS_TO_NONE
        entries.append(
            element(
                "li",
                element("span", matter.id, class_="soft"),
                element("strong", matter.matter),
                element("span", where, class_="soft beside"),
                element("span", matter.needs, class_="soft needs"),
            )
        )
    return element("section", element("h3", "What no geometry can judge"), element("ol", *entries), class_="unjudged")
