"""Accuracies, costs with their dates and statuses without a day are the same wherever they stand."""

import pytest

from corridor.answering.figures import Figure
from corridor.land.features import RouteProperties, features_of
from corridor.present.candidates import tables
from corridor.present.cards.feature import feature_card
from corridor.present.comparing.tables import line_of
from corridor.present.footnotes import Footnotes
from corridor.present.sheets import sheet_csv, sheet_html
from corridor.present.words import known_to
from corridor.ui.context import briefing_context

CANDIDATES = list(briefing_context().shipped.candidates.values())


def segments():
    return {f["id"]: f["properties"] for f in features_of(briefing_context().shipped.by_id.values(), RouteProperties)}


@pytest.mark.parametrize("identity", briefing_context().drawn_candidates)
def test_the_accuracy_in_a_territory_is_the_same_on_routes_and_in_the_comparison(identity):
    context = briefing_context()
    candidate = context.shipped.candidates[identity]
    compared = line_of(context.candidate_route(identity), candidate, context)
    rows = tables.kilometres_sheet([candidate], context.table_lookup).rows
    on_routes = {str(row[1]): str(row[-2]).partition(";")[0] for row in rows if row[-2]}
    assert on_routes == {territory: known_to(metres) for territory, metres in compared.by_territory_m.items()}


def test_the_river_railway_is_known_to_6_km_in_the_main_part_in_both_places():
    context = briefing_context()
    candidate = context.shipped.candidates["rail-araks"]
    (row,) = (r for r in tables.kilometres_sheet([candidate], context.table_lookup).rows if "main part" in str(r[1]))
    known = line_of(context.candidate_route("rail-araks"), candidate, context).by_territory_m["Azerbaijan, main part"]
    in_table = max(
        segment["accuracy_m"]
        for identity, segment in segments().items()
        if identity in {f"route/{part.segment}" for part in candidate.segments} and segment["country"] == "az-mainland"
    )
    assert known == in_table
    assert str(row[-2]).startswith(known_to(in_table))


def costs(segment: RouteProperties) -> list:
    first = [segment["cost"]] if segment["cost"] else []
    return [*first, *(fact for fact in segment["facts"] if fact["label"].startswith("Cost"))]


def test_every_cost_that_was_found_stands_in_its_cell_with_its_own_date():
    context = briefing_context()
    seen, several = set(), 0
    for candidate in CANDIDATES:
        sheet = tables.facts_sheet(candidate, context.table_lookup)
        column = sheet.columns.index("Cost")
        assert column in sheet.dated
        for segment, row in zip(context.table_lookup.segment_figures(candidate), sheet.rows, strict=True):
            wanted = [(fact["value"], fact["as_of"] or "undated") for fact in costs(segment.properties)]
            entries = row[column] if isinstance(row[column], tuple) else (row[column],)
            figures = [(entry.value, entry.as_of) for entry in entries if isinstance(entry, Figure)]
            assert figures == wanted, segment.label
            seen.update([segment.leg.segment] if wanted else [])
            several += len(wanted) > 1
    assert several
    used = {f"route/{part.segment}" for candidate in CANDIDATES for part in candidate.segments}
    assert seen == {identity for identity, segment in segments().items() if costs(segment)} & used


UNDATED = sorted(i for i, s in segments().items() if s["status"] == "operating" and s["status_as_of"] is None)


def test_there_are_segments_of_which_no_source_says_on_which_day_they_operated():
    assert len(UNDATED) >= 5


@pytest.mark.parametrize("identity", UNDATED)
def test_operating_without_a_day_is_shown_undated_and_never_with_the_date_of_something_else(identity):
    context = briefing_context()
    card = feature_card(context.card_lookup, context.shipped.by_id[identity])
    (status,) = (row for row in card["rows"] if row["label"] == "Status")
    assert (status["value"], status["as_of"]) == ("Operating", "undated")
    candidates = [c for c in CANDIDATES if identity in {f"route/{part.segment}" for part in c.segments}]
    for candidate in candidates:
        sheet = tables.segments_sheet(candidate, context.table_lookup)
        row = next(
            row
            for segment, row in zip(context.table_lookup.segment_figures(candidate), sheet.rows, strict=True)
            if segment.leg.segment == identity
        )
        assert (row[2].value, row[2].as_of, row[3]) == ("operating", "undated", "undated")
        sources = context.shipped.library.sources
        assert "undated" in str(sheet_html(sheet, Footnotes(sources)))
        assert "undated" in sheet_csv(sheet, sources).decode("utf-8-sig")
