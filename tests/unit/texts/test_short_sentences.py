"""No sentence that is shown has more than 25 words: neither those that are written nor those that are composed.

A word has a letter or a digit, a sentence ends with its full stop, and what a file says, in quotation marks, is a word.
Left out by name are quotations, titles and exact names of others, addresses and citations, lists without a verb, and
how something was drawn, a press away on its card.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from corridor.answering.figures import Figure
from corridor.assessing.assessment import assess
from corridor.assessing.comparison import AT_MOST, compare
from corridor.assessing.criteria import CRITERIA
from corridor.present.candidates.side_by_side import side_by_side
from corridor.present.cards.candidate import candidate_card
from corridor.present.cards.feature import feature_card
from corridor.present.comparing.route import compared_candidate
from corridor.present.comparing.sheets import every_sheet
from corridor.present.own_route import course, surroundings
from corridor.present.own_route.figures import RouteFigures
from corridor.present.own_route.file_report import card_lines, headline
from corridor.present.registers.answers import gap_pieces
from corridor.present.sheets import Sheet, figure_text
from corridor.present.story.scenes import HOW_MEASURED
from corridor.reading.checks.all_checks import CHECKS
from corridor.reading.mend import mend_by_default, offered_repairs
from corridor.reading.route import Reading, read_route
from corridor.sources import GEODATA
from corridor.store.work import region
from corridor.ui.context import briefing_context
from tests.support.samples import CODES, read

ROOT = GEODATA.parent
LONGEST = 25
WORD = re.compile(r"\w")
SENTENCES = re.compile(r"(?<=[.?!”)])\s+(?=[A-Z“])|(?<=[.?!])\s+|\n+")
#: Fields of the registers with other people's words, titles and exact names, addresses, and how something was drawn.
OF_OTHERS = {"text", "passage", "phrase", "quote", "name", "names", "title", "reference", "spellings", "what", "method"}
#: Parts of a card that are lists, citations or a copy of all of it, and how something was drawn.
NOT_SENTENCES = {"copy", "source", "sources", "names", "title", "subtitle", "accuracy", "description", "not_named"}
#: Sheets whose cells are lists: names by country.
LISTED = "Settlements near one line"


def long_ones(texts: Iterable[str]) -> list[str]:
    sentences = (sentence for text in texts for sentence in SENTENCES.split(text) if sentence)
    return [sentence for sentence in sentences if sum(map(bool, map(WORD.search, sentence.split()))) > LONGEST]


def shown_strings(value: object, without: set[str]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in without:
                yield from shown_strings(part, without)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from shown_strings(part, without)


def of_sheet(sheet: Sheet) -> Iterator[str]:
    yield sheet.title
    yield from sheet.columns
    for row in sheet.rows if not sheet.title.startswith(LISTED) else ():
        for entry in row:
            for part in entry if isinstance(entry, tuple) else (entry,):
                yield figure_text(part) if isinstance(part, Figure) else part or ""


def written_in(tree: ast.Module) -> Iterator[str]:
    """The strings of a module, none of its docstrings; what stands in braces counts as a word."""
    holders = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, holders) and node.body)
    docstrings = {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | inner:
            yield node.value


@pytest.mark.slow
def test_no_sentence_of_the_code_is_long():
    modules = sorted((ROOT / "corridor").rglob("*.py"))
    assert len(modules) > 400
    long_by_module = {
        str(path.relative_to(ROOT)): long
        for path in modules
        if (long := long_ones(written_in(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert long_by_module == {}


def test_no_sentence_of_a_script_is_long():
    scripts = sorted((ROOT / "corridor").rglob("*.js"))
    assert len(scripts) > 30
    quoted = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
    for path in scripts:
        texts = [a or b for a, b in quoted.findall(path.read_text(encoding="utf-8"))]
        assert long_ones(texts) == [], path.name


@pytest.mark.parametrize("folder", ["texts", "stories", "tables", "sources"])
def test_no_sentence_of_a_register_is_long(folder):
    registers = sorted((GEODATA / folder).glob("*.toml"))
    assert registers
    for path in registers:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        assert long_ones(shown_strings(content, OF_OTHERS)) == [], path.name


def of_file(reading: Reading) -> Iterator[str]:
    """All that is said of a file, what it says itself as one word."""
    yield from (re.sub("“[^”]*”", "“x”", text) for text in findings_and_repairs(reading))


def findings_and_repairs(reading: Reading) -> Iterator[str]:
    """The sentences of its findings, of its repairs and of what they would do, and those at the top of its page."""
    for finding in reading.findings:
        yield from (finding.says, finding.advice)
    mended = mend_by_default(reading)
    yield from (line for line in mended.ledger_text().splitlines() if not line.startswith("SHA-256"))
    yield from (f"{offer.would.method}. {offer.would.effect}." for offer in offered_repairs(mended))
    yield headline(reading, len(reading.routes), form=reading.format)
    yield from card_lines(reading, reading.format, [(1.0, None)])


def of_routes(reading: Reading) -> Iterator[str]:
    """What is said of the first routes of a file: how exact they are, their tables and their answers."""
    for route in reading.routes[:2]:
        assessed = assess(route, region())
        yield from (assessed.measures.accuracy.says, assessed.measures.said_of_repeats)
        yield from (verdict.judgement.because for verdict in assessed.verdicts)
        layers = briefing_context().shipped.layers
        figures = RouteFigures(route.name, assessed.measures, region(), layers, date(2026, 11, 30))
        for sheet in (course.territories_sheet, course.crossings_sheet):
            yield from of_sheet(sheet(figures))
        for around in (surroundings.areas_sheet, surroundings.third_states_sheet):
            yield from of_sheet(around(figures))


@pytest.mark.parametrize("code", CODES)
def test_no_sentence_said_of_a_file_is_long(code):
    assert long_ones(of_file(read(code))) == []


#: Samples of routes that lie in other ways to borders, areas and settlements.
ROUTES = ("alternatives", "outside-region", "system-missing", "side-by-side", "spike", "jump")


@pytest.mark.slow
@pytest.mark.parametrize("code", ROUTES)
def test_no_sentence_said_of_a_route_is_long(code):
    reading = read(code)
    assert reading.routes
    assert long_ones(of_routes(reading)) == []


def test_no_sentence_of_a_check_or_a_question_is_long():
    assert long_ones(text for check in CHECKS for text in (check.says, check.advice)) == []
    assert long_ones(text for criterion in CRITERIA for text in (criterion.question, criterion.rule)) == []
    assert long_ones([HOW_MEASURED]) == []


def test_no_sentence_of_a_card_is_long():
    context = briefing_context()
    for candidate in context.shipped.candidates.values():
        card = candidate_card(context.card_lookup, candidate, ())
        assert long_ones(shown_strings(card, NOT_SENTENCES | {"paragraphs"})) == [], candidate.id
    for identity, feature in context.shipped.by_id.items():
        card = feature_card(context.card_lookup, feature)
        rows = [row for row in card["rows"] if row["label"] != "Part of"]
        assert long_ones(shown_strings([rows, card["paragraphs"]], NOT_SENTENCES)) == [], identity


def test_no_sentence_of_an_answer_is_long():
    for question in briefing_context().questions:
        pieces = [question.answer, *(gap_pieces(gap) for gap in question.not_known)]
        texts = ("".join(p if isinstance(p, str) else figure_text(p) for p in words) for words in pieces)
        assert long_ones(texts) == [], question.number


@pytest.mark.slow
def test_no_sentence_of_a_comparison_is_long():
    context = briefing_context()
    for identity in context.drawn_candidates:
        verdicts = context.candidate_route(identity).verdicts
        assert long_ones(verdict.judgement.because for verdict in verdicts) == [], identity
    for group in side_by_side(context.shipped.candidates.values()):
        drawn = [candidate.id for candidate in group.candidates if candidate.id in context.drawn_candidates][:AT_MOST]
        if group.compared and len(drawn) > 1:
            routes = [compared_candidate(identity, context) for identity in drawn]
            first, *others = [route.assessment for route in routes]
            comparison = compare(first, others, context.region.labels)
            sheets = every_sheet(comparison, routes, context).values()
            assert long_ones(text for sheet in sheets for text in of_sheet(sheet)) == []
            said = [comparison.modes or "", *(pairing.said_of_ground for pairing in comparison.pairings)]
            assert long_ones(said) == []


REFUSED = {
    "an empty file": (b"", "a.kml"),
    "a page": (b"<!DOCTYPE html><html><head><title>Sign in to go on</title></head></html>", "a.kml"),
    "a cut archive": (b"PK\x03\x04" + b"\0" * 40, "a.kmz"),
    "a damaged database": (b"SQLite format 3\0" + b"\1" * 200, "a.gpkg"),
    "no text": (bytes(range(256)), "a.bin"),
    "half of a document": (b'{"type": "FeatureCollection", "features": [{"type"', "a.geojson"),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_no_sentence_of_a_refusal_is_long(data):
    assert long_ones(of_file(read_route(*data))) == []


def test_a_long_sentence_is_seen():
    words = "word " * LONGEST
    assert long_ones([f"{words.strip()}."]) == []
    assert long_ones([f"One {words.strip()}. Short."]) == [f"One {words.strip()}."]
    assert len(long_ones(written_in(ast.parse(f'"""{words}more."""\nx = f"{{y}} {words}more."')))) == 1
