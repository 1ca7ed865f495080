"""Every figure with its meaning, collected from pages, cards, questions, stories, comparisons and exports.

One meaning has one value wherever it stands. A meaning is what a figure is of, not the words beside it: the published
kilometres of a candidate in a country, the kilometres as drawn, the state of a crossing or a segment.
"""

import csv
import io
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

import pytest

from corridor.answering.figures import Figure, fetched
from corridor.answering.questions import REFERENCES
from corridor.assessing.candidate_lines import counted_legs
from corridor.assessing.comparison import AT_MOST, compare
from corridor.candidates import Candidate
from corridor.legs import total
from corridor.present.candidates import tables
from corridor.present.candidates.side_by_side import side_by_side
from corridor.present.cards.candidate import candidate_card
from corridor.present.cards.feature import feature_card
from corridor.present.comparing.exports import comparison_json
from corridor.present.comparing.route import compared_candidate
from corridor.present.comparing.sheets import every_sheet
from corridor.present.comparing.tables import WHOLE_LENGTH
from corridor.present.sheets import sheet_csv, value_text
from corridor.quantities import bare_kilometres, bare_range
from corridor.sources import GEODATA
from corridor.ui.context import briefing_context, stories

Meaning = tuple[str, ...]
Found = tuple[Meaning, str, str]
#: Far fewer than there are; fewer would mean that the walk no longer finds them.
MANY, IN_SEVERAL_PLACES = 250, 120


def text(entry: object) -> str | None:
    """The figure in a cell as it is written, None where there is none."""
    return value_text(entry) if isinstance(entry, Figure) else None


def of_the_tables(candidate: Candidate) -> Iterator[Found]:
    """What the page of routes says of a candidate, and its table as CSV."""
    context = briefing_context()
    lookup = context.table_lookup
    by_country = {lookup.country(country): country for country in tables.COUNTRIES}
    sheet = tables.kilometres_sheet([candidate], lookup)
    for row in sheet.rows:
        country = by_country[str(row[1])]
        for kind, column in (("published", "Published length (km)"), ("drawn", "Drawn here (km)")):
            written = text(row[sheet.columns.index(column)])
            if written:
                yield (kind, candidate.id, country), written, "routes, by country"
    for segment, row in zip(
        lookup.segment_figures(candidate), tables.segments_sheet(candidate, lookup).rows, strict=True
    ):
        if segment.leg.whole:
            for kind, entry in (("status", row[2]), ("published", row[5]), ("drawn", row[6])):
                if written := text(entry):
                    yield (kind, segment.leg.segment), written, "routes, segments"
    for identity, row in zip(candidate.crossings, tables.crossings_sheet([candidate], lookup).rows, strict=False):
        yield ("status", f"crossing/{identity}"), str(text(row[4])), "routes, crossings"
    by_head = {f"{tables.name(candidate)}, {name}": country for name, country in by_country.items()}
    for line in csv.reader(io.StringIO(sheet_csv(sheet, context.shipped.library.sources).decode("utf-8-sig"))):
        if len(line) > 3 and line[0] in by_head and line[1] == "Published length (km)" and line[3] == "km":
            yield (
                ("published", candidate.id, by_head[line[0]]),
                line[2].removesuffix(".0"),
                "routes, by country, as CSV",
            )


def of_the_cards(candidate: Candidate) -> Iterator[Found]:
    """What the cards of a candidate and of its segments and crossings say."""
    context = briefing_context()
    lookup = context.card_lookup
    for row in candidate_card(lookup, candidate, ())["rows"]:
        for country in tables.COUNTRIES:
            if row["label"] == f"In {context.table_lookup.country(country)}" and row["unit"] == "km":
                yield ("used", candidate.id, country), str(row["value"]), "card of the candidate"
    for part in candidate.segments:
        for row in feature_card(lookup, lookup.features[f"route/{part.segment}"])["rows"]:
            if row["label"] == "As drawn here":
                yield ("drawn", f"route/{part.segment}"), str(row["value"]), "card of the segment"


def of_asked(where: str, entries: Mapping[str, Mapping[str, object]], figures: Sequence[Figure]) -> Iterator[Found]:
    """What a question or a scene says, by the way each of its figures is fetched."""
    for keys, figure in zip(entries.values(), figures, strict=True):
        countries = keys.get("countries", ())
        single = isinstance(countries, list) and len(countries) == 1 and not {"statuses", "alignments"} & set(keys)
        match keys["get"]:
            case "length" if single:
                yield ("used", str(keys["candidate"]), countries[0]), value_text(figure), where
            case "measured" if single:
                yield ("drawn", str(keys["candidate"]), countries[0]), value_text(figure), where
            case "length" | "measured" if "countries" not in keys and "statuses" not in keys:
                kind = "used" if keys["get"] == "length" else "drawn"
                yield (kind, str(keys["candidate"]), "whole"), value_text(figure), where
            case "drawn":
                yield ("drawn", str(keys["feature"])), value_text(figure), where
            case "status":
                yield ("status", str(keys["feature"])), value_text(figure), where
            case "count" | "crossings" | "candidates" | "border":
                asked = {key: value for key, value in keys.items() if key not in {"what", "unit"}}
                yield ("asked", json.dumps(asked, sort_keys=True)), value_text(figure), where


def of_the_texts() -> Iterator[Found]:
    """What questions and stories say."""
    written = tomllib.loads((GEODATA / "texts" / "questions.toml").read_text(encoding="utf-8"))["question"]
    for entry, question in zip(written, briefing_context().questions, strict=True):
        yield from of_asked(f"question {question.number}", entry["figures"], question.figures)
    for name, story in stories().items():
        for scene in story.scenes:
            known: dict[str, Figure] = {}
            for key, keys in scene.figures.items():
                known[key] = fetched(str(keys["what"]), keys, briefing_context().evidence, known, REFERENCES)
            yield from of_asked(f"{name}/{scene.id}", scene.figures, list(known.values()))


def of_the_comparisons() -> Iterator[Found]:
    """What comparisons of candidates say, on the page and as JSON."""
    context = briefing_context()
    names = {context.table_lookup.country(country): country for country in tables.COUNTRIES}
    for group in side_by_side(context.shipped.candidates.values()):
        if not group.compared:
            continue
        drawn = [candidate.id for candidate in group.candidates if candidate.id in context.drawn_candidates]
        for some in (drawn[:AT_MOST], *list(combinations(drawn, 2))[:3]):
            routes = [compared_candidate(identity, context) for identity in some]
            assessments = [route.assessment for route in routes]
            comparison = compare(assessments[0], assessments[1:], context.region.labels)
            sheets = every_sheet(comparison, routes, context)
            *by_territory, length = sheets["lengths"].rows
            assert length[0] == WHOLE_LENGTH
            for row in by_territory:
                for identity, entry in zip(some, row[1:], strict=True):
                    written = text(entry)
                    if written and written != "0":
                        yield ("used", identity, names[str(row[0])]), written, "comparison"
            for identity, entry in zip(some, length[1:], strict=True):
                yield ("used", identity, "whole"), str(text(entry)), "comparison"
            for route in json.loads(comparison_json(comparison))["routes"]:
                sums = total(counted_legs(context.shipped.candidates[route["id"]], context.shipped.by_id))
                yield ("range", route["id"]), f"{route['length_range_km']}", "comparison as JSON"
                yield ("range", route["id"]), f"{[sums.low, sums.high]}", "table of segments"
                for known in route["lengths"]:
                    if known["published"] and len(known["covers"]) == 1 and whole(route["id"], known["segment"]):
                        published = bare_range(tuple(known["published"]))
                        yield ("published", known["segment"]), published, "comparison as JSON"
                    if known["drawn"] and len(known["covers"]) == 1 and whole(route["id"], known["segment"]):
                        accuracy = context.shipped.by_id[known["segment"]]["properties"]["accuracy_m"]
                        yield (
                            ("drawn", known["segment"]),
                            bare_kilometres(known["drawn"], accuracy),
                            "comparison as JSON",
                        )
            for assessment, identity in zip(assessments, some, strict=True):
                posts = assessment.verdict("G8").judgement.details
                for crossing, line in zip(context.shipped.candidates[identity].crossings, posts, strict=True):
                    said = line.rpartition(": ")[2].rpartition(", ")[0]
                    shown = "state not found" if said == "not found" else said
                    yield ("status", f"crossing/{crossing}"), shown, "comparison, posts"


def whole(candidate: str, segment: str) -> bool:
    """Whether a candidate uses all of a segment."""
    parts = briefing_context().shipped.candidates[candidate].segments
    return all(part.start is None and part.end is None for part in parts if f"route/{part.segment}" == segment)


@cache
def collected() -> dict[Meaning, dict[str, list[str]]]:
    """For each meaning each way its value is written, and where."""
    found: dict[Meaning, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    every = [*of_the_texts(), *of_the_comparisons()]
    for candidate in briefing_context().shipped.candidates.values():
        every += [*of_the_tables(candidate), *of_the_cards(candidate)]
    for meaning, written, where in every:
        found[meaning][written].append(where)
    return found


@pytest.mark.slow
def test_one_meaning_has_one_value():
    found = collected()
    assert len(found) > MANY
    assert sum(len({where for ways in written.values() for where in ways}) > 1 for written in found.values()) > (
        IN_SEVERAL_PLACES
    )
    assert {meaning: dict(ways) for meaning, ways in found.items() if len(ways) > 1} == {}


@pytest.mark.slow
def test_every_surface_is_collected():
    places = {where for ways in collected().values() for wheres in ways.values() for where in wheres}
    expected = {
        "routes, by country",
        "routes, by country, as CSV",
        "routes, segments",
        "routes, crossings",
        "card of the candidate",
        "card of the segment",
        "comparison",
        "comparison as JSON",
        "comparison, posts",
    }
    assert expected <= places
    assert any(place.startswith("question ") for place in places)
    assert any(place.startswith("options-side-by-side/") for place in places)
