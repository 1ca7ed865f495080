"""An answer as it is read, heard, printed and pasted: short sentences, each figure in full, what is missing."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup, escape

from corridor.answering.figures import Figure
from corridor.answering.questions import EXTENTS, Gap, Question
from corridor.present.footnotes import Footnotes
from corridor.present.sheets import figure_text, figures_sheet, sheet_html
from corridor.present.tables import element, link
from corridor.present.words import disclaimer, standard_gap
from corridor.sources import Source, SourceId

#: More sources than these are told by their number within a sentence; the table names them all.
INLINE = 4


def heading_html(question: Question) -> Markup:
    """Return the question as a heading with an anchor, under its theme."""
    return element(
        "div",
        element("p", f"{question.theme} · {EXTENTS[question.extent]}", class_="theme"),
        element("h2", f"{question.number}. {question.asked}"),
        id=f"question-{question.number}",
        class_="question-head",
    )


def contents_html(questions: Iterable[Question]) -> Markup:
    """Return the questions as a list of links to their anchors."""
    entries = (
        element(
            "li",
            element("span", str(question.number), class_="number"),
            link(question.asked, f"#question-{question.number}"),
        )
        for question in questions
    )
    return element("nav", element("ol", *entries, class_="contents"), aria_label="Questions")


def answer_html(question: Question, sources: Mapping[SourceId, Source], *, opened: bool) -> Markup:
    """Return the answer, what is not known, and under a line that opens each figure in full with the sources."""
    notes = Footnotes(sources)
    parts = [element("p", *(_piece(piece, notes) for piece in question.answer), class_="answer")]
    if question.not_known:
        gaps = (element("li", *(_piece(piece, notes) for piece in gap_pieces(gap))) for gap in question.not_known)
        parts.append(element("div", element("h3", "Not known"), element("ul", *gaps), class_="gaps"))
    sheet = figures_sheet(f"Figures for question {question.number}", question.figures)
    table = sheet_html(sheet, notes, look="figures")
    count = len(question.figures)
    summary = element("summary", f"{count} {'entry' if count == 1 else 'entries'} with accuracy, date and source")
    state = {"open": ""} if opened else {}
    parts.append(element("details", summary, table, notes.listed("h3"), class_="evidence", **state))
    return element("div", *parts, class_="question-answer")


def alone_html(number: int) -> Markup:
    """Return the link to one question alone, where it can be copied and saved."""
    return element("p", link(f"Copy or save question {number} →", f"?question={number}"), class_="way-on")


def way_on_html(number: int, last: int) -> Markup:
    """Return the ways from one question to all, to the one before and to the one after."""
    ways = [link(f"All {last} questions", "?")]
    if number > 1:
        ways.append(link(f"← Question {number - 1}", f"?question={number - 1}"))
    if number < last:
        ways.append(link(f"Question {number + 1} →", f"?question={number + 1}"))
    return element("nav", *ways, class_="way-on", aria_label="Other questions")


def gap_pieces(gap: Gap) -> tuple[str | Figure, ...]:
    """Return what is not known as one sentence, or as two with the standard one."""
    return (*gap.about, ": ", *gap.said, ".") if gap.said else (*gap.about, ". ", standard_gap())


def _piece(piece: str | Figure, notes: Footnotes) -> Markup:
    if isinstance(piece, str):
        return escape(piece)
    words = figure_text(piece)
    stressed = escape(words) if isinstance(piece.value, str) and piece.unit != "date" else element("strong", words)
    return element("span", stressed, notes.cite(piece.sources, at_most=INLINE))


def answer_text(question: Question, sources: Mapping[SourceId, Source], address: str) -> str:
    """Return the answer as plain text to paste, with numbered sources, what is not known and where it came from."""
    notes = Footnotes(sources)
    lines = [f"{question.number}. {question.asked}", "", _plain(question.answer, notes)]
    if question.not_known:
        lines += ["", "Not known:", *(f"- {_plain(gap_pieces(gap), notes)}" for gap in question.not_known)]
    return "\n".join([*lines, "", "Sources:", notes.listed_text(), "", disclaimer(), address])


def _plain(pieces: Iterable[str | Figure], notes: Footnotes) -> str:
    return "".join(
        p if isinstance(p, str) else figure_text(p) + notes.cite_text(p.sources, at_most=INLINE) for p in pieces
    )


def matching(questions: Sequence[Question], wanted: str) -> list[Question]:
    """Return the questions in which every word of `wanted` occurs, in the question, its theme or its answer."""
    words = wanted.casefold().split()
    return [question for question in questions if all(word in _searched(question) for word in words)]


def _searched(question: Question) -> str:
    answer = "".join(piece if isinstance(piece, str) else figure_text(piece) for piece in question.answer)
    figures = " ".join(figure.what for figure in question.figures)
    return f"{question.number} {question.theme} {question.asked} {answer} {figures}".casefold()
